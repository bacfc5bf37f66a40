"""Taking people who moved out from tickets, notes and summaries, whose clocks and figures stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from concierge.domain.household import parse_unit
from concierge.domain.refusal import Refusal
from concierge.domain.traces import Traces
from concierge.services.forgetting_search import CALLS, NOTES, SAID, TICKETS, Sighted, is_told
from concierge.services.forgetting_shifts import mask_handovers, mask_sealed
from concierge.store.batches import batches
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


def elsewhere(session: Session, known: AbstractSet[int | None], seen: Sighted) -> list[Ticket]:
    """The other tickets that tell them, see ``is_told``."""
    found: list[Ticket] = []
    for some in batches(seen.rows[TICKETS] - known):
        rows = session.exec(select(Ticket).where(col(Ticket.id).in_(some)))
        found += [ticket for ticket in rows if is_told(ticket, seen.traces)]
    return found


def in_the_way(
    theirs: Iterable[Ticket], others: Iterable[Ticket], traces: Traces
) -> tuple[str, ...]:
    """Open tickets of theirs, and others with their phone: whoever works on these needs the words."""
    on_phone = (ticket for ticket in others if traces.has_phone(ticket.phone))
    return tuple(sorted(each.number for each in (*theirs, *on_phone) if each.state == "open"))


def refuse_open(still: Sequence[str]) -> None:
    """Refuse while open tickets stand in the way.

    Raises:
        Refusal: ``forget.open-tickets`` naming them.
    """
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
        for name in SAID:
            said = getattr(ticket, name)
            if said and traces.in_text(said):
                setattr(ticket, name, traces.masked(said))
        session.add(ticket)
    mask_beside(session, {ticket.id for ticket in tickets}, traces)


def mask_beside(session: Session, tickets: AbstractSet[int | None], traces: Traces) -> None:
    """Mask names and phones in what was said beside tickets: to whom a time was promised, and every reason."""
    for some in batches(number for number in tickets if number is not None):
        for clock in session.exec(select(Clock).where(col(Clock.ticket_id).in_(some))):
            if traces.in_text(clock.agreed_with):
                clock.agreed_with = None
                session.add(clock)
        for rung in session.exec(select(Escalation).where(col(Escalation.ticket_id).in_(some))):
            rung.reason = traces.masked(rung.reason) if rung.reason else None
            session.add(rung)
        for approval in session.exec(select(Approval).where(col(Approval.ticket_id).in_(some))):
            approval.reason = traces.masked(approval.reason)
            session.add(approval)
        for call in session.exec(select(PhoneCall).where(col(PhoneCall.ticket_id).in_(some))):
            call.whom = "" if traces.in_text(call.whom) else call.whom
            session.add(call)


def drop_drafts(session: Session, unit: str) -> None:
    """Discard what was being typed about a flat whose people are forgotten."""
    for draft in session.exec(select(Draft)):
        typed = json.loads(draft.form).get("unit") or ""
        if unit in {found.text for found in parse_unit(typed)}:
            session.delete(draft)


def mask_books(
    session: Session,
    blanked: Sequence[Ticket],
    seen: Sighted,
    *,
    close: tuple[Sequence[Ticket], Traces],
    notes: AbstractSet[str] = frozenset(),
) -> list[int]:
    """Take the same people out of shift notes, kept summaries and drafts.

    Args:
        session: The session of the change.
        blanked: Their tickets, of whose words nothing stays.
        seen: Where they are spoken of.
        close: The other tickets about the flat, and those somebody looked at; by what people are known there.
        notes: Texts of notes that somebody looked at, as they were.

    Returns:
        The ids of the texts beside signed summaries that it changed.
    """
    traces = seen.traces
    for some in batches(seen.rows[NOTES]):
        for note in session.exec(select(ShiftNote).where(col(ShiftNote.id).in_(some))):
            note.text = traces.masked(note.text)
            note.unit = traces.masked(note.unit) if note.unit else None
            session.add(note)
    for some in batches(seen.rows[CALLS]):
        for call in session.exec(select(PhoneCall).where(col(PhoneCall.id).in_(some))):
            if traces.tells(call.whom):  # about somebody else's ticket
                call.whom = ""
                session.add(call)
    for draft in session.exec(select(Draft)):
        if traces.in_text(draft.form):
            session.delete(draft)
    near = {ticket.number: close[1] for ticket in close[0]}
    numbers = {ticket.number for ticket in blanked}
    mask_handovers(session, traces)
    _mask_summaries(session, numbers, traces, near)
    return mask_sealed(session, numbers, traces, near, dict.fromkeys(notes, close[1]))


def _mask_summaries(
    session: Session, numbers: AbstractSet[str], traces: Traces, near: Mapping[str, Traces]
) -> None:
    """Take them out of summaries from before these were signed, whose texts stand in them."""
    told = re.compile("|".join(map(re.escape, sorted({*numbers, *near}))) or "(?!)")
    old = select(Shift).where(col(Shift.summary).is_not(None), col(Shift.summary_hash).is_(None))
    for shift in session.exec(old):
        kept = shift.summary or "{}"
        if told.search(kept) or traces.in_text(kept):
            summary = _without(json.loads(kept), numbers, traces, near)
            shift.summary = json.dumps(summary, ensure_ascii=False)
            session.add(shift)


def _without(
    summary: dict[str, Any],
    numbers: AbstractSet[str],
    traces: Traces,
    near: Mapping[str, Traces],
) -> dict[str, Any]:
    for part in ("carried", "broken", "escalated"):
        for line in summary.get(part, ()):
            for name in ("words", "place"):
                if line.get(name):
                    gone = name == "words" and line["number"] in numbers
                    masked = near.get(line["number"], traces).masked(line[name])
                    line[name] = "" if gone else masked
    for line in summary.get("notes", ()):
        line["text"] = traces.masked(line["text"])
    return summary
