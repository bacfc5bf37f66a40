"""Staff: found by what was typed, added once, named in what they did."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.people import find_staff
from concierge.services.staffing import NewStaff, add_staff, list_staff
from tests.services.world import World


@pytest.mark.parametrize("typed", ["Chen", "chen", " CHEN ", "Ch"])
def test_a_name_is_found_exactly_or_by_its_only_beginning(world: World, typed: str) -> None:
    with world.desk.store.read() as session:
        assert find_staff(session, typed).name == "Chen"


def test_the_whole_name_wins_over_a_longer_one(world: World) -> None:
    add_staff(world.desk, new=NewStaff("Chen Li", "concierge"))
    with world.desk.store.read() as session:
        assert find_staff(session, "Chen").name == "Chen"
        with pytest.raises(Refusal, match=r"staff\.ambiguous"):
            find_staff(session, "Che")
        with pytest.raises(Refusal, match=r"staff\.unknown"):
            find_staff(session, "%")
        with pytest.raises(Refusal, match=r"staff\.missing"):
            find_staff(session, "")


def test_who_left_is_neither_listed_nor_found(world: World) -> None:
    world.rows("update staff set active = 0 where name = 'Sun'")
    assert [row.name for row in list_staff(world.desk)] == ["Chen", "Zhou", "Lin", "Gao"]
    with world.desk.store.read() as session, pytest.raises(Refusal, match=r"staff\.unknown"):
        find_staff(session, "Sun")


def test_a_name_stands_for_one_person(world: World) -> None:
    added = add_staff(world.desk, new=NewStaff("赵[/b]\x1b", "supervisor", "138"), actor="Gao")
    assert (added.name, added.role, added.phone) == ("赵[/b]", "supervisor", "138")
    with pytest.raises(Refusal, match=r"staff\.exists"):
        add_staff(world.desk, new=NewStaff(" 赵[/b] ", "manager"))
    for name in ("", " ", "\x07"):
        with pytest.raises(Refusal, match=r"staff\.bad"):
            add_staff(world.desk, new=NewStaff(name, "manager"))
    with pytest.raises(Refusal, match=r"role\.unknown"):
        add_staff(world.desk, new=NewStaff("X", "king"))
    assert world.is_sound()


def test_staff_are_read_from_one_word_of_the_command_line() -> None:
    assert NewStaff.parse("陈丽：concierge：138") == NewStaff("陈丽", "concierge", "138")
    assert NewStaff.parse("Li: manager") == NewStaff("Li", "manager")
    for bad in ("", "Li", ":manager", "Li:"):
        with pytest.raises(Refusal, match=r"staff\.bad"):
            NewStaff.parse(bad)
    with pytest.raises(Refusal, match=r"role\.unknown"):
        NewStaff.parse("Li:king")
