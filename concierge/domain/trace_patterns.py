"""How what tells a person is written: numbers apart, plates without their province, names in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from concierge.domain.forms_of_address import AFTER, BEFORE

SHORTEST_PLATE = 5
"""Letters and digits."""
HAN = re.compile(r"[^\x00-\u02ff]+")
Spoken = tuple[tuple[str, ...], tuple[str, ...]]
"""A reading of a Chinese name: the syllables of the surname, those of the given name."""
_BETWEEN = r"[ ().-]*"  # digits of one number may be written apart
_BETWEEN_PLATE = r"[ ·•.-]*"
_BETWEEN_NAMES = r"[ ,，.·_-]{1,2}"
_BETWEEN_SYLLABLES = r"[ '’-]?"
_FULL_WIDTH = 0xFF01 - ord("!")
_AFTER = f"(?:{'|'.join(AFTER)})"
_BEFORE = rf"(?:{'|'.join(BEFORE)})\.?[ ]?"
_ALONE = r"(?<![A-Za-z])(?:{})(?![A-Za-z])"
_LONG_WORD = (
    6  # letters: what is shorter may be an ordinary word, as Like (李可) and Make (马克) are
)
# Syllables that are English words: nothing but these is somebody only with capitals (尤灿 and "you can").
_ENGLISH = frozenset({
    "a", "an", "ban", "bang", "bin", "can", "die", "ding", "dong", "fan", "fen", "gang", "hang", "he",
    "hen", "hung", "lie", "long", "man", "me", "men", "pan", "pang", "pen", "pin", "ping", "ran", "rang",
    "run", "sang", "she", "shun", "song", "sun", "tan", "tang", "tie", "wan", "wing", "you",
})  # fmt: skip
# Before a given name these make it another person's whole name (李国华); characters that are everyday words
# too, such as 于, 向, 高 and 何, are not among them: what stands behind those may be the one who is meant.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡杜苏魏吕丁沈姚卢姜崔钟谭陆汪范廖"
    "贾夏韦邹孟熊秦邱尹薛闫雷侯陶黎贺顾郝龚邵钱覃戴莫孔汤張劉陳楊黃趙吳孫鄭謝許韓馮鄧蕭蔣蘇魏呂盧鍾譚陸範賈鄒龔錢"
)
_BLOCK = r"[ ]*(?:[-－—–_/.]|#?号?楼|#?[号#]?[栋棟幢座弄])[ ]*"
_NOT_OTHER_UNIT = "(?<![-－—–_/.#号楼栋棟幢座弄元單梯门])(?<![-－—–_/.#号楼栋棟幢座弄元單梯门][ ])"
_OF_ROOM = "(?:号房|號房|室|房|号|號|户|戶)?(?:的|[ ,，:：(（])?[ ]*"
_TO_ROOM = "(?:[ ,，(（]|住|在|住在)?[ ]*"
_ENTRANCE = r"[ ]*(?:单元|單元|梯|门|[-－—–_/.])[ ]*"


def either(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for all of them, the first that fits; None for none."""
    joined = "|".join(patterns)
    return re.compile(joined, re.IGNORECASE) if joined else None


def addressed(name: str) -> str:
    """A pattern for 王先生, 国华阿姨 or Mr Wang; such a name alone stands in too many words."""
    if HAN.fullmatch(name):
        return re.escape(name) + _AFTER
    return rf"\b{_BEFORE}{re.escape(name)}\b"


def given_alone(name: str) -> str:
    """A pattern for 国华, which is not the end of another person's name."""
    return f"(?<![{_SURNAMES}]){re.escape(name)}" if HAN.fullmatch(name) else re.escape(name)


def given_addressed(name: str) -> str:
    """A pattern for 国华阿姨, but not for 李国华阿姨."""
    return f"(?<![{_SURNAMES}]){addressed(name)}"


def apart(number: str) -> str:
    """A pattern for a number whose digits may be of full width, and written apart."""
    return _BETWEEN.join(map(wide, number))


