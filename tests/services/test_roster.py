"""Importing a roster: whole or not at all, and nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.finding import find_households
from concierge.services.households import show_household
from concierge.services.roster import import_roster
from tests.services.world import World

HEADER = "楼栋,房号,业主,手机,关系,车牌\n"


def sheet(folder: Path, *lines: str) -> Path:
    path = folder / "roster.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_accepted_rows_commit_together_and_the_rest_are_named_by_row(
    world: World, tmp_path: Path
) -> None:
    path = sheet(tmp_path, "3,1201,王建国,13900001234,业主,", "7,0101,钱一,13700000007,业主,沪A1",
                 "7,0102,,,,", "7,0101,孙二,,租户,")  # fmt: skip
    report = import_roster(world.desk, path=path, actor="Chen")
    assert (report.read, report.added, report.changed + report.unchanged) == (2, 1, 1)
    assert [(row.row, row.reason) for row in report.rejected] == [(4, "name-missing")]
    card = show_household(world.desk, unit="7-0101")
    assert [member.name for member in card.members] == ["钱一", "孙二"]
    assert card.plates == ("沪A1",)
    assert find_households(world.desk, text="qy")[0].unit == "7-101"
    assert world.is_sound()


def test_the_same_roster_again_changes_nothing(world: World, tmp_path: Path) -> None:
    path = sheet(tmp_path, "7,0101,钱一,13700000007,业主,沪A1")
    import_roster(world.desk, path=path)
    before = world.rows("select events from chain_head")
    report = import_roster(world.desk, path=path)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
    assert world.rows("select events from chain_head") == before


def test_a_new_phone_is_found_and_blank_cells_take_nothing_away(
    world: World, tmp_path: Path
) -> None:
    import_roster(world.desk, path=sheet(tmp_path, "7,0101,钱一,13700000007,业主,沪A1"))
    report = import_roster(world.desk, path=sheet(tmp_path, "7,0101,钱一,13712345678,,"))
    assert report.changed == 1
    (hit,) = find_households(world.desk, text="5678")
    assert (hit.unit, hit.match) == ("7-101", "phone")
    card = show_household(world.desk, unit="7-0101")
    assert (card.members[0].relation, card.plates) == ("业主", ("沪A1",))


def test_a_preview_and_a_strict_refusal_leave_the_store_as_it_was(
    world: World, tmp_path: Path
) -> None:
    path = sheet(tmp_path, "7,0101,钱一,,,", "7,0102,,,,")
    before = (
        world.rows("select count(*), max(id) from household"),
        world.rows("select hash from chain_head"),
    )
    assert import_roster(world.desk, path=path, dry_run=True).added == 1
    with pytest.raises(Refusal, match=r"roster\.strict"):
        import_roster(world.desk, path=path, strict=True)
    with pytest.raises(Refusal, match=r"staff\.unknown"):
        import_roster(world.desk, path=path, actor="Nobody")
    assert (
        world.rows("select count(*), max(id) from household"),
        world.rows("select hash from chain_head"),
    ) == before
    assert find_households(world.desk, text="钱一") == ()
