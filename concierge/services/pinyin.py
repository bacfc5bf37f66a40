"""Readings of Chinese names in pinyin, without tones; the only place that knows pypinyin.

pypinyin costs 65 MB and 0.3 s, so it is loaded only when a name is written, never to search.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

# Surnames whose reading differs from the common one or is not agreed on; the surname's own comes first.
_SURNAMES = {
    "单": "shan dan", "曾": "zeng ceng", "仇": "qiu chou", "解": "xie jie", "区": "ou qu",
    "查": "zha cha", "朴": "piao pu", "盖": "ge gai", "乐": "yue le", "翟": "zhai di",
    "任": "ren", "华": "hua", "燕": "yan", "员": "yun yuan", "尉": "wei yu", "缪": "miao mou",
    "覃": "qin tan", "繁": "po fan", "种": "chong zhong", "重": "chong zhong", "秘": "bi mi",
    "冼": "xian", "折": "she zhe", "黑": "he hei", "那": "na", "牟": "mu mou", "卜": "bu",
    "宓": "mi fu", "逄": "pang", "召": "shao zhao", "晁": "chao", "车": "che", "哈": "ha",
    "洗": "xian xi", "隗": "wei kui", "郗": "xi chi", "句": "gou ju", "勾": "gou",
    "佴": "nai er", "过": "guo", "长": "chang zhang", "瞿": "qu", "柏": "bai bo", "薄": "bo bao",
    "贾": "jia gu", "谌": "chen shen", "阚": "kan", "祭": "zhai ji", "褚": "chu zhu",
    "冯": "feng", "葛": "ge", "应": "ying", "纪": "ji", "俞": "yu", "莘": "shen xin",
    "沈": "shen", "盛": "sheng", "石": "shi", "谷": "gu", "宁": "ning", "叶": "ye",
    "费": "fei bi", "呙": "guo", "适": "kuo shi", "撒": "sa", "万": "wan", "相": "xiang",
    "行": "xing hang", "幺": "yao", "臧": "zang", "庾": "yu", "贠": "yun", "俱": "ju",
    "乜": "nie mie", "能": "nai neng", "阿": "a", "不": "fou bu", "都": "du dou", "干": "gan",
    "郇": "xun huan", "笮": "ze zuo", "曲": "qu", "尹": "yin", "戚": "qi", "角": "jue jiao",
    "藏": "zang cang", "與": "yu", "單": "shan dan", "樂": "yue le", "區": "ou qu",
    "蓋": "ge gai", "樸": "piao pu", "呂": "lv",
}  # fmt: skip
# The proper reading comes first; people who never heard the surname type another.
_COMPOUND = {
    "尉迟": "yu|wei chi", "万俟": "mo|wan qi|si", "长孙": "zhang|chang sun",
    "单于": "chan|shan|dan yu", "澹台": "tan|dan tai",
    "宰父": "zai fu", "令狐": "ling hu", "夏侯": "xia hou", "皇甫": "huang fu",
    "欧阳": "ou yang", "上官": "shang guan", "司马": "si ma", "诸葛": "zhu ge",
    "东方": "dong fang", "公孙": "gong sun", "慕容": "mu rong", "司徒": "si tu",
    "司空": "si kong", "宇文": "yu wen", "独孤": "du gu", "南宫": "nan gong", "西门": "xi men",
    "百里": "bai li", "呼延": "hu yan", "端木": "duan mu", "轩辕": "xuan yuan",
    "赫连": "he lian", "钟离": "zhong li", "闾丘": "lv qiu", "濮阳": "pu yang",
    "淳于": "chun yu", "太叔": "tai shu", "申屠": "shen tu", "仲孙": "zhong sun",
    "鲜于": "xian yu", "拓跋": "tuo ba", "公冶": "gong ye", "尉遲": "yu|wei chi", "歐陽": "ou yang",
    "司馬": "si ma", "諸葛": "zhu ge", "長孫": "zhang|chang sun", "單于": "chan|shan|dan yu",
}  # fmt: skip
# Characters of given names that families read either way.
_GIVEN = {
    "乐": "le yue", "茜": "qian xi", "晟": "sheng cheng", "行": "xing hang", "朝": "chao zhao",
    "娜": "na nuo", "柏": "bai bo", "长": "chang zhang", "曾": "zeng ceng", "樂": "le yue",
}  # fmt: skip

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MOST_READINGS = 8
_LONGEST = 12
_LONGEST_NAME = 4  # characters of a person's
_TWO = 2


def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the syllables of a Chinese name, once for each way it may be read.

    Args:
        name: as written; only its first Chinese characters count (12 at most).

    Returns:
        Such as ``(("shan", "li"), ("dan", "li"))`` for 单丽, with v for ü and a reading with u beside it
        (吕: lv, lu); empty for a name without Chinese characters.
    """
    han = "".join(_HAN.findall(name))[:_LONGEST]
    if not han:
        return ()
    surname = han[:2] if han[:2] in _COMPOUND else han[:1]
    choices = (
        [syllable.split("|") for syllable in _COMPOUND[surname].split()]
        if len(surname) > 1
        else [_surname(surname)]
    )
    given = han[len(surname) :]
    choices += [
        _GIVEN[character].split() if character in _GIVEN else [syllable]
        for character, syllable in zip(given, _syllables(given), strict=True)
    ]
    spoken = [_with_u(syllables) for syllables in choices]
    found = itertools.islice(itertools.product(*spoken), _MOST_READINGS)
    return tuple(dict.fromkeys(found))


def surnames(name: str) -> tuple[str, ...]:
    """How a name's surname is written: 王 and Wang for 王建国, Weiss for Anna Weiss; none of a single word.

    Args:
        name: in Chinese or in Latin letters.
    """
    han = "".join(_HAN.findall(name))
    if not han:
        words = name.split()
        return (words[-1],) if len(words) > 1 else ()
    size = _size(han)
    latin = ("".join(syllables[:size]).capitalize() for syllables in readings(name))
    return (han[:size], *dict.fromkeys(latin))


def spoken(name: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Each reading of a whole Chinese name of two to four characters: its surname's syllables, and the rest."""
    if not _HAN.fullmatch(name) or not 1 < len(name) <= _LONGEST_NAME:
        return ()
    size = _size(name)
    return tuple((each[:size], each[size:]) for each in readings(name))


def given_name(name: str) -> str | None:
    """The given name of two characters of a whole Chinese name; None for any other."""
    if not _HAN.fullmatch(name) or len(given := name[_size(name) :]) != _TWO:
        return None
    return given


def _size(han: str) -> int:
    """How many characters the surname has."""
    return 2 if han[:2] in _COMPOUND else 1


def _surname(character: str) -> list[str]:
    return _SURNAMES[character].split() if character in _SURNAMES else _syllables(character)


def _with_u(syllables: list[str]) -> list[str]:
    """Add u beside v: people type ü either way."""
    return [*syllables, *(syllable.replace("v", "u") for syllable in syllables if "v" in syllable)]


@lru_cache(maxsize=4096)  # a roster holds the same surnames and given names over and over
def _syllables(characters: str) -> list[str]:
    """Give one syllable a character; one that no dictionary knows stands for itself."""
    from pypinyin import Style, lazy_pinyin

    found: list[str] = lazy_pinyin(characters, style=Style.NORMAL, errors="default")
    if len(found) == len(characters):
        return found
    # Unknown characters come back in one piece: take them singly.
    return [
        lazy_pinyin(character, style=Style.NORMAL, errors="default")[0] for character in characters
    ]