def plate(mark: str) -> str:
    """A pattern for a plate whose parts may be written apart; people leave its province out."""
    parts = (re.escape(each) for each in mark if not each.isascii())
    before = "".join(f"(?:{each}{_BETWEEN_PLATE})?" for each in parts)
    if _is_short(mark):
        return plate_marks(mark)
    return rf"{before}(?<![0-9A-Za-z]){plate_marks(mark)}(?![0-9A-Za-z])"


def plate_marks(mark: str) -> str:
    """What stands in every text that has the plate: its letters and digits, of few of them all of it."""
    if _is_short(mark):
        return _BETWEEN_PLATE.join(map(re.escape, mark))
    return _BETWEEN_PLATE.join(wide(character) for character in mark if character.isascii())


def _is_short(mark: str) -> bool:
    return sum(map(str.isascii, mark)) < SHORTEST_PLATE


def spelled(name: Spoken) -> str:
    """A pattern for Wang Guohua, GUO HUA WANG, wang, guo-hua or wangguohua, as words of their own."""
    surname, given = name
    first, last = (_BETWEEN_SYLLABLES.join(map(_letters, each)) for each in name)
    ways = [f"{first}{_BETWEEN_NAMES}{last}", f"{last}{_BETWEEN_NAMES}{first}"]
    if {*surname, *given} <= _ENGLISH:
        first, last = (_capital(each) for each in name)
        ways = [
            f"(?-i:{one}{_BETWEEN_NAMES}{other})" for one, other in ((first, last), (last, first))
        ]
    return _ALONE.format("|".join([*ways, _word((*surname, *given))]))


def given_spelled(given: tuple[str, ...]) -> str:
    """A pattern for Guohua or guo hua alone."""
    if set(given) <= _ENGLISH:
        return _ALONE.format(_word(given))
    apart_too = "[ '’-]".join(map(_letters, given))
    return _ALONE.format(f"{apart_too}|{_word(given)}")


def wide(character: str) -> str:
    """A pattern for a letter or digit of either width."""
    if not character.isascii():
        return re.escape(character)
    return f"[{re.escape(character)}{chr(ord(character) + _FULL_WIDTH)}]"


def unit_said(unit: str) -> re.Pattern[str]:
    """A pattern for a unit inside a text: 3-1201, ３号楼２单元１２０１; an entrance may be left out."""
    building, *entrance, room = map(_code, unit.split("-"))
    stair = "".join(f"(?:{each}{_ENTRANCE})?" for each in entrance)
    return re.compile(
        rf"(?<![0-9０-９A-Za-z-]){building}{_BLOCK}{stair}{room}(?![0-9０-９A-Za-z])", re.IGNORECASE
    )


def room_named(unit: str, names: str) -> str:
    """A pattern for whole names beside their room alone: 楼下1201王建国家, 王建国（1201）."""
    room = _code(unit.rpartition("-")[2])
    number = rf"(?<![0-9０-９A-Za-z-]){_NOT_OTHER_UNIT}{room}(?![0-9０-９A-Za-z-])"
    return rf"{number}{_OF_ROOM}(?:{names})|(?:{names}){_TO_ROOM}{number}"


def _word(syllables: tuple[str, ...]) -> str:
    """All in one: a short one only with a capital letter."""
    if sum(map(len, syllables)) < _LONG_WORD:
        return f"(?-i:{_capital(syllables)})"
    return "".join(map(_letters, syllables))


def _capital(syllables: tuple[str, ...]) -> str:
    joined = "".join(syllables)
    return f"{joined[0].upper()}{''.join(map(_letters, joined[1:]))}"


def _letters(syllable: str) -> str:
    """A syllable's letters; ü is typed in many ways."""
    return syllable.replace("v", "(?:ü|v|yu|u)")


def _code(part: str) -> str:
    """A part of a unit's code, of either width, with zeros before it."""
    return "[0０]*" + "".join(map(wide, part))
