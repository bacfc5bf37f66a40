"""Who was reached and how, as the board and the ticket show it; and the time in which nobody watched."""

from __future__ import annotations

import pytest
import sqlalchemy
from sqlalchemy.engine import Connection, ExecutionContext

from concierge.services.board import board
from concierge.services.escalating import acknowledge
from concierge.services.phoning import told_by_phone
from concierge.services.views import Delivery
from concierge.store import board_sql
from tests.services.world import World, at


def settle(world: World, name: str, state: str, when: str) -> None:
    """Let the last notice to somebody be sent, shown on the screen only, or given up."""
    world.rows(
        "update outbox set state = ?, settled_at = ? where id = (select max(outbox.id) from outbox"
        " join staff on staff.id = staff_id where name = ?)",
        state,
        at(when),
        name,
    )


@pytest.mark.parametrize("state", ["sent", "screen", "dead"])
def test_the_alarm_and_the_ticket_say_what_became_of_a_notice(world: World, state: str) -> None:
    ticket = world.add("emergency", place="Lift 2")
    waiting = (Delivery("Zhou", "waiting", at("14:13")),)
    assert board(world.desk).alarms[0].deliveries == waiting
    assert world.show(ticket).escalations[0].deliveries == waiting
    settle(world, "Zhou", state, "14:14")
    settled = (Delivery("Zhou", state, at("14:14")),)
    assert board(world.desk).alarms[0].deliveries == settled
    assert world.show(ticket).escalations[0].deliveries == settled


def test_a_notice_held_until_morning_says_when_it_goes_out(world: World) -> None:
    ticket = world.add("emergency", place="Lift 2")
    world.rows("update outbox set not_before = ?", at("2026-11-24T07:30"))
    world.rows("update escalation set held_until = ?", at("2026-11-24T07:30"))
    (rung,) = world.show(ticket).escalations
    assert (rung.held_until, rung.deliveries) == (
        at("2026-11-24T07:30"),
        (Delivery("Zhou", "waiting", at("2026-11-24T07:30")),),
    )


def test_whom_no_notice_reached_stands_on_the_board_for_a_day_while_the_matter_is_open(
    world: World,
) -> None:
    ticket = world.add("emergency", place="Lift 2")
    settle(world, "Zhou", "dead", "14:13")
    assert board(world.desk).dead == ("Zhou",)
    world.go("2026-11-24T14:13")
    assert board(world.desk).dead == ("Zhou",)
    world.go("2026-11-24T14:14")
    assert board(world.desk).dead == ()
    world.go("14:20")
    world.do("resolve", ticket)
    assert board(world.desk).dead == ()


def test_whoever_signed_or_was_rung_needs_no_notice_any_more(world: World) -> None:
    rung, signed = (world.add("emergency", place=place) for place in ("Lift 1", "Lift 2"))
    world.rows("update outbox set state = 'dead', settled_at = ?", at("14:13"))
    assert board(world.desk).dead == ("Zhou",)
    told_by_phone(world.desk, number=rung.number, whom="Zhou", actor="Chen")
    assert board(world.desk).dead == ("Zhou",), "of the other lift they know nothing"
    acknowledge(world.desk, number=signed.number, actor="Zhou")
    assert board(world.desk).dead == ()


def test_of_a_matter_about_who_looks_not_even_the_lost_notice_shows(world: World) -> None:
    world.add("staff-conduct", about="Sun", grade="major")
    settle(world, "Zhou", "dead", "14:13")
    assert board(world.desk, viewer="Chen").dead == ("Zhou",)
    assert board(world.desk, viewer="Sun").dead == ()


def test_the_time_in_which_nobody_watched_shows_for_half_an_hour(world: World) -> None:
    world.sweep()
    assert (board(world.desk).beat, board(world.desk).gap) == (at("14:13"), None)
    world.rows("update heartbeat set gap_from = ?, gap_until = ?", at("11:00"), at("14:10"))
    assert board(world.desk).gap == (at("11:00"), at("14:10"))
    world.go("14:40")
    assert board(world.desk).gap == (at("11:00"), at("14:10"))
    world.go("14:41")
    assert board(world.desk).gap is None


@pytest.mark.parametrize("question", [board_sql.NOTICES, board_sql.CALLS])
def test_of_what_is_long_closed_no_notice_and_no_call_is_read(world: World, question: str) -> None:
    plan = [row[3] for row in world.rows(f"explain query plan {question}")]
    assert plan[0] == "SEARCH ticket USING COVERING INDEX ticket_open (state=?)"
    assert not [step for step in plan if step.startswith("SCAN")]


def test_given_up_notices_are_found_by_their_own_index(world: World) -> None:
    question = board_sql.DEAD.replace(":since", "0")
    plan = [row[3] for row in world.rows(f"explain query plan {question}")]
    assert plan[0] == "SEARCH outbox USING INDEX outbox_dead (settled_at>?)"


def test_a_ticket_with_many_rungs_takes_no_more_questions_than_one_with_few(world: World) -> None:
    asked: list[str] = []

    def count(
        _c: Connection, _cursor: object, sql: str, _p: object, _x: ExecutionContext, _many: bool
    ) -> None:
        asked.append(sql)

    ticket = world.add("neighbour")
    world.go("14:29")
    world.sweep()
    with world.desk.store.read() as session:
        sqlalchemy.event.listen(session.get_bind().engine, "before_cursor_execute", count)
    world.show(ticket)
    few, asked[:] = len(asked), []
    for when in ("15:10", "17:00", "2026-11-24T10:00", "2026-11-25T10:00"):
        world.go(when)
        world.sweep()
    asked.clear()
    assert len(world.show(ticket).escalations) >= 6
    assert len(asked) == few
