"""A ticket for programs: its keys and their order are a contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concierge.cli.call import Call
from concierge.language.events import event_sentence
from concierge.language.promise import promise_sentence
from concierge.language.translator import LANGUAGES, language
from concierge.services.views import ClockView, EscalationView, EventView, TicketView

Names = Mapping[str, str]
"""The names of categories by code, in the reader's language."""


def ticket_json(call: Call, view: TicketView, *, names: Names, events: bool) -> dict[str, Any]:
    """A ticket; times carry the property's offset, ``events`` only where one ticket is shown."""
    said: dict[str, Any] = {
        "number": view.number,
        "kind": view.kind,
        "category": view.category,
        "grade": view.grade,
        "unit": view.unit,
        "place": view.place,
        "words": view.words,
        "state": view.state,
        "received_at": call.iso(view.received_at),
        "logged_at": call.iso(view.logged_at),
        "logged_late": view.logged_late,
        "first_owner": view.first_owner,
        "assignee": view.assignee,
        "promise": _promise(call, view),
        # A clock that a change of category stopped does not run, and was not met either.
        "clocks": [
            _clock(call, clock)
            for clock in view.clocks
            if view.state != "open" or clock.stopped_at is None
        ],
        "escalations": [_escalation(call, row) for row in view.escalations],
    }
    if events:
        said["events"] = [_event(call, event, names) for event in view.events]
    return said


def _promise(call: Call, view: TicketView) -> dict[str, str]:
    assert call.zone is not None
    assert call.now is not None
    return {
        code: promise_sentence(language(code), view.kind, view.clocks, call.zone, call.now)
        for code in LANGUAGES
    }


def _clock(call: Call, clock: ClockView) -> dict[str, Any]:
    return {
        "kind": clock.kind,
        "generation": clock.generation,
        "counted_from": call.iso(clock.counted_from),
        "due_at": call.iso(clock.due_at),
        "agreed_at": call.iso(clock.agreed_at),
        "cap_at": call.iso(clock.cap_at),
        "to_be_agreed": clock.to_be_agreed,
        "warn_at": call.iso(clock.warn_at),
        "met_at": call.iso(clock.met_at),
        "met_late": clock.met_late,
        "breached": clock.breached,
        "provisional": clock.provisional,
        "clause": clock.clause,
    }


def _escalation(call: Call, row: EscalationView) -> dict[str, Any]:
    return {
        "clock": row.clock,
        "generation": row.generation,
        "rung": row.rung,
        "to": row.to,
        "people": list(row.people),
        "due_at": call.iso(row.due_at),
        "fired_at": call.iso(row.fired_at),
        "late_seconds": row.late_seconds,
        "by_hand": row.by_hand,
        "acknowledged_at": call.iso(row.acknowledged_at),
    }


def _event(call: Call, event: EventView, names: Names) -> dict[str, Any]:
    assert call.zone is not None
    assert call.now is not None
    return {
        "at": call.iso(event.at),
        "actor": event.actor,
        "kind": event.kind,
        "text": event_sentence(call.t, event, zone=call.zone, now=call.now, names=names),
    }
