"""Staff: found by what was typed, added once, named in what they did."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.people import find_staff
from concierge.services.staffing import NewStaff, add_staff, list_staff, set_staff_phone
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
        add_staff(world.desk, new=NewStaff(" 赵[/b] ", "manager"), actor="Gao")
    for name in ("", " ", "\x07"):
        with pytest.raises(Refusal, match=r"staff\.bad"):
            add_staff(world.desk, new=NewStaff(name, "manager"), actor="Gao")
    with pytest.raises(Refusal, match=r"role\.unknown"):
        add_staff(world.desk, new=NewStaff("X", "king"))
    assert world.is_sound()


@pytest.mark.parametrize("role", ["supervisor", "director", "manager"])
def test_who_is_told_of_broken_promises_is_added_by_a_supervisor_or_above(
    world: World, role: str
) -> None:
    before = [row.name for row in list_staff(world.desk)]
    with pytest.raises(Refusal) as refused:
        add_staff(world.desk, new=NewStaff("Wu", role), actor="Chen")
    assert refused.value.code == "role.needed"
    assert refused.value.values["role"] == "supervisor"
    with pytest.raises(Refusal, match=r"staff\.missing"):
        add_staff(world.desk, new=NewStaff("Wu", role))
    assert [row.name for row in list_staff(world.desk)] == before
    assert add_staff(world.desk, new=NewStaff("Wu", role), actor="Zhou").role == role
    assert world.rows("select s.name from event e join staff s on s.id = e.actor_id"
                      " where e.kind = 'staff.added' and e.data like '%\"Wu\"%'") == [("Zhou",)]  # fmt: skip
    assert world.is_sound()


def test_a_concierge_is_added_by_anybody_and_the_first_supervisor_too(world: World) -> None:
    assert add_staff(world.desk, new=NewStaff("Wu", "concierge")).role == "concierge"
    world.rows("update staff set active = 0 where role != 'concierge'")
    assert add_staff(world.desk, new=NewStaff("He", "supervisor"), actor="Chen").name == "He"
    with pytest.raises(Refusal, match=r"role\.needed"):
        add_staff(world.desk, new=NewStaff("Ma", "manager"), actor="Chen")


def test_somebody_elses_number_is_a_supervisors_to_change(world: World) -> None:
    with pytest.raises(Refusal, match=r"role\.needed"):
        set_staff_phone(world.desk, name="Zhou", phone="13900000000", actor="Chen")
    with pytest.raises(Refusal, match=r"staff\.missing"):
        set_staff_phone(world.desk, name="Zhou", phone="13900000000")
    assert world.rows("select 1 from event where kind = 'staff.phone'") == []
    assert set_staff_phone(world.desk, name="Chen", phone="139", actor="Chen").phone == "139"
    assert set_staff_phone(world.desk, name="Chen", phone="138", actor="Zhou").phone == "138"
    world.rows("update staff set active = 0 where role != 'concierge'")
    assert set_staff_phone(world.desk, name="Sun", phone="137", actor="Chen").phone == "137"


def test_staff_are_read_from_one_word_of_the_command_line() -> None:
    assert NewStaff.parse("陈丽：concierge：138") == NewStaff("陈丽", "concierge", "138")
    assert NewStaff.parse("Li: manager") == NewStaff("Li", "manager")
    for bad in ("", "Li", ":manager", "Li:"):
        with pytest.raises(Refusal, match=r"staff\.bad"):
            NewStaff.parse(bad)
    with pytest.raises(Refusal, match=r"role\.unknown"):
        NewStaff.parse("Li:king")
