"""Unit codes and phone numbers as people write them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.household import (
    UnitCode,
    join_unit,
    mask_phone,
    parse_unit,
    phone_digits,
    unit_prefix,
)

BUILDINGS = st.from_regex(r"[A-Z]{0,2}[1-9][0-9]{0,2}|[A-Z]", fullmatch=True)
ROOMS = st.from_regex(r"[1-9][0-9]{0,3}[A-Z]?", fullmatch=True)
UNITS = st.builds(UnitCode, BUILDINGS, st.none() | st.from_regex("[1-9]", fullmatch=True), ROOMS)


def read(text: str) -> list[str]:
    return [unit.text for unit in parse_unit(text)]


@pytest.mark.parametrize(
    "text",
    [
        "3-1201", "3栋1201", "3号楼1201", "3幢1201室", "3#1201", "3#楼1201", "３－１２０１", "3/1201",
        "3 1201", "3—1201", "3——1201", "3–1201", "3 - 1201", "03-01201", "三栋1201", "3一1201",
        "3栋12层1201", "3号楼12楼1201", "Building 3 Room 1201",
        "bldg 3, unit 1201", "3.1201", " 3-1201 ",
        "3号1201",
    ],
)  # fmt: skip
def test_each_way_to_write_3_1201_is_read_as_it(text: str) -> None:
    assert read(text) == ["3-1201"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("3栋2单元1201室", "3-2-1201"), ("3-2-1201", "3-2-1201"), ("三栋二单元1201", "3-2-1201"),
        ("3-2单元1201", "3-2-1201"), ("A座1201", "A-1201"), ("a1201", "A-1201"), ("3a1201", "3A-1201"),
        ("12弄5号601室", "12-5-601"), ("东区3栋1201", "东区3-1201"), ("一期3栋1201", "1期3-1201"),
        ("十二栋0903", "12-903"), ("二十三号楼101", "23-101"),
        ("3栋东单元1201", "3-东-1201"), ("十十十栋1201", "十十十-1201"),
        ("B1-023", "B1-23"), ("5-12A03", "5-12A03"), ("Tower A, Unit 1201", "A-1201"),
    ],
)  # fmt: skip
def test_entrances_letters_and_numerals_are_read(text: str, unit: str) -> None:
    assert read(text)[:1] == [unit]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("31201", ["3-1201", "31-201"]),
        ("1201", ["1-201"]),
        ("30903", ["3-903", "30-903"]),
        ("321201", ["32-1201", "3-2-1201"]),
        ("A1201", ["A-1201", "A1-201"]),
        ("31201A", ["3-1201A", "31-201A"]),
        ("31001", ["3-1001"]),
    ],
)
def test_a_code_without_marks_gives_every_reading(text: str, units: list[str]) -> None:
    assert read(text)[: len(units)] == units


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "3幢", "2单元1201", "王国华", "zs",
        "大堂 1", "Lift 2", "大堂", "903", "13800001234",
        "0-1201", "3-000", "3-0-1201", "0000", "000000", "3-2-1-1201", "3" * 60, "粤B12345",
        "\x00", "\ud800", "3-ABC",
    ],
)  # fmt: skip
def test_what_cannot_be_a_unit_has_no_reading(text: str) -> None:
    assert parse_unit(text) == ()


@given(UNITS)
def test_a_canonical_code_reads_back_as_itself(unit: UnitCode) -> None:
    assert parse_unit(unit.text) == (unit,)


@given(UNITS)
def test_width_case_dash_and_zeros_do_not_matter(unit: UnitCode) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in unit.text.lower())
    padded = "-".join("0" + part for part in unit.text.split("-"))
    assert (
        parse_unit(wide) == parse_unit(padded) == parse_unit(unit.text.replace("-", "—")) == (unit,)
    )


@given(st.text(max_size=60) | st.text("0123456789AB-栋单元号楼座室#/ 一十期弄层", max_size=14))
def test_any_text_is_read_without_fail_and_each_reading_is_canonical(text: str) -> None:
    for unit in parse_unit(text):
        assert parse_unit(unit.text) == (unit,)
        assert unit.text == unit.text.upper()
        assert not any(part.startswith("0") for part in unit.text.split("-"))
    unit_prefix(text)


@given(st.text("0123456789", min_size=4, max_size=7))
def test_a_reading_of_bare_digits_uses_each_digit_once(digits: str) -> None:
    for unit in parse_unit(digits):
        parts = [unit.building, unit.entrance or "", unit.room]
        assert sorted("".join(parts).replace("0", "")) == sorted(digits.replace("0", ""))


@given(UNITS)
def test_the_columns_of_a_roster_join_to_the_unit(unit: UnitCode) -> None:
    stair = unit.entrance and f"{unit.entrance}单元"
    assert join_unit(f"{unit.building}栋", stair, f"{unit.room}室") == unit
    assert join_unit(None, None, unit.text) == unit
    assert join_unit(unit.building, unit.entrance, unit.text) == unit


@pytest.mark.parametrize(
    ("building", "entrance", "room", "unit"),
    [
        ("3栋", None, "1201", "3-1201"), ("3", "2单元", "1201", "3-2-1201"),
        ("3", "", "3-1201", "3-1201"),
        ("3", "2", "3-1201", "3-2-1201"), ("3栋2单元", None, "1201", "3-2-1201"),
        ("3", None, "2-1201", "3-2-1201"),
        ("3", "2", "2-1201", "3-2-1201"), (None, "2", "3-1201", "3-2-1201"),
        ("Lily", None, "1201", "LILY-1201"),
        ("3", None, "3栋2单元1201室", "3-2-1201"),
        ("3#", None, "0903", "3-903"), ("Tower B", None, "5", "B-5"),
        ("3栋2单元", "2", "3-2-1201", "3-2-1201"), ("3/2", None, "1201", "3-2-1201"),
    ],
)  # fmt: skip
def test_rosters_hold_the_code_in_one_column_or_in_several(
    building: str | None, entrance: str | None, room: str, unit: str
) -> None:
    joined = join_unit(building, entrance, room)
    assert joined is not None
    assert joined.text == unit


@pytest.mark.parametrize(
    ("building", "entrance", "room"),
    [
        (None, None, "1201"), (None, None, "31201"), ("3", None, None),
        (None, None, None), ("3", "1", "3-2-1201"),
        ("5", "1", "3-1201"), ("3", None, "阁楼"), ("3", None, "000"), ("0", None, "1201"),
        ("5", None, "3-2-1201"),
    ],
)  # fmt: skip
def test_missing_or_contradicting_columns_are_no_unit(
    building: str | None, entrance: str | None, room: str | None
) -> None:
    assert join_unit(building, entrance, room) is None


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("3栋12", "3-12"), ("3幢", "3-"), ("3-2单元", "3-2-"),
        ("0903", "903"), ("A", "A"), ("3-0", "3-"),
        ("东区3栋", "东区3-"), ("王国华", None), ("", None),
        ("-", None), ("smith", None), ("1-2-3-4", None),
        ("0", None),
    ],
)  # fmt: skip
def test_the_beginning_of_a_code_is_understood(text: str, prefix: str | None) -> None:
    assert unit_prefix(text) == prefix


@given(UNITS, st.data())
def test_each_beginning_of_a_code_finds_it(unit: UnitCode, data: st.DataObject) -> None:
    typed = unit.text[: data.draw(st.integers(1, len(unit.text)))]
    prefix = unit_prefix(typed)
    assert prefix is not None
    assert unit.text.startswith(prefix)


def test_units_order_as_people_count_them() -> None:
    texts = ["3-903", "3-1201", "3-2-101", "12-101", "A-101", "B-1"]
    units = [parse_unit(text)[0] for text in texts]
    shuffled = random.Random(1).sample(units, len(units))
    assert [str(unit) for unit in sorted(shuffled)] == texts
    assert units[1] > units[0]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("138-0000-1234", "13800001234"), ("+86 138 0000 1234", "13800001234"),
        ("008613800001234", "13800001234"), ("8613800001234", "13800001234"),
        ("１３８００００１２３４", "13800001234"), ("(0755) 1234-5678", "075512345678"),
        ("+852 9123 4567", "85291234567"), ("0755-1234 转801", "0755-1234 转801"),
        ("13800001234 13900001234", "13800001234 13900001234"), ("", ""), ("( )", "( )"), ("86", "86"),
    ],
)  # fmt: skip
def test_a_plain_phone_comes_down_to_its_digits(text: str, digits: str) -> None:
    assert phone_digits(text) == digits


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800001234", "138****1234"), ("+86 138-0000-1234", "138****1234"),
        ("075512345678", "075*****5678"),
        ("12345678", "****5678"), ("1234567", "*****67"),
        ("123", "*23"), ("1", "1"), ("", ""), ("none", ""),
    ],
)  # fmt: skip
def test_a_phone_is_masked(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.text(max_size=40))
def test_a_masked_phone_shows_at_most_seven_digits_and_nothing_else(phone: str) -> None:
    masked = mask_phone(phone)
    assert set(masked) <= set("0123456789*")
    assert sum(character != "*" for character in masked) <= 7
