"""Five rosters as offices and programs really write them (``rosters/make.py``): what came of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.services.households import show_household
from concierge.services.roster import import_roster
from concierge.services.roster_reading import Roster, read_roster
from tests.services.world import World

ROSTERS = Path(__file__).parent / "rosters"
FILES = ("property-office.xlsx", "merged-units.xlsx", "fee-system.csv", "english-system.csv",
         "old-workbook.xls")  # fmt: skip


def read(name: str) -> Roster:
    return read_roster(ROSTERS / name)


def people(roster: Roster) -> list[tuple[str, str, object]]:
    return [(row.unit.text, row.name, row.person.get("phone")) for row in roster.rows]


def reasons(roster: Roster) -> list[tuple[int, str]]:
    return [(row.row, row.reason) for row in roster.rejected]


def test_an_offices_own_sheet_with_titles_merged_buildings_and_two_people_in_a_cell() -> None:
    roster = read("property-office.xlsx")
    assert (roster.sheet, roster.header_row) == ("业主", 4)
    assert people(roster) == [
        ("3-1-101", "方小满", "13800000101"),
        ("3-1-101", "季秋白", None),
        ("3-1-102", "沈砚", "13800000000"),
        ("3-2-1201", "陶然", "13800001201"),
        ("3-2-1201", "白露", "13800001202"),
        ("4-1-101", "温故", "075526000101"),
    ]
    assert roster.rows[0].plates == ("粤B10101", "粤BD10101")
    assert [row.person.get("relation") for row in roster.rows[3:5]] == ["业主", "配偶"]
    assert reasons(roster) == [(9, "unit-not-understood")], "the line of the total"


def test_a_person_a_row_under_a_merged_building_and_a_merged_room() -> None:
    roster = read("merged-units.xlsx")
    assert people(roster) == [
        ("5-501", "顾北", "13900005011"),
        ("5-501", "顾盼", None),
        ("5-502", "林深", "13900005021"),
        ("5-502", "鹿鸣", "13900005022"),
        ("6-601", "江晚", "13900006011"),
    ]
    assert roster.rejected == ()


def test_a_fee_system_writes_gbk_with_semicolons_and_phones_as_formulas() -> None:
    roster = read("fee-system.csv")
    assert (roster.encoding, roster.delimiter, roster.header_row) == ("gb18030", ";", 2)
    assert people(roster) == [
        ("1-1-101", "苏合", "013700000101"),
        ("1-1-102", "程前", "13700000102"),
        ("1-1-102", "程昱", None),
    ]
    assert reasons(roster) == [(6, "unit-not-understood")]


def test_an_english_system_repeats_its_header_and_signs_with_a_footer() -> None:
    roster = read("english-system.csv")
    assert people(roster) == [
        ("A-1201", "Marlow, Tess", "13800001201"),
        ("A-1201", "Ivo Marlow", None),
        ("A-1202", "Ada Quill", "13800001202"),
        ("A-1202", "Bo Quill", None),
        ("B-3", '=HYPERLINK("http://x","Nell")', "0"),
    ]
    assert reasons(roster) == [(7, "name-missing"), (8, "unit-missing")]


def test_an_old_workbook_keeps_rooms_and_phones_as_numbers_and_dates_as_dates() -> None:
    roster = read("old-workbook.xls")
    assert (roster.format, roster.header_row) == ("xls", 2)
    assert people(roster) == [
        ("7-101", "许言", "13600007101"),
        ("7-102", "乔木", "57100007102"),
        ("7-103", "乔木", None),
    ]
    assert roster.rows[0].own.get("moved_in") == "2008-08-08"


@pytest.mark.parametrize("name", FILES)
def test_each_is_taken_over_once_and_the_second_time_changes_nothing(
    world: World, name: str
) -> None:
    first = import_roster(world.desk, path=ROSTERS / name)
    assert first.added == len({row.unit.text for row in read(name).rows})
    again = import_roster(world.desk, path=ROSTERS / name)
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)
    assert world.is_sound()


def test_a_household_of_three_rows_is_one_card(world: World) -> None:
    import_roster(world.desk, path=ROSTERS / "fee-system.csv")
    card = show_household(world.desk, unit="1-1-102")
    assert [member.name for member in card.members] == ["程前", "程昱"]
