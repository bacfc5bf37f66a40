"""Unit codes as people write them, and phone numbers as they are shown.

A unit is ``building-room`` or ``building-entrance-room``: ``3-1201``, ``3-2-1201``. Written codes are
half-width, upper case and without leading zeros in any part, so that 3-0903 and 3-903 are one unit.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache, total_ordering

LONGEST_UNIT = 48
"""Characters; nothing longer is a unit, and nothing longer is looked at."""
LONGEST_PHONE = 15
"""Digits, country code included (E.164)."""
PHONE_TAIL = 4
"""Digits of a phone that are shown at its end."""
_LONGEST_BLOCK = 2  # digits of a building, where no mark tells where it ends
_MOBILE = re.compile("1[0-9]{10}")
_LONG_ENOUGH = 8  # digits; of a shorter number two are shown

_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u30fc\u02d7\ufe58", "-")
)
_CHINESE = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}

# 单元 must stay apart from a plain dash: "2单元1201" names no building and is no unit.
_MARKERS = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"(?<=\d)一(?=\d)"), "-"),  # typed for a dash on a Chinese keyboard
    (re.compile(r"(?<![A-Z])(?:BUILDING|BLDG|BLOCK|BLK|TOWER|TWR)(?![A-Z])[.:]?"), " "),
    (re.compile(r"(?<![A-Z])(?:ROOM|RM|UNIT|APARTMENT|APT|FLAT|SUITE)(?![A-Z])[.:]?"), " "),
    (re.compile(r"(?<=[栋棟幢座元]) ?\d{1,3}[层楼](?=.)|(?<=号楼) ?\d{1,3}[层楼](?=.)"), ""),
    (re.compile(r"\d{1,3}层(?=.)"), "-"),
    (re.compile(r"(?<=[弄栋棟幢座]) ?(\w{1,3})号(?=.)"), r"\1="),  # 12弄5号601室
    (re.compile(r" ?(?:室|房间?|户|号房?)$"), ""),
    (re.compile(r" ?(?:单元|單元|梯|门) ?"), "="),
    (re.compile(r" ?(?:#?号?楼|#座|[#号]?[栋棟幢]|[座弄号]) ?"), "-"),
    (re.compile(r"[\s/\\#._,]+"), "/"),
    (re.compile(r"[-/]*=[-/=]*"), "="),
    (re.compile(r"[-/]*-[-/]*"), "-"),
)
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}(?=[号栋棟幢座弄单單梯门期区])")

_ROOM = r"(?P<room>(?=[A-Z]*[0-9])[0-9A-Z]{1,6})"
_ENTRANCE = r"(?P<entrance>[0-9A-Z]{1,3}|[甲乙丙丁东西南北中])"
_MARKED = re.compile(rf"(?P<building>[0-9A-Z\u4e00-\u9fff]{{1,10}})-(?:{_ENTRANCE}[-=/])?{_ROOM}")
# A blank or a slash is a weaker sign than a dash: "lift 2" and "大堂 1" are places, not units.
_SPACED = re.compile(
    rf"(?P<building>[A-Z]{{0,2}}[0-9]{{1,4}}[A-Z]?|[A-Z]{{1,2}})[-/](?:{_ENTRANCE}[-=/])?{_ROOM}"
)
_COMPACT = re.compile(r"(?P<block>[A-Z]{0,2})(?P<digits>[0-9]{3,7})(?P<tail>[A-Z]?)")
_MIXED = re.compile(r"(?P<building>[0-9]{1,2}[A-Z])(?P<room>[0-9]{3,4}[A-Z]?)")
_PART = re.compile(r"([0-9]+)")


@total_ordering
@dataclass(frozen=True, slots=True)
class UnitCode:
    """A unit of the property; its parts are canonical, made by `parse_unit` or `join_unit`.

    Units order as people count: 3-903 before 3-1201 before 12-101.
    """

    building: str
    entrance: str | None
    room: str

    @property
    def text(self) -> str:
        """The written code, ``3-1201`` or ``3-2-1201``."""
        return "-".join(part for part in (self.building, self.entrance, self.room) if part)

    def __str__(self) -> str:
        """Read as the written code."""
        return self.text

    def __lt__(self, other: UnitCode) -> bool:
        """Whether this unit is counted before the other."""
        return _rank(self) < _rank(other)


def parse_unit(text: str) -> tuple[UnitCode, ...]:
    """Read a unit as typed or said: every reading, the likeliest first.

    Args:
        text: such as ``3-1201``, ``3栋2单元1201室``, ``３－１２０１`` or ``31201`` (3-1201 or 31-201).

    Returns:
        The readings; empty when it cannot be a unit.
    """
    shape = _shape(text)
    found = _MARKED.fullmatch(shape) or _SPACED.fullmatch(shape)
    readings = [(found["building"], found["entrance"], found["room"])] if found else _split(shape)
    units = (_unit(*reading) for reading in readings)
    return tuple(dict.fromkeys(unit for unit in units if unit))


def join_unit(building: str | None, entrance: str | None, room: str | None) -> UnitCode | None:
    """Put a unit together from the columns of a roster.

    Args:
        building: ``3``, ``3栋``, ``3栋2单元`` or nothing.
        entrance: ``2``, ``2单元`` or nothing.
        room: ``1201``, ``1201室``, ``2-1201`` or the whole code.

    Returns:
        The unit, or None when it is missing or the columns contradict each other. Bare digits without
        a building are never guessed at.
    """
    block, stair, door = (_bare(part) for part in (building, entrance, room))
    whole = _one(door)
    if whole and (not block or _names_building(block, whole)):
        return _with_entrance(whole, stair)
    if whole and stair and whole.building != _canonical(stair):
        return None
    parts = (block, door) if whole or not stair else (block, stair, door)
    return _one("-".join(re.sub("[=/]", "-", part) for part in parts)) if block and door else None


def unit_prefix(text: str) -> str | None:
    """Write what was typed so far as the beginning of a canonical code.

    Args:
        text: such as ``3栋12``, ``3-2-``, ``0903`` or ``A``.

    Returns:
        ``3-12``, ``3-2-``, ``903``, ``A``; None when no unit begins like that.
    """
    shape = _shape(text, open_ended=True)
    parts = [_canonical(part) for part in re.split("[-=/]", shape)]
    opened = len(parts) > 1 and not parts[-1]  # "3-", and "3-0" on the way to 3-0903
    if (
        len(parts) > 3 + opened
        or "" in parts[: len(parts) - opened]
        or not _begins(parts[0], marked="-" in shape)
    ):
        return None
    return "-".join(parts)


def phone_digits(text: str) -> str:
    """Bring a phone number to its digits, without the country code of mainland China.

    Args:
        text: such as ``+86 138-0000-1234`` or ``０７５５ 12345678``.

    Returns:
        ``13800001234``; text that is more than one plain number (an extension, two numbers) is kept.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    if not re.fullmatch(r"\+?[0-9 ().-]+", plain):
        return plain
    digits = re.sub(r"[^0-9]", "", plain)
    if (
        plain.startswith("+86")
        or digits.startswith("0086")
        or re.fullmatch(r"861[0-9]{10}", digits)
    ):
        digits = digits.removeprefix("00").removeprefix("86")
    return digits if 0 < len(digits) <= LONGEST_PHONE else plain


