"""Summing a shift up from the log: its figures are what was recorded since the shift before ended."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy
from sqlalchemy import Row
from sqlmodel import Session, col, select

from concierge.domain.policy import CLOCKS
from concierge.services.board import open_rows
from concierge.services.desk import Desk
from concierge.services.summary import (
    Broken,
    Carried,
    Escalated,
    Kept,
    NoteLine,
    Received,
    ShiftSummary,
)
from concierge.store.tables import (
    ChainHead,
    Clock,
    Escalation,
    Event,
    Property,
    Shift,
    ShiftNote,
    Staff,
    Ticket,
)

_MEETING = ("ticket.attended", "ticket.answered", "ticket.resolved", "ticket.confirmed")


@dataclass(slots=True)
class _Count:
    """What is counted while the log is read once."""

    received: Counter[tuple[str, str]] = field(default_factory=Counter)
    on_the_spot: Counter[tuple[str, str]] = field(default_factory=Counter)
    late: int = 0
    met: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str, int]] = field(default_factory=list)
    ended: Counter[str] = field(default_factory=Counter)


def sum_up(session: Session, desk: Desk, shift: Shift, *, until: int) -> ShiftSummary:
    """The summary of a shift as the store has it now.

    Args:
        session: A session on one state of the store.
        desk: For the property's zone and categories.
        shift: The shift; one that is still open is summed up to its last event so far.
        until: The shift's end, or now.
    """
    head = session.get_one(ChainHead, 1)
    last = shift.last_event if shift.last_event is not None else head.events
    count = _Count()
    for row in _log(session, shift, last):
        _tally(count, row.ticket_id, row.kind, json.loads(row.data))
    seen = {(ticket_id, clock) for ticket_id, clock, _ in count.broken}
    count.broken += [row for row in _unrecorded(session, shift, until) if row[:2] not in seen]
    home = session.get_one(Property, 1)
    assert shift.id is not None
    return ShiftSummary(
        property_name=home.name,
        rehearsal=home.rehearsal,
        desk=shift.desk,
        shift=shift.id,
        state="open" if shift.ended_at is None else "closed",
        staff=session.get_one(Staff, shift.staff_id).name,
        started_at=shift.started_at,
        ended_at=shift.ended_at,
        until=until,
        zone=desk.rules.calendar.zone.key,
        events=last,
        head=_hash_of(session, last, head),
        received=_received(count),
        logged_late=count.late,
        kept=_kept(count),
        broken=tuple(_broken(session, count.broken)),
        warnings=_warnings(session, shift, last),
        escalated=tuple(_escalated(session, shift, last)),
        closed=count.ended["closed"],
        cancelled=count.ended["cancelled"],
        carried=tuple(_carried(session, shift, until)),
        notes=tuple(_notes(session, shift)),
        categories={
            code: dict(category.names) for code, category in desk.rules.policy.categories.items()
        },
    )


def _log(session: Session, shift: Shift, last: int) -> Iterable[Row[Any]]:
    return session.execute(
        sqlalchemy.select(col(Event.ticket_id), col(Event.kind), col(Event.data))
        .join(Ticket, col(Ticket.id) == Event.ticket_id)
        .where(
            col(Event.id) > shift.first_event,
            col(Event.id) <= last,
            col(Ticket.desk) == shift.desk,
        )
        .order_by(col(Event.id))
    )


def _tally(count: _Count, ticket_id: int, kind: str, data: Mapping[str, Any]) -> None:
    if kind == "clock.breached":
        count.broken.append((ticket_id, data["clock"], data["due_at"]))
        return
    if kind == "ticket.added":
        ticket = data["ticket"]
        key = (ticket["kind"], ticket["category"])
        count.received[key] += 1
        count.on_the_spot[key] += bool(data["on_the_spot"] and ticket["state"] == "closed")
        count.late += bool(ticket["logged_late"])
        met = [name for name, clock in data["clocks"].items() if clock["met_at"] is not None]
    else:
        met = data["met"] if kind in _MEETING else []
    count.met.update(name for name in met if _is_kept(data["clocks"][name]))
    if kind == "ticket.cancelled":
        count.ended["cancelled"] += 1
    elif kind in {"ticket.added", *_MEETING[:3]} and data["ticket"]["state"] == "closed":
        count.ended["closed"] += 1


def _is_kept(clock: Mapping[str, Any]) -> bool:
    return clock["met_at"] <= clock["due_at"] and not clock["awaits_confirmation"]


def _unrecorded(session: Session, shift: Shift, until: int) -> list[tuple[int, str, int]]:
    """Promises of a running shift that are broken by now though no sweep has seen it yet."""
    if shift.ended_at is not None:
        return []
    rows = session.exec(
        select(Clock)
        .join(Ticket, col(Ticket.id) == Clock.ticket_id)
        .where(col(Clock.next_at) < until, Clock.due_at < until, Ticket.desk == shift.desk)
        .order_by(col(Clock.due_at))
    )
    return [(r.ticket_id, r.kind, r.due_at) for r in rows if r.breach_generation != r.generation]


def _received(count: _Count) -> tuple[Received, ...]:
    return tuple(
        Received(kind, category, number, count.on_the_spot[kind, category])
        for (kind, category), number in sorted(count.received.items())
    )


def _kept(count: _Count) -> tuple[Kept, ...]:
    broken = Counter(clock for _, clock, _ in count.broken)
    return tuple(
        Kept(clock, count.met[clock], broken[clock])
        for clock in CLOCKS
        if count.met[clock] or broken[clock]
    )


def _broken(session: Session, rows: Iterable[tuple[int, str, int]]) -> Iterable[Broken]:
    for ticket_id, kind, due_at in rows:
        ticket = session.get_one(Ticket, ticket_id)
        clock = session.exec(
            select(Clock).where(Clock.ticket_id == ticket_id, Clock.kind == kind)
        ).one()
        yield Broken(
            number=ticket.number,
            unit=ticket.unit,
            place=ticket.place,
            category=ticket.category,
            clock=kind,
            due_at=due_at,
            met_at=clock.met_at,
            cause=ticket.cause,
        )


def _fired(session: Session, shift: Shift, last: int) -> Iterable[tuple[Escalation, Ticket, str]]:
    return session.exec(
        select(Escalation, Ticket, Clock.kind)
        # Through the shift's own events: the rungs of all shifts before are not read.
        .select_from(Event)
        .join(
            Escalation,
            (col(Escalation.ticket_id) == Event.ticket_id) & (col(Escalation.event_id) == Event.id),
        )
        .join(Ticket, col(Ticket.id) == Escalation.ticket_id)
        .join(Clock, col(Clock.id) == Escalation.subject_id)
        .where(
            col(Event.id) > shift.first_event,
            col(Event.id) <= last,
            Ticket.desk == shift.desk,
        )
        .order_by(col(Escalation.id))
    )


def _warnings(session: Session, shift: Shift, last: int) -> int:
    return sum(row.rung == 0 for row, _, _ in _fired(session, shift, last))


def _escalated(session: Session, shift: Shift, last: int) -> Iterable[Escalated]:
    names = dict(session.exec(select(Staff.id, Staff.name)).all())
    for row, ticket, clock in _fired(session, shift, last):
        if row.rung == 0:
            continue
        yield Escalated(
            number=ticket.number,
            unit=ticket.unit,
            place=ticket.place,
            category=ticket.category,
            clock=clock,
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


def _notes(session: Session, shift: Shift) -> Iterable[NoteLine]:
    rows = session.exec(
        select(ShiftNote, Staff.name)
        .join(Staff, col(Staff.id) == ShiftNote.staff_id)
        .where(ShiftNote.shift_id == shift.id)
        .order_by(col(ShiftNote.id))
    )
    return (NoteLine(note.at, name, note.text) for note, name in rows)


def _hash_of(session: Session, event_id: int, head: ChainHead) -> str:
    row = session.get(Event, event_id)
    return row.hash if row else head.hash
