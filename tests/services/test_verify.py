"""Verify: whatever is altered behind the program's back is found, and nothing makes it fall over."""

from __future__ import annotations

from typing import Any

import pytest

from concierge.services.clocks import stop
from concierge.services.escalating import acknowledge
from concierge.services.handling import handling
from concierge.services.verify import verify
from tests.services.world import World, at

FORGED = (
    "insert into escalation select 99, subject, subject_id, ticket_id, generation, 9, role,"
    " people, due_at, fired_at, by_hand, reason, null, null, 1, null from escalation limit 1"
)


def test_an_open_matter_on_which_nothing_runs_is_found_though_row_and_log_agree(
    world: World,
) -> None:
    ticket = world.add("neighbour")
    with handling(world.desk, ticket.number, "Chen") as act:
        for clock in act.running():
            stop(clock, act.now)
        act.log("ticket.noted", {}, {"text": "a fault of the program"})
    assert [problem.kind for problem in verify(world.desk).problems] == ["ticket"]


@pytest.fixture
def busy(world: World) -> World:
    """A property with open, late, closed, cancelled and major matters."""
    world.add("emergency", place="Lift 2", caller="Wang", phone="13900001111")
    world.add("neighbour", unit="3-1201")
    world.add("fees", answered="two yuan")
    world.do("resolve", world.add("home-repair", agreed_at=at("17:00"), agreed_with="Wang"))
    world.go("14:40")
    world.sweep()
    acknowledge(world.desk, number="1", actor="Zhou", rung=1)
    assert world.is_sound()
    return world


def found(world: World) -> set[str]:
    """The kinds of the problems."""
    report = verify(world.desk)
    assert report.ok == (not report.problems)
    return {problem.kind for problem in report.problems}


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("update ticket set words = 'nothing happened' where id = 2", "ticket"),
        ("update ticket set caller = null where id = 1", "ticket"),
        ("update ticket set received_at = received_at + 60 where id = 2", "ticket"),
        ("update ticket set state = 'closed' where id = 2", "ticket"),
        ("update ticket set first_owner_id = 2 where id = 2", "ticket"),
        ("delete from clock where ticket_id = 2", "clock"),
        ("update policy_version set text = replace(text, '15 minutes', '99 minutes')", "rules"),
        ("update policy_version set hash = 'x', text = '{'", "rules"),
        ("update calendar_version set text = replace(text, '2026-10-01', '2026-10-02')", "rules"),
        ("update clock set due_at = due_at + 3600 where id = 1", "due"),
        ("update clock set due_at = due_at + 3600 where id = 1", "clock"),
        ("update clock set breach_generation = null where breach_generation = 1", "clock"),
        ("update clock set met_at = 1 where id = 1", "clock"),
        ("update clock set next_at = null where id = 1", "next"),
        ("update clock set next_at = next_at + 1 where next_at is not null", "next"),
        ("update clock set ladder = 'none' where id = 1", "due"),
        ("update clock set \"limit\" = 'soon' where id = 1", "due"),
        ("update clock set calendar_version = 99 where id = 1", "due"),
        ("update clock set policy_version = 99 where id = 1", "due"),
        ("update clock set counted_from = 99999999999999 where id = 1", "due"),
        ("delete from escalation where rung = 1", "escalation"),
        ("update escalation set people = '[]' where rung = 1", "escalation"),
        ("update escalation set people = 'x' where rung = 1", "escalation"),
        ("update escalation set people = '[[1]]' where rung = 1", "escalation"),
        ("update escalation set fired_at = fired_at - 60 where rung = 1", "escalation"),
        ("update escalation set role = 'manager' where rung = 1", "escalation"),
        ("update escalation set acknowledged_at = 5 where rung = 0", "escalation"),
        ("update escalation set acknowledged_at = null", "escalation"),
        (FORGED, "escalation"),
    ],
)  # fmt: skip
def test_a_row_that_was_altered_is_found(busy: World, sql: str, kind: str) -> None:
    busy.rows(sql)
    assert kind in found(busy)


def test_a_ticket_that_was_taken_away_is_found(busy: World) -> None:
    for table in ("escalation", "clock"):
        busy.rows(f"delete from {table} where ticket_id = 2")
    busy.rows("delete from ticket where id = 2")
    assert {"ticket", "clock", "escalation"} <= found(busy)


@pytest.mark.parametrize(
    "data", ["{}", "[]", "5", "null", '{"ticket":5}', '{"clocks":[]}', "{", '{"clocks":{"x":7}}']
)
def test_an_event_that_was_altered_is_found_whatever_it_says_now(busy: World, data: str) -> None:
    busy.rows("drop trigger if exists event_no_update")
    names = [row[0] for row in busy.rows("select name from sqlite_master where type = 'trigger'")]
    for name in names:
        busy.rows(f"drop trigger {name}")
    busy.rows("update event set data = ? where kind = 'ticket.added'", data)
    busy.rows("update event set data = ? where kind = 'ticket.escalated'", data)
    busy.rows("update event set data = ? where kind = 'ticket.acknowledged'", data)
    assert found(busy)


def test_a_person_may_be_forgotten_without_a_problem(busy: World) -> None:
    names = [row[0] for row in busy.rows("select name from sqlite_master where type = 'trigger'")]
    for name in names:
        busy.rows(f"drop trigger {name}")
    busy.rows("delete from event_personal")
    assert found(busy) == set()


def test_every_column_of_every_row_is_read_without_falling_over(busy: World) -> None:
    odd: tuple[Any, ...] = (None, -1, 2**62, "", "x", "[]", "{}")
    for table in ("ticket", "clock", "escalation"):
        columns = [row[1] for row in busy.rows(f"pragma table_info({table})")]
        for column in columns[1:]:
            was = busy.rows(f'select id, "{column}" from {table}')
            for value in odd:
                busy.rows(f'update or ignore {table} set "{column}" = ? where id = 1', value)
                assert isinstance(verify(busy.desk).ok, bool)
            for row_id, old in was:
                busy.rows(f'update {table} set "{column}" = ? where id = ?', old, row_id)
    assert busy.is_sound()
