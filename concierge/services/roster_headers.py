"""Which column of a roster holds what, guessed from its header in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

REQUIRED = ("unit", "name")
"""Fields without which a row is no header."""

_ALIASES = {
    "building": (
        "楼栋 楼栋号 栋 栋号 栋数 幢 幢号 楼号 楼宇 楼 楼座 座 座号 座栋 栋座 号楼 "
        "building bldg bldgno buildingno buildingnumber buildingname block blockno tower"
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
        "relationtoowner relationshiptoowner residenttype occupanttype"
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
    "role": (
        "户内身份 角色 住户角色 成员角色 人员类别 人员类型 role memberrole roleinthehousehold"
    ),
    "sex": "性别 sex gender",
    "birthday": "生日 出生日期 出生年月日 birthday birthdate dateofbirth dob born",
    "occupation": "职业 occupation profession job",
    "employer": "工作单位 就职单位 单位名称 公司 employer company workplace",
    "background": "背景 背景情况 background",
    "tenure": "居住性质 居住方式 产权方式 居住权属 tenure",
    "people_count": (
        "人数 居住人数 常住人数 家庭人数 家庭人口 人口 人口数 people peoplecount occupants "
        "householdsize numberofpeople"
    ),
    "contact_preference": (
        "联系方式偏好 联系偏好 首选联系方式 希望的联系方式 contactpreference preferredcontact howtoreachthem"
    ),
    "salutation": "称呼 尊称 salutation formofaddress",
    "language": "语言 常用语言 language",
    "parking": "车位 车位号 停车位 车位编号 parking parkingspace parkingspot parkingno",
}
_FIELDS = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()}


# Headers from Taiwan and Hong Kong are read by their simplified characters.
_SIMPLIFIED = str.maketrans(
    "樓棟號單電話聯繫絡業戶關係備註車輛碼機間門遷產屬聯動員稱編資訊類牌",
    "楼栋号单电话联系络业户关系备注车辆码机间门迁产属联动员称编资讯类牌",
)
FIELDS = tuple(_ALIASES)
"""Everything a column may hold."""


@dataclass(frozen=True, slots=True)
class HeaderGuess:
    """A column, from 1, its header as written, and the field it was taken for; None is left unread.

    ``source`` says by whom: guessed, remembered from an earlier roster, or mapped by hand now.
    """

    column: int
    header: str
    field: str | None
    source: str = "guessed"


def guess_headers(
    cells: Sequence[str],
    *,
    known: Mapping[str, str | None] | None = None,
    mapped: Mapping[int, str | None] | None = None,
) -> tuple[HeaderGuess, ...]:
    """Guess the field of every column; of two columns for one field the first counts.

    Args:
        cells: a row that may be the header.
        known: what headers were mapped to before, by `plain_header`.
        mapped: what columns are mapped to by hand, from 1; this comes before everything else.
    """
    known, mapped = known or {}, mapped or {}
    guesses: list[HeaderGuess] = []
    taken = {field for field in mapped.values() if field}
    for column in range(1, max(len(cells), *mapped, 0) + 1):
        header = cells[column - 1] if column <= len(cells) else ""
        if column in mapped:
            guesses.append(HeaderGuess(column, header, mapped[column], "mapped"))
            continue
        plain = plain_header(header)
        field = known[plain] if plain in known else _FIELDS.get(plain)
        if field in taken:
            field = None
        if field:
            taken.add(field)
        source = "remembered" if plain in known else "guessed"
        guesses.append(HeaderGuess(column, header, field, source))
    return tuple(guess for guess in guesses if guess.header or guess.field)


def missing_fields(guesses: Sequence[HeaderGuess]) -> tuple[str, ...]:
    """Name the required fields that no column holds; none when the row is a header."""
    found = {guess.field for guess in guesses}
    return tuple(field for field in REQUIRED if field not in found)


def field_named(word: str) -> str | None:
    """The field that a word stands for in either language, None for any other."""
    return _FIELDS.get(plain_header(word))


def plain_header(header: str) -> str:
    """Fold width, case, blanks, remarks in brackets, punctuation and a trailing number away."""
    folded = unicodedata.normalize("NFKC", header).casefold().translate(_SIMPLIFIED)
    folded = re.sub(r"\([^)]*\)|【[^】]*】|\[[^\]]*\]", "", folded)
    return re.sub(r"[\W_]+", "", folded).rstrip("0123456789")