def mask_phone(phone: str) -> str:
    """Hide the middle of a phone number: ``138****1234``.

    Args:
        phone: any text; only its digits count, and of fewer than eight all but the last two are hidden.
    """
    if _MOBILE.fullmatch(phone):  # most are; twenty of them are masked at each key of a search
        return f"{phone[:3]}****{phone[-PHONE_TAIL:]}"
    digits = "".join(re.findall(r"[0-9]", phone_digits(phone)))
    head = min(3, max(0, len(digits) - _LONG_ENOUGH))
    tail = PHONE_TAIL if len(digits) >= _LONG_ENOUGH else PHONE_TAIL // 2
    return (
        digits[:head]
        + "*" * max(0, len(digits) - head - tail)
        + digits[max(0, len(digits) - tail) :]
    )


def _shape(text: str, *, open_ended: bool = False) -> str:
    """Bring a code to parts between ``-`` (sure), ``=`` (an entrance before it) and ``/`` (a blank)."""
    shape = _written(text) if len(text) <= LONGEST_UNIT else ""
    return shape.lstrip("-=/") if open_ended else shape.strip("-/")


@lru_cache(maxsize=64)
def _written(text: str) -> str:
    """Write a code with these marks; kept, for a search asks for whole codes and for their beginning."""
    shape = unicodedata.normalize("NFKC", text).upper().translate(_DASHES).strip()
    shape = _NUMERAL.sub(lambda found: str(_chinese_number(found[0])), shape)
    for pattern, mark in _MARKERS:
        shape = pattern.sub(mark, shape)
    return shape


