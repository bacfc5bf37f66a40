"""Stored keys and queries meet, by ranges alone."""

from __future__ import annotations

import bisect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.household import UnitCode
from concierge.domain.search_keys import (
    LONGEST_KEY,
    RANKS,
    Match,
    SearchKey,
    name_keys,
    pet_keys,
    phone_keys,
    plate_keys,
    queries,
    unit_keys,
    word_keys,
)
from concierge.domain.search_marks import PLACES

UNIT = UnitCode("3", None, "1201")
HOUSE = (
    *unit_keys(UNIT),
    *name_keys("王国华", (("wang", "guo", "hua"),)),
    *name_keys("吕单", (("lv", "dan"), ("lu", "dan"), ("lv", "shan"))),
    *name_keys("John O'Brien-Smith", ()),
    *name_keys("José Müller", ()),
    *name_keys("买买提·艾合买提", ()),
    *phone_keys("+86 138-0000-1234"),
    *plate_keys("粤B·D12345"),
)


def found(text: str, keys: tuple[SearchKey, ...] = HOUSE) -> list[str]:
    """Search as a b-tree does: seek the low end, read to the high end."""
    index = sorted((key.match.value, key.key) for key in keys)
    hits = []
    for query in queries(text):
        low = bisect.bisect_left(index, (query.match.value, query.low))
        high = bisect.bisect_left(index, (query.match.value, query.high))
        if low < high:
            hits.append(query.match.value)
    return list(dict.fromkeys(hits))


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("3-1201", "unit"), ("31201", "unit"),
        ("３－１２０１", "unit"), ("1201", "unit"), ("3栋", "unit"),
        ("3栋12", "unit"), ("3-0", "unit"), ("3", "unit"),
        ("王国华", "name"), ("国华", "name"), ("华", "name"),
        ("王 国华", "name"), ("john", "name"), ("SMITH", "name"),
        ("o'brien", "name"), ("o’brien", "name"),
        ("obrien s", "name"), ("jose", "name"),
        ("José", "name"), ("muller", "name"), ("艾合买提", "name"),
        ("买买提艾合", "name"), ("wgh", "pinyin"), ("gh", "pinyin"),
        ("wangguohua", "pinyin"), ("wang g", "pinyin"),
        ("guohua", "pinyin"), ("WANG", "pinyin"), ("h", "pinyin"), ("lv", "pinyin"), ("lu", "pinyin"),
        ("lü", "pinyin"), ("lvshan", "pinyin"), ("1234", "phone"), ("13800001234", "phone"),
        ("+86 138 0000 1234", "phone"), ("0000-1234", "phone"),
        ("粤BD12345", "plate"), ("粤b d12345", "plate"),
        ("D12345", "plate"), ("345", "plate"), ("粤B·D1", "plate"),
    ],
)  # fmt: skip
def test_a_household_is_found_as_people_ask_for_it(text: str, match: str) -> None:
    assert match in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "\x00",
        "\ud800",
        "🙂",
        "9-1201",
        "230",
        "国王",
        "34",
        "ohn",
        "543",
        "BD1",
        "ngguo",
        "zs",
        "138",
    ],
)
def test_what_does_not_belong_to_it_does_not_find_it(text: str) -> None:
    assert found(text) == []


def test_the_best_kind_of_match_comes_first() -> None:
    for text in ("3-1201", "31201", "1201", "zs", "B12345", "3栋12"):
        kinds = [RANKS[query.match] for query in queries(text)]
        assert kinds == sorted(kinds)
        units = [query.exact for query in queries(text) if query.match is Match.UNIT]
        assert units == sorted(units, reverse=True)


def test_both_readings_of_bare_digits_are_asked_for_whole() -> None:
    assert [query.low for query in queries("31201") if query.exact] == ["3-1201", "31-201", "31201"]


def test_a_short_number_is_a_room_before_it_is_a_building_and_a_door() -> None:
    assert [query.low for query in queries("1201") if query.exact] == ["1201", "1-201"]


