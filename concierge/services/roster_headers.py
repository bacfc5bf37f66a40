"""Which column of a roster holds what, guessed from its header in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

REQUIRED = ("unit", "name")
"""Fields without which a row is no header."""

_ALIASES = {
    "building": (
        "楼栋 楼栋号 栋 栋号 栋数 幢 幢号 楼号 楼宇 楼 楼座 座 座号 座栋 栋座 号楼 "
        "building bldg buildingno buildingnumber buildingname block blockno tower"
    ),
    "entrance": ("单元 单元号 梯 梯号 entrance entranceno stair staircase stairwell"),
    "unit": (
        "房号 室号 房间号 房屋 房间 房 室 户号 门牌号 门牌 房屋号 房屋编号 房屋信息 房产 "
        "unit unitno unitnumber unitcode room roomno roomnumber apartment apartmentno apt "
        "aptno flat flatno suite house houseno door doorno"
    ),
    "name": (
        "姓名 业主 户主 业主姓名 户主姓名 住户 住户姓名 住户名称 业主名称 客户姓名 "
        "客户名称 名字 成员 成员姓名 租户 租户姓名 name fullname owner ownername resident "
        "residentname household householdname tenant member membername contact contactname"
    ),
    "phone": (
        "电话 手机 手机号 手机号码 联系电话 联系方式 电话号码 移动电话 联系手机 业主电话 "
        "固定电话 联系号码 phone phoneno phonenumber mobile mobileno mobilenumber "
        "mobilephone tel telno telephone cell cellphone contactnumber contactphone"
    ),
    "relation": (
        "关系 与业主关系 与户主关系 成员关系 身份 住户类型 住户身份 relation relationship "
        "relationtoowner relationshiptoowner role"
    ),
    "plate": (
        "车牌 车牌号 车牌号码 车辆 车辆牌号 车号 plate plates plateno platenumber "
        "licenseplate licenceplate carplate car cars vehicle vehicleplate registration"
    ),
    "notes": ("备注 说明 附注 备注信息 notes note remark remarks comment comments"),
    "moved_in": (
        "入住日期 入住时间 迁入日期 迁入时间 入伙日期 movedin movein moveindate "
        "movedindate moveddate since"
    ),
}
_FIELDS = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()}


@dataclass(frozen=True, slots=True)
class HeaderGuess:
    """A column, from 1, its header as written, and the field it was taken for; None is left unread."""

    column: int
    header: str
    field: str | None


def guess_headers(cells: Sequence[str]) -> tuple[HeaderGuess, ...]:
    """Guess the field of every column; of two columns for one field the first counts.

    Args:
        cells: a row that may be the header.
    """
    guesses: list[HeaderGuess] = []
    taken: set[str] = set()
    for column, header in enumerate(cells, start=1):
        field = _FIELDS.get(_plain(header))
        if field in taken:
            field = None
        if field:
            taken.add(field)
        guesses.append(HeaderGuess(column, header, field))
    return tuple(guess for guess in guesses if guess.header)


def missing_fields(guesses: Sequence[HeaderGuess]) -> tuple[str, ...]:
    """Name the required fields that no column holds; none when the row is a header."""
    found = {guess.field for guess in guesses}
    return tuple(field for field in REQUIRED if field not in found)


def _plain(header: str) -> str:
    """Fold width, case, blanks, remarks in brackets, punctuation and a trailing number away."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    folded = re.sub(r"\([^)]*\)|【[^】]*】|\[[^\]]*\]", "", folded)
    return re.sub(r"[\W_]+", "", folded).rstrip("0123456789")