def _split(shape: str) -> list[tuple[str, str | None, str]]:
    """Every way to cut a code without marks, the room of four digits (floor and door) first."""
    if mixed := _MIXED.fullmatch(shape):
        return [(mixed["building"], None, mixed["room"])]
    found = _COMPACT.fullmatch(shape)
    if not found:
        return []
    block, digits, tail = found.groups()
    readings: list[tuple[str, str | None, str]] = []
    for length in (4, 3):
        before, room = digits[:-length], digits[-length:]
        if (
            len(before) > _LONGEST_BLOCK
            or not (before or block)
            or len(digits) < length
            or room.startswith("00")
        ):
            continue
        readings.append((block + before, None, room + tail))
    if len(digits) in (6, 7):
        readings.append((block + digits[:-5], digits[-5], digits[-4:] + tail))
    return readings


def _unit(building: str, entrance: str | None, room: str) -> UnitCode | None:
    """Make a canonical unit; a part of nothing but zeros is none."""
    parts = _canonical(building), entrance and _canonical(entrance), _canonical(room)
    block, stair, door = parts
    if not block or stair == "" or not re.match(r"[A-Z]*[0-9]", door):
        return None
    return UnitCode(block, stair, door)


def _canonical(part: str) -> str:
    return part.lstrip("0")


def _bare(column: str | None) -> str:
    return _shape(column or "").strip("-=/")


def _one(shape: str) -> UnitCode | None:
    """Read a code whose parts are marked, so that it has one reading only."""
    found = _MARKED.fullmatch(shape) or _SPACED.fullmatch(shape)
    return _unit(found["building"], found["entrance"], found["room"]) if found else None


def _names_building(block: str, whole: UnitCode) -> bool:
    """Whether a building column says what the whole code says, with or without its entrance."""
    parts = "-".join(_canonical(part) for part in re.split("[-=/]", block))
    return parts == whole.building or f"{parts}-{whole.room}" == whole.text


def _with_entrance(unit: UnitCode, entrance: str) -> UnitCode | None:
    """Add the entrance column to a code that holds none; None when they differ."""
    if not entrance or unit.entrance == _canonical(entrance):
        return unit
    return None if unit.entrance else _one(f"{unit.building}-{entrance}-{unit.room}")


def _begins(building: str, *, marked: bool) -> bool:
    """Whether a unit code may begin with this building; names of people do not."""
    ascii_part = re.fullmatch(r"[A-Z]{0,2}[0-9]{0,7}[A-Z]{0,2}", building)
    return bool(ascii_part and building) or (
        marked and bool(re.fullmatch(r"[0-9A-Z\u4e00-\u9fff]{1,10}", building))
    )


def _chinese_number(numeral: str) -> int | str:
    """Read 三, 十二, 二十三; anything else stays as it is."""
    tens, ten, ones = numeral.rpartition("十")
    if max(len(tens), len(ones)) > 1:
        return numeral
    return (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)


def _rank(unit: UnitCode) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Order parts as people count: digits by value, before letters."""
    return tuple(
        tuple(
            (0, int(run), "") if run.isdecimal() else (1, 0, run)
            for run in _PART.split(part)
            if run
        )
        for part in (unit.building, unit.entrance or "", unit.room)
    )
