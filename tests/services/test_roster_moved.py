"""A roster lists who lives there now: whoever has moved out by the books and is listed has moved in again."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.language import rosters
from concierge.language.household_said import change_line
from concierge.language.translator import language
from concierge.services.finding import find_households
from concierge.services.household_edit import edit_part, set_household
from concierge.services.household_file import household_file
from concierge.services.household_history import history, undo_last
from concierge.services.roster import import_roster
from concierge.services.roster_export import export_roster
from concierge.services.roster_views import Changed, Gone, RosterReport
from tests.services.world import World

UNIT, HE, SHE, CHILD = "7-101", "钱一多", "孙二妹", "钱小多"
NEW, LEFT, LATER = "周三多", "2026-01-01", "2027-03-31"


def take(world: World, folder: Path, *people: str, dry_run: bool = False) -> RosterReport:
    path = folder / "roster.csv"
    path.write_text(
        "房号,姓名\n" + "".join(f"{UNIT},{each}\n" for each in people), encoding="utf-8"
    )
    return import_roster(world.desk, path=path, actor="Chen", dry_run=dry_run)


def listed(world: World) -> list[str | None]:
    return [
        line.name for line in export_roster(world.desk) if f"{line.building}-{line.unit}" == UNIT
    ]


def missed(report: RosterReport) -> list[Gone]:
    return [each for each in report.gone if each.unit == UNIT]


def days(world: World) -> dict[str, str | None]:
    return {each.name: each.moved_out for each in household_file(world.desk, unit=UNIT).members}


@pytest.fixture
def left(world: World, tmp_path: Path) -> World:
    """A household of two that has moved out."""
    take(world, tmp_path, HE, SHE)
    set_household(world.desk, unit=UNIT, values={"moved_out": LEFT}, actor="Chen")
    return world


def test_a_new_family_in_a_flat_that_was_left_is_in_every_export(
    left: World, tmp_path: Path
) -> None:
    assert listed(left) == []
    report = take(left, tmp_path, NEW)
    assert (report.added, report.changed, missed(report)) == (0, 1, [])
    assert household_file(left.desk, unit=UNIT).moved_out is None
    assert days(left) == {HE: LEFT, SHE: LEFT, NEW: None}
    assert listed(left) == [NEW]
    assert find_households(left.desk, text=NEW)[0].unit == UNIT
    assert left.is_sound()
    again = take(left, tmp_path, NEW)
    assert (again.changed, again.unchanged, missed(again)) == (0, 1, [])


def test_a_preview_says_who_moved_in_again_and_who_stays_moved_out(
    left: World, tmp_path: Path
) -> None:
    report = take(left, tmp_path, SHE, dry_run=True)
    assert household_file(left.desk, unit=UNIT).moved_out == LEFT
    assert report.changes == (
        Changed(UNIT, HE, "moved_out", None, LEFT),
        Changed(UNIT, None, "moved_out", LEFT, None),
    )
    for code, said in (
        ("en", ["7-101 钱一多: stays moved out, since 2026-01-01",
                "7-101: lives there again, was moved out 2026-01-01"]),
        ("zh", ["7-101 钱一多：仍为迁出（2026-01-01 起）", "7-101：重新入住（原登记 2026-01-01 迁出）"]),
    ):  # fmt: skip
        assert [rosters.change(language(code), each) for each in report.changes] == said


def test_moving_in_again_is_on_record_and_taken_back_step_by_step(
    left: World, tmp_path: Path
) -> None:
    before = len(history(left.desk, unit=UNIT))
    take(left, tmp_path, SHE, NEW)
    newest = history(left.desk, unit=UNIT)
    assert {(change.roster, change.actor) for change in newest[:3]} == {(True, "Chen")}
    assert any("2026-01-01" in change_line(language("en"), change) for change in newest[:3])
    for _ in newest[before:]:
        undo_last(left.desk, unit=UNIT, actor="Chen")
    assert household_file(left.desk, unit=UNIT).moved_out == LEFT
    assert days(left) == {HE: None, SHE: None}
    assert listed(left) == []
    assert left.is_sound()


def test_somebody_who_moved_out_and_is_listed_lives_there_again(
    world: World, tmp_path: Path
) -> None:
    take(world, tmp_path, HE, SHE)
    him = household_file(world.desk, unit=UNIT).members[0].id
    edit_part(world.desk, unit=UNIT, part="member", row=him, values={"moved_out": LEFT},
              actor="Chen")  # fmt: skip
    assert listed(world) == [SHE]
    report = take(world, tmp_path, HE, SHE)
    assert report.changes == (Changed(UNIT, HE, "moved_out", LEFT, None),)
    assert listed(world) == [HE, SHE]
    undo_last(world.desk, unit=UNIT, actor="Chen")
    assert days(world) == {HE: LEFT, SHE: None}


def test_a_day_of_moving_out_that_has_not_come_is_kept(world: World, tmp_path: Path) -> None:
    take(world, tmp_path, HE, SHE)
    him = household_file(world.desk, unit=UNIT).members[0].id
    edit_part(world.desk, unit=UNIT, part="member", row=him, values={"moved_out": LATER},
              actor="Chen")  # fmt: skip
    set_household(world.desk, unit=UNIT, values={"moved_out": LATER}, actor="Chen")
    report = take(world, tmp_path, HE)
    assert (report.changes, report.unchanged) == ((), 1)
    assert missed(report) == [Gone(UNIT, SHE)]
    assert household_file(world.desk, unit=UNIT).moved_out == LATER
    assert days(world) == {HE: LATER, SHE: None}


def test_of_two_of_one_name_the_one_who_lives_there_is_meant(world: World, tmp_path: Path) -> None:
    take(world, tmp_path, HE, CHILD)
    him, child = household_file(world.desk, unit=UNIT).members
    edit_part(world.desk, unit=UNIT, part="member", row=him.id, values={"moved_out": LEFT},
              actor="Chen")  # fmt: skip
    edit_part(world.desk, unit=UNIT, part="member", row=child.id, values={"name": HE},
              actor="Chen")  # fmt: skip
    report = take(world, tmp_path, HE)
    assert (report.changes, report.unchanged) == ((), 1)
    file = household_file(world.desk, unit=UNIT)
    assert [each.moved_out for each in file.members] == [LEFT, None]
