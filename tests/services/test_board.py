"""The board: open matters by what is due next, alarms nobody signed, and nothing about who looks."""

from __future__ import annotations

import pytest

from concierge.services.board import board, last_event
from concierge.services.drafts import save_draft
from concierge.services.escalating import acknowledge
from concierge.services.shifts import start_shift
from concierge.services.sweep import sweep
from concierge.store import board_sql
from tests.services.world import World, at


def test_open_matters_stand_in_the_order_in_which_they_are_due(world: World) -> None:
    slow = world.add("home-repair")
    quick = world.add("neighbour", unit="3-1201")
    world.add("fees", answered="yes")
    seen = board(world.desk)
    assert [(r.number, r.step, r.due_at, r.to_be_agreed) for r in seen.rows] == [
        (quick.number, "attend", at("14:28"), False),
        (slow.number, "resolve", at("2026-12-02T18:00"), True),
    ]
    assert (seen.rows[0].household, seen.rehearsal, seen.alarms) == ("王建国", True, ())


def test_an_alarm_shows_until_it_is_acknowledged_and_major_ones_come_first(world: World) -> None:
    plain = world.add("neighbour")
    world.go("14:30")
    world.sweep()
    grave = world.add("emergency", place="Lift 2")
    first, second = board(world.desk).alarms
    assert (first.number, second.number) == (grave.number, plain.number)
    assert (first.people, first.phones) == (("Zhou",), ("13800001234",))
    acknowledge(world.desk, number=grave.number, actor="Zhou")
    seen = board(world.desk)
    assert [alarm.number for alarm in seen.alarms] == [plain.number]
    assert {row.number: row.unacknowledged for row in seen.rows} == {
        plain.number: True,
        grave.number: False,
    }
    world.do("resolve", plain)
    assert board(world.desk).alarms == ()


@pytest.mark.parametrize("question", [board_sql.WAITING, board_sql.EVERYWHERE])
def test_what_is_long_closed_is_not_read_for_the_board(world: World, question: str) -> None:
    plan = [row[3] for row in world.rows(f"explain query plan {question}")]
    assert plan[0] in {
        "SEARCH ticket USING INDEX ticket_open (state=?)",
        "SEARCH clock USING INDEX clock_next (next_at>?)",
    }
    assert not [step for step in plan if step.startswith("SCAN") or "(subject=?)" in step]


def test_a_warning_is_no_alarm(world: World) -> None:
    world.add("neighbour")
    world.go("14:25")
    world.sweep()
    assert board(world.desk).alarms == ()


def test_a_matter_about_who_looks_is_hidden_from_them(world: World) -> None:
    ticket = world.add("staff-conduct", about="Sun")
    assert board(world.desk, viewer="Sun").rows == ()
    assert board(world.desk, viewer="Sun").alarms == ()
    assert [row.number for row in board(world.desk, viewer="Chen").rows] == [ticket.number]


def test_the_board_knows_of_drafts_the_shift_and_other_writers(world: World) -> None:
    before = last_event(world.desk)
    save_draft(world.desk, draft="a", received_at=at("14:10"), form={})
    shift = start_shift(world.desk, actor="Chen")
    seen = board(world.desk)
    assert (seen.drafts, seen.shift, seen.last_event) == (1, shift, before + 1)


def test_a_wall_clock_that_went_back_shows(world: World) -> None:
    sweep(world.desk)
    world.go("14:00")
    assert board(world.desk).held


def test_a_later_rung_of_a_lower_role_does_not_hide_that_the_director_has_not_signed(
    world: World,
) -> None:
    ticket = world.add("neighbour")
    world.go("14:58:01")
    world.sweep()
    world.go("2026-11-24T18:00:01")
    world.sweep()
    rows = world.rows("select rung, role from escalation where rung > 0 order by id desc limit 1")
    assert rows == [(1, "supervisor")]
    (alarm,) = board(world.desk).alarms
    assert (alarm.number, alarm.to) == (ticket.number, "manager")
