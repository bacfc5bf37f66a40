"""Taking people who moved out from tickets, notes and summaries, whose clocks and figures stay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import sqlalchemy
from sqlalchemy import or_
from sqlmodel import Session, col, select

from concierge.domain.household import parse_unit
from concierge.domain.refusal import Refusal
from concierge.domain.traces import Traces
from concierge.store.tables import (
    Approval,
    Clock,
    Draft,
    Escalation,
    Event,
    Household,
    PhoneCall,
    Shift,
    ShiftNote,
    Ticket,
)

_SAID = ("words", "place", "caller", "phone", "consent", "late_reason")


def tickets_of(session: Session, household: Household) -> Sequence[Ticket]:
    """Every ticket of a household or of its unit, and those about its behaviour."""
    return session.exec(
        select(Ticket).where(
            or_(
                col(Ticket.household_id) == household.id,
                col(Ticket.unit) == household.unit,
                col(Ticket.against) == household.unit,
            )
        )
    ).all()


def elsewhere(session: Session, known: AbstractSet[int | None], traces: Traces) -> list[Ticket]:
    """The other tickets that speak of the people: by phone, or by name where no household is concerned."""
    said = [getattr(Ticket, name) for name in _SAID]
    rows = session.execute(sqlalchemy.select(col(Ticket.id), col(Ticket.unit), *map(col, said)))
    found = [
        number
        for number, unit, *texts in rows
        if number not in known
        and any(traces.has_phone(text) or (unit is None and traces.in_text(text)) for text in texts)
    ]
    return [session.get_one(Ticket, number) for number in found]


def refuse_open(tickets: Iterable[Ticket]) -> None:
    """Whoever still works on a matter needs its words.

    Raises:
        Refusal: ``forget.open-tickets`` naming them.
    """
    still = sorted(ticket.number for ticket in tickets if ticket.state == "open")
    if still:
        raise Refusal("forget.open-tickets", tickets=", ".join(still))


def blank(session: Session, tickets: Sequence[Ticket], traces: Traces) -> None:
    """Take out whatever was said on tickets; places stay, unless they name somebody."""
    ids = [ticket.id for ticket in tickets]
    for ticket in tickets:
        ticket.words = ""
        ticket.place = traces.masked(ticket.place) if ticket.place else None
        ticket.caller = ticket.phone = ticket.consent = ticket.late_reason = None
        session.add(ticket)
    for clock in session.exec(select(Clock).where(col(Clock.ticket_id).in_(ids))):
        clock.agreed_with = None
        session.add(clock)
    for rung in session.exec(select(Escalation).where(col(Escalation.ticket_id).in_(ids))):
        rung.reason = None
        session.add(rung)
    for approval in session.exec(select(Approval).where(col(Approval.ticket_id).in_(ids))):
        approval.reason = ""
        session.add(approval)
    calls = (
        select(PhoneCall, Event.data)
        .join(Event, col(Event.id) == PhoneCall.event_id)
        .where(col(PhoneCall.ticket_id).in_(ids))
    )
    for call, data in session.exec(calls):
        # Staff are named in the event itself, which stays; anybody else is in its erased half.
        if "whom" not in json.loads(data):
            call.whom = ""
            session.add(call)


def mask(session: Session, tickets: Sequence[Ticket], traces: Traces) -> None:
    """Mask names and phones on tickets that others gave words to."""
    for ticket in tickets:
        for name in _SAID:
            said = getattr(ticket, name)
            if said and traces.in_text(said):
                setattr(ticket, name, traces.masked(said))
        session.add(ticket)
    ids = [ticket.id for ticket in tickets]
    for clock in session.exec(select(Clock).where(col(Clock.ticket_id).in_(ids))):
        if traces.in_text(clock.agreed_with):
            clock.agreed_with = None
            session.add(clock)
    for rung in session.exec(select(Escalation).where(col(Escalation.ticket_id).in_(ids))):
        rung.reason = traces.masked(rung.reason) if rung.reason else None
        session.add(rung)
    for call in session.exec(select(PhoneCall).where(col(PhoneCall.ticket_id).in_(ids))):
        call.whom = "" if traces.in_text(call.whom) else call.whom
        session.add(call)


def drop_drafts(session: Session, unit: str) -> None:
    """Discard what was being typed about a flat whose people are forgotten."""
    for draft in session.exec(select(Draft)):
        typed = json.loads(draft.form).get("unit") or ""
        if unit in {found.text for found in parse_unit(typed)}:
            session.delete(draft)


def mask_books(session: Session, blanked: Sequence[Ticket], traces: Traces) -> None:
    """Take the same people out of shift notes, kept summaries and drafts."""
    for note in session.exec(select(ShiftNote)):
        if traces.in_text(note.text):
            note.text = traces.masked(note.text)
            session.add(note)
    for call in session.exec(select(PhoneCall)):
        if traces.has_phone(call.whom):  # about somebody else's ticket
            call.whom = ""
            session.add(call)
    numbers = {ticket.number for ticket in blanked}
    for shift in session.exec(select(Shift).where(col(Shift.summary).is_not(None))):
        summary = _without(json.loads(shift.summary or "{}"), numbers, traces)
        text = json.dumps(summary, ensure_ascii=False)
        if text != shift.summary:
            shift.summary = text
            session.add(shift)
    for draft in session.exec(select(Draft)):
        if traces.in_text(draft.form):
            session.delete(draft)


def _without(summary: dict[str, Any], numbers: set[str], traces: Traces) -> dict[str, Any]:
    for part in ("carried", "broken", "escalated"):
        for line in summary.get(part, ()):
            for name in ("words", "place"):
                if line.get(name):
                    gone = name == "words" and line["number"] in numbers
                    line[name] = "" if gone else traces.masked(line[name])
    for line in summary.get("notes", ()):
        line["text"] = traces.masked(line["text"])
    return summary
