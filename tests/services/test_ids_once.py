"""An id of somebody who was forgotten, or of what was theirs, is never another's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from concierge.services.facts import NewFact, add_fact
from concierge.services.forgetting import forget_household
from concierge.services.household_edit import add_part, set_household
from concierge.services.households import add_household
from concierge.services.instructions import NewInstruction, add_instruction
from concierge.services.roster import import_roster
from tests.services.world import World

UNIT, OTHER = "9-0101", "3-1201"


def add_all(world: World, unit: str, mark: str) -> None:
    """One more row of every kind in a file."""
    for part, values in (
        ("member", {"name": f"周{mark}"}),
        ("vehicle", {"plate": f"沪{mark}"}),
        ("pet", {"name": f"豆{mark}"}),
        ("contact", {"name": f"吴{mark}"}),
    ):
        add_part(world.desk, unit=unit, part=part, values=values, actor="Chen")
    add_fact(world.desk, unit=unit, fact=NewFact("food", f"茶{mark}"), actor="Chen")
    add_instruction(world.desk, unit=unit, instruction=NewInstruction(f"门{mark}"), actor="Chen")


TABLES = ("member", "vehicle", "pet", "emergency_contact", "fact", "instruction")


@pytest.fixture
def forgotten(world: World) -> tuple[World, dict[str, int]]:
    """The newest rows of the store were those of a household that is forgotten; their ids by table."""
    add_household(world.desk, unit=UNIT, name="王老五")
    add_all(world, UNIT, "甲")
    gone = {table: world.rows(f"select max(id) from {table}")[0][0] for table in TABLES}
    set_household(world.desk, unit=UNIT, values={"moved_out": "2026-11-20"}, actor="Chen")
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    return world, gone


def by_hand(world: World, _folder: Path) -> None:
    add_all(world, OTHER, "乙")


def as_new_household(world: World, _folder: Path) -> None:
    add_household(world.desk, unit="9-0102", name="周乙", plate="沪乙")


def by_a_roster(world: World, folder: Path) -> None:
    roster = folder / "roster.csv"
    roster.write_text("楼栋,房号,姓名,车牌\n9,0103,周乙,沪C30003\n3,1201,吴乙,沪D40004\n", "utf-8")
    import_roster(world.desk, path=roster)


@pytest.mark.parametrize("way", [by_hand, as_new_household, by_a_roster])
def test_ids_of_the_forgotten_go_to_nobody(
    forgotten: tuple[World, dict[str, int]], tmp_path: Path, way: Callable[[World, Path], None]
) -> None:
    world, gone = forgotten
    before = {table: world.rows(f"select count(*) from {table}")[0][0] for table in TABLES}
    way(world, tmp_path)
    made = 0
    for table, last in gone.items():
        new = world.rows(f"select count(*) from {table} where id > ?", last)[0][0]
        assert world.rows(f"select count(*) from {table}")[0][0] == before[table] + new
        made += new
    assert made >= 2
    assert world.is_sound()
