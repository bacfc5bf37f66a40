"""Summing a shift up from the log: its figures are what was recorded since the shift before ended."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from concierge.domain.escalation import WARNING
from concierge.domain.policy import CLOCKS
from concierge.services.board import open_rows
from concierge.services.desk import Desk
from concierge.services.figures import QUARTER, Breach, Tally, hour_of
from concierge.services.handover_parts import handed_notes
from concierge.services.summary import (
    Broken,
    Carried,
    Escalated,
    Hour,
    Kept,
    NoteLine,
    Received,
    RungCount,
    ShiftSummary,
)
from concierge.services.sums import hour_from
from concierge.services.tally import tally, unseen
from concierge.services.timeline import facts_of, timeline
from concierge.services.withholding import withheld
from concierge.store.batches import batches
from concierge.store.tables import (
    ChainHead,
    Clock,
    Escalation,
    Event,
    Property,
    Shift,
    Staff,
    Ticket,
)

_TABLES = SQLModel.metadata.tables
_RUNG, _TICKET, _CLOCK = (_TABLES[str(each.__tablename__)] for each in (Escalation, Ticket, Clock))
_ESCALATED = "ticket.escalated"
# An hour of nothing is shown as well, unless the clock leapt so far that they would fill the page.
_LONGEST_HOURS = 48


def sum_up(session: Session, desk: Desk, shift: Shift, *, until: int) -> ShiftSummary:
    """The summary of a shift as the store has it now.

    What only its signing knows (counts, signatures, who took over) is left as it is by default.

    Args:
        session: A session on one state of the store.
        desk: For the property's zone and categories.
        shift: The shift; one that is still open is summed up to its last event so far.
        until: The shift's end, or now.
    """
    head = session.get_one(ChainHead, 1)
    last = shift.last_event if shift.last_event is not None else head.events
    late = unseen(session, (shift.desk,), until) if shift.ended_at is None else []
    zone = desk.rules.calendar.zone
    cuts = {shift.desk: (shift.first_event, last)}
    count = tally(session, cuts, zone, unseen=late, now=until, telling=True)
    totals = count.totals()
    notes = tuple(
        NoteLine(note.at, note.staff, note.text, note.flag, note.unit, note.number)
        for note in handed_notes(session, shift)
    )
    lines, left_out = timeline(session, shift, count, notes)
    summary = ShiftSummary(
        **_heading(session, desk, shift),
        until=until,
        events=last,
        head=_hash_of(session, last, head),
        received=received_of(count),
        logged_late=totals.logged_late,
        kept=kept_of(count),
        broken=tuple(_broken(session, count.breaches)),
        warnings=count.warnings,
        escalated=tuple(_escalated(session, count)),
        closed=totals.closed,
        cancelled=totals.cancelled,
        carried=tuple(_carried(session, shift, until)),
        notes=notes,
        rungs=rungs_of(count),
        hours=_hours(count, shift.started_at, until, zone),
        timeline=lines,
        left_out=left_out,
    )
    return withheld(session, summary)


def _heading(session: Session, desk: Desk, shift: Shift) -> dict[str, Any]:
    """Whose shift it is, when and where: all that is not counted."""
    home = session.get_one(Property, 1)
    return {
        "property_name": home.name,
        "rehearsal": home.rehearsal,
        "desk": shift.desk,
        "shift": shift.id,
        "state": "open" if shift.ended_at is None else "closed",
        "staff": session.get_one(Staff, shift.staff_id).name,
        "started_at": shift.started_at,
        "ended_at": shift.ended_at,
        "zone": desk.rules.calendar.zone.key,
        "categories": {
            code: dict(category.names) for code, category in desk.rules.policy.categories.items()
        },
        "planned_from": shift.planned_from,
        "planned_until": shift.planned_until,
        "taken_from": _taken_from(session, shift),
        "ended_how": shift.ended_how,
        "end_reason": shift.end_reason,
    }


def received_of(count: Tally) -> tuple[Received, ...]:
    """What came in by kind and category."""
    return tuple(
        Received(kind, category, number, count.on_the_spot[kind, category])
        for (kind, category), number in sorted(count.received.items())
    )


def kept_of(count: Tally) -> tuple[Kept, ...]:
    """What was met in time and broken by clock; the median of an even number is the earlier second."""
    return tuple(
        Kept(clock, len(margins), count.broken[clock], int(median(margins)) if margins else None)
        for clock in CLOCKS
        if (margins := count.margins.get(clock, [])) or count.broken[clock]
    )


def rungs_of(count: Tally) -> tuple[RungCount, ...]:
    """The rungs above the warning: how often each fired, was acknowledged, and how soon."""
    numbers = sorted({*count.fired, *count.answered} - {WARNING})
    return tuple(
        RungCount(rung, count.fired[rung], len(took), int(median(took)) if took else None)
        for rung in numbers
        for took in [count.answered.get(rung, [])]
    )


def _hours(count: Tally, started_at: int, until: int, zone: ZoneInfo) -> tuple[Hour, ...]:
    """The hours of the shift and any other in which something was counted, in order."""
    found = count.by_start()
    if until - started_at <= _LONGEST_HOURS * 3600:
        for quarter in range(started_at // QUARTER, until // QUARTER + 1):
            found[hour_of(quarter, zone)]  # makes a row of nothing
    return tuple(hour_from(start, row) for start, row in sorted(found.items()))


def _broken(session: Session, breaches: Sequence[Breach]) -> Iterable[Broken]:
    """The broken promises in the order in which they were found, with what became of them by now."""
    ids = {breach.ticket_id for breach in breaches}
    tickets = facts_of(session, ids)
    met: dict[tuple[int, str], int | None] = {}
    for some in batches(ids):
        asked = sqlalchemy.select(_CLOCK.c.ticket_id, _CLOCK.c.kind, _CLOCK.c.met_at).where(
            _CLOCK.c.ticket_id.in_(some)
        )
        met |= {(row.ticket_id, row.kind): row.met_at for row in session.execute(asked)}
    for breach in breaches:
        ticket = tickets[breach.ticket_id]
        yield Broken(
            number=ticket.number,
            unit=ticket.unit,
            place=ticket.place,
            category=ticket.category,
            clock=breach.clock,
            due_at=breach.due_at,
            met_at=met[breach.ticket_id, breach.clock],
            cause=ticket.cause,
        )


def _fired(session: Session, count: Tally) -> list[Any]:
    """The rungs above the warning that fired in the shift, with the ticket and the clock."""
    rung, ticket = _RUNG.c, _TICKET.c
    fired = {each.event_id: each.ticket_id for each in count.moments if each.kind == _ESCALATED}
    found: list[Any] = []
    for ids in batches(fired.values()):
        asked = (
            sqlalchemy.select(
                ticket.number, ticket.unit, ticket.place, ticket.category, _CLOCK.c.kind, rung.id,
                rung.rung, rung.role, rung.people, rung.due_at, rung.fired_at, rung.by_hand,
                rung.acknowledged_at, rung.acknowledged_by, rung.event_id,
            )
            .join(_TICKET, ticket.id == rung.ticket_id)
            .join(_CLOCK, _CLOCK.c.id == rung.subject_id)
            .where(rung.ticket_id.in_(ids), rung.subject == "clock")
        )  # fmt: skip
        found += [row for row in session.execute(asked) if row.event_id in fired]
    return sorted(found, key=lambda row: int(row.id))


def _escalated(session: Session, count: Tally) -> Iterable[Escalated]:
    names = dict(session.exec(select(Staff.id, Staff.name)).all())
    for row in _fired(session, count):
        yield Escalated(
            number=row.number,
            unit=row.unit,
            place=row.place,
            category=row.category,
            clock=row.kind,
            rung=row.rung,
            to=row.role,
            people=tuple(name for _, name in json.loads(row.people)),
            due_at=row.due_at,
            fired_at=row.fired_at,
            by_hand=row.by_hand,
            acknowledged_at=row.acknowledged_at,
            acknowledged_by=names.get(row.acknowledged_by) if row.acknowledged_by else None,
        )


def _carried(session: Session, shift: Shift, until: int) -> Iterable[Carried]:
    for row in open_rows(session, desk=shift.desk):
        yield Carried(
            number=row.number,
            kind=row.kind,
            category=row.category,
            grade=row.grade,
            unit=row.unit,
            place=row.place,
            words=row.words,
            step=row.step,
            due_at=row.due_at,
            to_be_agreed=row.to_be_agreed,
            overdue=row.due_at < until,
            assignee=row.assignee,
        )


def _taken_from(session: Session, shift: Shift) -> str | None:
    """Who had the shift that this one took over."""
    if shift.takes_over is None:
        return None
    return session.exec(
        select(Staff.name)
        .join(Shift, col(Shift.staff_id) == Staff.id)
        .where(Shift.id == shift.takes_over)
    ).first()


def _hash_of(session: Session, event_id: int, head: ChainHead) -> str:
    row = session.get(Event, event_id)
    return row.hash if row else head.hash