def test_a_whole_code_does_not_find_its_longer_neighbour() -> None:
    exact = next(query for query in queries("3-120") if query.exact)
    assert exact.low <= "3-120" < exact.high
    assert not exact.low <= "3-1201" < exact.high


def test_the_keys_of_a_unit_are_its_code_its_digits_and_its_room() -> None:
    keys = unit_keys(UnitCode("3", "2", "1201"))
    assert [key.key for key in keys] == ["3-2-1201", "321201", "1201"]


def test_pinyin_keys_join_syllables_and_initials_from_every_start() -> None:
    keys = name_keys("张三丰", (("zhang", "san", "feng"),))
    assert [key.key for key in keys if key.match is Match.NAME] == ["张三丰", "~三丰", "~丰"]
    pinyin = [key.key.split(PLACES) for key in keys if key.match is Match.PINYIN]
    assert pinyin == [
        ["zhangsanfeng", "0534"], ["~sanfeng", "134"], ["~feng", "24"], ["zsf", "0111"], ["~sf", "111"],
    ]  # fmt: skip


def test_a_pet_is_found_by_its_name_and_its_pinyin_from_every_start() -> None:
    keys = pet_keys("旺财", (("wang", "cai"),))
    assert {key.match for key in keys} == {Match.PET}
    assert [key.key.split(PLACES)[0] for key in keys] == [
        "旺财",
        "~财",
        "wangcai",
        "~cai",
        "wc",
    ]
    for typed in ("旺", "财", "wangc", "cai", "wc"):
        assert "pet" in found(typed, keys)


def test_words_are_kept_whole_in_latin_and_by_twos_in_chinese() -> None:
    keys = word_keys("Allergic to 花生油, tel 13800001234")
    assert {key.match for key in keys} == {Match.WORD}
    assert [key.key for key in keys] == ["allergic", "to", "花生", "生油", "油", "tel"]
    for typed in ("aller", "花生", "生", "油", "花生油 tel"):
        assert "word" in found(typed, keys)
    assert "word" not in found("llergic", keys)


def test_no_text_fills_the_table_with_its_words() -> None:
    assert [key.key for key in word_keys("one two three four", most=2)] == ["one", "two"]
    assert [key.key for key in word_keys("one 花生油 four", most=3)] == ["one", "花生", "生油"]


def test_two_phones_in_one_text_are_two_keys() -> None:
    keys = phone_keys("13800001234/13900005678 转801")
    assert [key.key for key in keys] == ["43210000831", "87650000931"]
    assert phone_keys("无") == ()


def test_an_empty_plate_has_no_key() -> None:
    assert plate_keys(" - ") == ()


@given(st.text(max_size=60), st.integers(1, 60))
def test_each_beginning_of_a_name_finds_it(name: str, length: int) -> None:
    keys = name_keys(name, ())
    asked = next((query for query in queries(name[:length]) if query.match is Match.NAME), None)
    if asked and keys and keys[0].key.startswith(asked.low):
        assert asked.low <= keys[0].key < asked.high


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20),
    st.data(),
)
def test_each_piece_of_a_chinese_name_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    stop = data.draw(st.integers(start + 1, len(name)))
    assert "name" in found(name[start:stop], name_keys(name, ()))


@given(st.text("0123456789", min_size=7, max_size=15), st.integers(4, 15))
def test_each_tail_of_four_digits_finds_the_phone(phone: str, length: int) -> None:
    assert phone.startswith(("0086", "86")) or "phone" in found(phone[-length:], phone_keys(phone))


@given(st.text(max_size=80))
def test_ranges_hold_their_own_low_end_and_can_be_stored(text: str) -> None:
    for query in queries(text):
        assert query.low < query.high
        assert len(query.low) <= LONGEST_KEY
        assert (query.low + query.high).encode()
        assert "\x00" not in query.low + query.high


def test_the_last_letter_before_the_surrogates_has_a_next_one() -> None:
    query = next(query for query in queries("\ud7fb") if query.match is Match.NAME)
    assert query.high == "\ud7fc"
