"""A complaint that comes again, or is never solved, climbs to a major matter by itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from concierge.services import changes, reopening, repeated
from concierge.services.households import add_household
from concierge.services.raising import replan_raising
from concierge.services.repeated import look_for_repeats
from concierge.services.sweep import next_due, sweep
from concierge.services.views import TicketView
from concierge.settings import shipped_policy
from tests.services.world import World, clock_of, kinds, rungs

ROOT = Path(__file__).parents[2]
DAY = 86_400
MONTH = 30 * DAY


def thrice(world: World, **last: Any) -> tuple[TicketView, TicketView, TicketView]:
    """Three complaints of one household on a Monday, the first two solved at once."""
    first, second = (world.add("neighbour", unit="3-1201") for _ in range(2))
    for each in (first, second):
        world.do("resolve", each)
    world.clock.at += 60
    return first, second, world.add("neighbour", unit="3-1201", **last)


def swept(world: World) -> tuple[str, ...]:
    """A second later: what a sweep raises."""
    world.clock.at += 1
    return sweep(world.desk).raised


def said(ticket: TicketView, kind: str) -> Mapping[str, Any]:
    """What the only event of a kind says."""
    (event,) = [each for each in ticket.events if each.kind == kind]
    return event.data


def policy(**figures: Any) -> dict[str, Any]:
    """The shipped policy with other figures for repeated matters."""
    shipped: dict[str, Any] = dict(shipped_policy())
    return {**shipped, "repeated": {**shipped["repeated"], **figures}}


# -- at the desk ------------------------------------------------------------------------------------------
def test_made_major_at_the_desk_it_is_told_at_once_and_the_reason_is_on_record(
    world: World,
) -> None:
    first, second, third = thrice(world, grade="major", offered=True)
    assert (third.grade, third.grade_reason) == ("major", "household")
    assert said(third, "ticket.added")["repeats"] == [
        {"kind": "household", "count": 3, "numbers": [first.number, second.number], "days": 30}
    ]
    assert "declined" not in said(third, "ticket.added")
    assert rungs(third) == [("attend", 1, 1, "supervisor")]
    assert swept(world) == ()
    assert world.is_sound()


def test_an_offer_that_was_declined_is_on_record_and_holds_until_the_matter_is_unsolved(
    world: World,
) -> None:
    *_, third = thrice(world, offered=True)
    assert (third.grade, third.grade_reason) == ("ordinary", None)
    assert said(third, "ticket.added")["declined"] is True
    assert swept(world) == ()
    world.clock.at = third.received_at + MONTH
    assert sweep(world.desk).raised == ()
    assert swept(world) == (third.number,)
    assert world.show(third).grade_reason == "unsolved"
    assert world.is_sound()


def test_ordinary_said_in_so_many_words_declines_as_well(world: World) -> None:
    *_, third = thrice(world, grade="ordinary")
    assert said(third, "ticket.added")["declined"] is True
    assert swept(world) == ()


def test_two_complaints_are_no_repeated_matter_and_the_event_says_nothing_of_it(
    world: World,
) -> None:
    second = [world.add("neighbour", unit="3-1201") for _ in range(2)][1]
    assert "repeats" not in said(world.show(second), "ticket.added")
    assert swept(world) == ()


def test_a_major_category_is_major_for_its_own_sake(world: World) -> None:
    last = [world.add("emergency", unit="3-1201") for _ in range(3)][2]
    assert (last.grade, last.grade_reason) == ("major", None)
    assert "repeats" not in said(last, "ticket.added")


def test_inquiries_and_errands_never_climb(world: World) -> None:
    for _ in range(4):
        world.add("fees", unit="3-1201")
        world.add("taxi", unit="3-1201")
    world.clock.at += MONTH + 1
    assert sweep(world.desk).raised == ()
    assert world.is_sound()


# -- the offer --------------------------------------------------------------------------------------------
def offer(world: World, unit: str, category: str = "neighbour") -> list[tuple[str, int, int]]:
    """What would be offered now: kind, count, days."""
    found = look_for_repeats(world.desk, category=category, unit=unit, received_at=world.clock.at)
    return [(each.kind, each.count, each.days) for each in found]


def test_the_third_complaint_is_offered_in_any_spelling_of_the_unit(world: World) -> None:
    for _ in range(2):
        assert offer(world, "3-1201") == []
        world.add("neighbour", unit="3-1201")
    assert offer(world, "3-1201") == [("household", 3, 30)]
    assert offer(world, "3栋1201") == [("household", 3, 30)]
    assert offer(world, "3-1301") == []
    assert offer(world, "3-1201", "home-repair") == []
    assert offer(world, "3-1201", "fees") == []
    assert offer(world, "3-1201", "nothing") == []


def test_three_households_of_a_building_are_a_trouble_spot_and_ten_calls_of_one_are_none(
    world: World,
) -> None:
    for _ in range(10):
        world.add("neighbour", unit="3-1201")
    world.add("neighbour", unit="1-0803")
    assert offer(world, "3-1301") == []
    world.add("neighbour", unit="3-1501", unverified=True)
    assert offer(world, "3-1301") == [("building", 3, 30)]
    assert offer(world, "1-0803") == []


def test_cancelled_complaints_and_those_without_a_unit_do_not_count(world: World) -> None:
    wrong = world.add("neighbour", unit="3-1201")
    world.add("neighbour", unit="3-1201")
    changes.cancel(world.desk, number=wrong.number, reason="twice", actor="Chen")
    for _ in range(3):
        world.add("neighbour", place="Lobby")
    assert offer(world, "3-1201") == []
    assert swept(world) == ()


def test_calls_from_before_a_household_was_entered_are_its_own(world: World) -> None:
    for _ in range(2):
        world.add("neighbour", unit="5-902", unverified=True)
    add_household(world.desk, unit="5-902", name="Ma")
    assert offer(world, "5-902") == [("household", 3, 30)]


def test_the_window_is_counted_to_the_second(world: World) -> None:
    for _ in range(2):
        world.add("neighbour", unit="3-1201")
    world.clock.at += MONTH
    assert offer(world, "3-1201") == [("household", 3, 30)]
    world.clock.at += 1
    assert offer(world, "3-1201") == []


def test_calls_written_down_in_the_wrong_order_are_a_trouble_spot_all_the_same(
    world: World,
) -> None:
    now = world.clock.at
    for ago, unit in ((60, "3-1201"), (120, "3-1301")):
        world.add("neighbour", unit=unit, received_at=now - ago)
    last = world.add("neighbour", unit="3-1401", unverified=True, received_at=now - 180)
    assert swept(world) == (last.number,)
    assert world.show(last).grade_reason == "building"
    assert world.is_sound()


def test_the_question_is_answered_by_the_index_on_category_and_time(world: World) -> None:
    with world.desk.store.read() as session:
        plan = session.execute(
            text(f"explain query plan {repeated._AROUND}"),
            {**repeated._AROUND.compile().params, "category": "neighbour", "since": 1, "until": 2},
        ).all()
    assert "ticket_category (category=? AND received_at>? AND received_at<?)" in str(plan)


# -- the sweep --------------------------------------------------------------------------------------------
def test_what_nobody_was_asked_about_is_raised_by_the_next_sweep_exactly_once(
    world: World,
) -> None:
    first, second, third = thrice(world)
    assert next_due(world.desk) == third.logged_at
    assert swept(world) == (third.number,)
    raised = world.show(third)
    assert (raised.grade, raised.grade_reason) == ("major", "household")
    assert said(raised, "ticket.raised")["reason"] == {
        "kind": "household", "count": 3, "numbers": [first.number, second.number], "days": 30,
    }  # fmt: skip
    (row,) = raised.escalations
    assert (row.clock, row.rung, row.to, row.people) == ("attend", 1, "supervisor", ("Zhou",))
    assert (row.due_at, row.fired_at, row.by_hand) == (third.logged_at, world.clock.at, False)
    assert kinds(raised) == ["ticket.added", "ticket.raised", "ticket.escalated"]
    assert next_due(world.desk) == clock_of(raised, "attend").due_at
    assert swept(world) == ()
    assert world.is_sound()


def test_raising_tells_the_same_as_when_a_person_raises_the_grade(world: World) -> None:
    *_, by_itself = thrice(world)
    by_hand = world.add("neighbour", unit="1-0803")
    swept(world)
    changes.change(world.desk, number=by_hand.number, grade="major", reason="loud", actor="Chen")
    assert rungs(world.show(by_hand)) == rungs(world.show(by_itself))
    for leap in (1000, 3600, 7200, DAY):
        world.clock.at += leap
        world.sweep()
        assert rungs(world.show(by_hand)) == rungs(world.show(by_itself))
    assert world.is_sound()


def test_an_instant_long_gone_is_caught_up_in_the_order_of_time(world: World) -> None:
    *_, third = thrice(world)
    world.clock.at += 3 * 3600
    assert sweep(world.desk).raised == (third.number,)
    rows = world.show(third).escalations
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)
    assert [row.rung for row in rows if row.clock == "attend"] == [1, 2, 3]
    assert rows[0].due_at == third.logged_at
    assert rows[0].late_seconds == 3 * 3600
    assert world.sweep() == []
    assert world.is_sound()


def test_a_rung_that_has_fired_is_not_fired_again_for_the_grade(world: World) -> None:
    stays = world.add("neighbour", unit="3-1201")
    world.clock.at = stays.received_at + MONTH
    world.sweep()
    before = rungs(world.show(stays))
    assert swept(world) == (stays.number,)
    after = world.show(stays)
    assert (after.grade, after.grade_reason) == ("major", "unsolved")
    assert said(after, "ticket.raised")["reason"]["count"] == 30
    assert rungs(after) == before
    assert swept(world) == ()
    assert world.is_sound()


def test_a_repeat_whose_other_calls_were_cancelled_is_looked_at_and_left(world: World) -> None:
    first, second, third = (world.add("neighbour", unit="3-1201") for _ in range(3))
    for each in (first, second):
        changes.cancel(world.desk, number=each.number, reason="twice", actor="Chen")
    assert swept(world) == ()
    assert kinds(world.show(third))[1] == "ticket.reviewed"
    assert world.show(third).grade == "ordinary"
    assert swept(world) == ()
    assert world.is_sound()


@pytest.mark.parametrize("end", ["resolve", "cancel"])
def test_what_is_closed_before_the_sweep_is_not_raised(world: World, end: str) -> None:
    *_, third = thrice(world)
    if end == "resolve":
        world.do("resolve", third)
    else:
        changes.cancel(world.desk, number=third.number, reason="twice", actor="Chen")
    assert swept(world) == ()
    world.clock.at += 2 * MONTH
    assert sweep(world.desk).raised == ()
    assert world.is_sound()


def test_reopened_it_is_raised_once_it_has_been_unsolved_for_so_long(world: World) -> None:
    ticket = world.add("neighbour", unit="3-1201")
    world.clock.at += 28 * DAY
    world.do("resolve", ticket)
    world.clock.at += DAY
    reopening.reopen(world.desk, number=ticket.number, reason="again", actor="Chen")
    assert swept(world) == ()
    world.clock.at = ticket.received_at + MONTH
    assert sweep(world.desk).raised == ()
    assert swept(world) == (ticket.number,)
    assert world.is_sound()


def test_reopened_after_that_time_it_is_raised_by_the_next_sweep(world: World) -> None:
    ticket = world.add("neighbour", unit="3-1201")
    world.clock.at += 29 * DAY
    world.do("resolve", ticket)
    world.clock.at += 3 * DAY
    reopening.reopen(world.desk, number=ticket.number, reason="again", actor="Chen")
    since = world.clock.at
    assert swept(world) == (ticket.number,)
    assert min(row.due_at for row in world.show(ticket).escalations if row.rung == 1) >= (
        ticket.received_at
    )
    assert world.show(ticket).escalations[-1].due_at == since
    assert world.is_sound()


# -- changes ----------------------------------------------------------------------------------------------
def test_moved_into_a_category_in_which_it_is_the_third_it_is_raised(world: World) -> None:
    for _ in range(2):
        world.add("neighbour", unit="3-1201")
    other = world.add("home-repair", unit="3-1201")
    assert swept(world) == ()
    changes.change(
        world.desk, number=other.number, category="neighbour", reason="noise", actor="Chen"
    )
    assert swept(world) == (other.number,)
    assert world.is_sound()


def test_moved_out_of_the_category_before_the_sweep_it_stays_ordinary(world: World) -> None:
    *_, third = thrice(world)
    changes.change(
        world.desk, number=third.number, category="home-repair", reason="leak", actor="Chen"
    )
    assert swept(world) == ()
    assert world.show(third).grade == "ordinary"
    assert world.is_sound()


def test_a_grade_that_a_supervisor_lowered_stays_lowered_for_as_long_again(world: World) -> None:
    ticket = world.add("neighbour", unit="3-1201")
    world.clock.at += MONTH + 1
    world.sweep()
    assert world.show(ticket).grade == "major"
    changes.change(
        world.desk, number=ticket.number, grade="ordinary", reason="waiting", actor="Zhou"
    )
    assert world.show(ticket).grade_reason is None
    lowered = world.clock.at
    assert swept(world) == ()
    world.clock.at = lowered + MONTH
    assert sweep(world.desk).raised == ()
    assert swept(world) == (ticket.number,)
    assert world.is_sound()


# -- other rules ------------------------------------------------------------------------------------------
def replan(world: World) -> tuple[str, ...]:
    """What open complaints move under the rules in force."""
    with world.desk.store.write() as session:
        return replan_raising(session, world.desk, world.clock.at)


def test_other_figures_move_open_complaints_once_and_leave_those_at_hand(world: World) -> None:
    *_, third = thrice(world)
    stays = world.add("home-repair", unit="1-0803")
    world.adopt(policy(unsolved="10 days"))
    replan(world)
    assert replan(world) == ()
    assert world.rows(
        "select raise_at - received_at from ticket where number = ?", stays.number
    ) == [(10 * DAY,)]
    assert kinds(world.show(stays)).count("ticket.reviewed") == 1
    assert swept(world) == (third.number,)
    world.clock.at = stays.received_at + 10 * DAY
    assert sweep(world.desk).raised == ()
    assert swept(world) == (stays.number,)
    assert world.is_sound()


def test_without_such_rules_nothing_climbs_and_with_them_again_it_does(world: World) -> None:
    ticket = world.add("neighbour", unit="3-1201")
    without = {name: value for name, value in shipped_policy().items() if name != "repeated"}
    world.adopt(without)
    replan(world)
    world.clock.at += MONTH + 1
    assert sweep(world.desk).raised == ()
    later = world.add("neighbour", unit="1-0803")
    world.adopt(shipped_policy())
    replan(world)
    assert swept(world) == (ticket.number,)
    assert world.show(later).grade == "ordinary"
    assert world.is_sound()


def test_two_sweepers_raise_a_complaint_once(world: World) -> None:
    *_, third = thrice(world)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.harness.sweeper", str(world.home),
             str(world.clock.at + 5), "3"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for _ in range(2)
    ]  # fmt: skip
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        said = [process.communicate("go\n", timeout=60)[0] for process in running]
    finally:
        for process in running:
            process.kill()
            process.wait()
    assert [process.returncode for process in running] == [0, 0]
    assert "".join(said).count("attend 1 1") == 1
    assert kinds(world.show(third)).count("ticket.raised") == 1
    world.clock.at += 3600
    assert world.is_sound()
