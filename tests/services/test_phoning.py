"""Told by phone: kept with whom, when and who rang; it signs for nothing and meets nothing."""

from __future__ import annotations

import json

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.board import board
from concierge.services.calls_proof import check_calls
from concierge.services.phoning import told_by_phone
from concierge.services.views import PhoneCallView, TicketView
from tests.services.world import World, at, clock_of, kinds


def ring(world: World, ticket: TicketView, whom: str, **more: object) -> TicketView:
    return told_by_phone(world.desk, number=ticket.number, whom=whom, actor="Chen", **more)  # type: ignore[arg-type]


def proof(world: World) -> list[str]:
    with world.desk.store.read() as session:
        return [problem.detail for problem in check_calls(session)]


def test_who_was_rung_when_and_by_whom_is_on_record_and_on_the_alarm(world: World) -> None:
    ticket = world.add("emergency", place="Lift 2")
    world.go("14:20")
    seen = ring(world, ticket, "Zhou", at=at("14:18"))
    assert seen.calls == (PhoneCallView("Zhou", at("14:18"), "Chen"),)
    assert kinds(seen)[-1] == "ticket.phoned"
    assert seen.events[-1].data["whom"] == "Zhou"
    assert board(world.desk).alarms[0].calls == seen.calls


def test_a_call_acknowledges_nothing_and_meets_nothing(world: World) -> None:
    ticket = world.add("emergency", place="Lift 2")
    seen = ring(world, ticket, "Zhou")
    assert [each.acknowledged_at for each in seen.escalations] == [None]
    assert clock_of(seen, "attend").open
    assert clock_of(seen, "attend").next_at == clock_of(ticket, "attend").next_at


def test_a_name_typed_freely_is_cleaned_and_lies_in_the_half_that_can_be_erased(
    world: World,
) -> None:
    ticket = world.add("neighbour")
    seen = ring(world, ticket, " Lift firm,\x1b[31m Mr Wu ")
    (call,) = seen.calls
    assert call.whom.startswith("Lift firm,")
    assert "\x1b" not in call.whom
    (data, payload) = world.rows(
        "select data, payload from event join event_personal on event_id = id"
        " where kind = 'ticket.phoned'"
    )[0]
    assert "Wu" not in data
    assert json.loads(payload) == {"whom": call.whom}
    world.rows("delete from event_personal where payload like '%Wu%'")
    assert proof(world) == []


@pytest.mark.parametrize(
    ("whom", "when", "code"),
    [
        (" \t", None, "whom.missing"),
        ("Zhou", "14:14", "time.future"),
        ("Zhou", "14:12", "time.before-received"),
        ("Sun", None, "about.told"),
    ],
)
def test_what_cannot_have_been_is_refused(
    world: World, whom: str, when: str | None, code: str
) -> None:
    ticket = world.add("staff-conduct", about="Sun")
    with pytest.raises(Refusal) as refused:
        ring(world, ticket, whom, at=at(when) if when else None)
    assert refused.value.code == code
    assert world.show(ticket).calls == ()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("update phone_call set whom = 'Gao'", "call 1: the row differs from the log"),
        ("update phone_call set at = at - 60", "call 1: the row differs from the log"),
        ("delete from phone_call", "the row of a call is gone"),
        ("update phone_call set event_id = 1", "call 1: not in the log"),
    ],
)
def test_a_call_that_was_altered_is_found(world: World, sql: str, said: str) -> None:
    ring(world, world.add("neighbour"), "Zhou")
    assert proof(world) == []
    world.rows(sql)
    assert said in proof(world)
