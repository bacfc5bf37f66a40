"""How names are read."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.services.pinyin import readings, surnames


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("张三", ["zhang san"]), ("单丽", ["shan li", "dan li"]), ("曾国", ["zeng guo", "ceng guo"]),
        ("仇英", ["qiu ying", "chou ying"]),
        ("解缙", ["xie jin", "jie jin"]), ("区海", ["ou hai", "qu hai"]),
        ("查良", ["zha liang", "cha liang"]),
        ("朴信", ["piao xin", "pu xin"]), ("盖叫", ["ge jiao", "gai jiao"]),
        ("翟明", ["zhai ming", "di ming"]), ("乐毅", ["yue yi", "le yi"]),
        ("尉迟恭", ["yu chi gong", "wei chi gong"]),
        ("万俟卨", ["mo qi xie", "mo si xie", "wan qi xie", "wan si xie"]),
        ("吕布", ["lv bu", "lu bu"]), ("欧阳修", ["ou yang xiu"]),
        ("张乐", ["zhang le", "zhang yue"]),
        ("王国华", ["wang guo hua"]), ("Wang 王国华", ["wang guo hua"]),
        ("區明", ["ou ming", "qu ming"]), ("單丽", ["shan li", "dan li"]), ("呂布", ["lv bu", "lu bu"]),
        ("樂毅", ["yue yi", "le yi"]), ("蓋明", ["ge ming", "gai ming"]),
        ("尉遲恭", ["yu chi gong", "wei chi gong"]),
        ("司馬光", ["si ma guang"]), ("令狐冲", ["ling hu chong"]), ("覃明", ["qin ming", "tan ming"]),
        ("缪明", ["miao ming", "mou ming"]), ("闾丘明", ["lv qiu ming", "lu qiu ming"]),
        ("任华", ["ren hua"]), ("长孙无忌", ["zhang sun wu ji", "chang sun wu ji"]), ("仇", ["qiu", "chou"]),
    ],
)  # fmt: skip
def test_a_name_is_read_in_each_of_its_ways(name: str, spoken: list[str]) -> None:
    assert [" ".join(reading) for reading in readings(name)] == spoken


@pytest.mark.parametrize("name", ["", "John Smith", "José", "123", "-"])
def test_a_name_without_chinese_characters_has_no_reading(name: str) -> None:
    assert readings(name) == ()


def test_characters_that_no_dictionary_knows_stand_for_themselves() -> None:
    assert readings("王\U0003fffc\U0003fffd") == (("wang", "\U0003fffc", "\U0003fffd"),)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=20))
def test_each_reading_has_a_syllable_a_character_and_there_are_few(name: str) -> None:
    found = readings(name)
    assert 1 <= len(found) <= 8
    assert {len(reading) for reading in found} == {min(len(name), 12)}


def test_pypinyin_is_loaded_only_when_a_name_is_read() -> None:
    code = "import sys, concierge.services.pinyin; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("王建国", ("王", "Wang")),
        ("欧阳文", ("欧阳", "Ouyang")),
        ("单丽", ("单", "Shan", "Dan")),
        ("Anna Weiss", ("Weiss",)),
        ("Anna", ()),
        ("", ()),
    ],
)
def test_a_surname_is_what_people_are_addressed_by(name: str, found: tuple[str, ...]) -> None:
    assert surnames(name) == found
