"""The timeline of a shift: what a reader looks for afterwards, in order, never longer than a page or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from concierge.services.figures import Tally
from concierge.services.log_reading import TOLD
from concierge.services.moments import Moment
from concierge.services.summary import Line, NoteLine
from concierge.store.batches import batches
from concierge.store.tables import Handover, PhoneCall, Shift, Staff, Ticket

LONGEST = 200
_TABLES = SQLModel.metadata.tables
_TICKET, _CALL = (_TABLES[str(each.__tablename__)] for each in (Ticket, PhoneCall))
_WHAT = {
    "ticket.added": "received",
    "ticket.escalated": "escalated",
    "ticket.acknowledged": "acknowledged",
    TOLD: "told",
}
# What is told first when not all can be: the lower the sooner.
_WEIGHT = {"handover": 0, "note": 0, "broken": 1, "escalated": 1, "received": 2}
_LIGHT = 3
# Within one second: what comes about first. A sweep finds a promise broken and tells of it at once.
_CAUSES = (
    "received", "broken", "escalated", "told", "acknowledged", "met-late", "note", "handover", "count",
)  # fmt: skip


def timeline(
    session: Session, shift: Shift, count: Tally, notes: Sequence[NoteLine]
) -> tuple[tuple[Line, ...], int]:
    """The lines of a shift's timeline.

    Of more than ``LONGEST`` those that matter most are kept.

    Returns:
        The lines in the order of time, and how many were left out.
    """
    lines = [*_moments(session, count), *_noted(session, notes), *_handover(session, shift)]
    kept = sorted(
        lines, key=lambda line: (_WEIGHT.get(line.what, _LIGHT), -(line.rung or 0), line.at)
    )
    shown = in_order(kept[:LONGEST])
    return shown, len(lines) - len(shown)


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines in the order of time; within one second ticket by ticket, causes before what came of them."""
    return tuple(sorted(lines, key=_place))


def _place(line: Line) -> tuple[int, bool, str, int, int]:
    cause = _CAUSES.index(line.what) if line.what in _CAUSES else len(_CAUSES)
    return line.at, line.number is None, line.number or "", cause, line.rung or 0


def facts_of(session: Session, tickets: Iterable[int]) -> dict[int, Any]:
    """Number, unit, place, category and cause of tickets, by id."""
    row = _TICKET.c
    found: dict[int, Any] = {}
    for ids in batches(tickets):
        asked = sqlalchemy.select(
            row.id, row.number, row.unit, row.place, row.category, row.cause
        ).where(row.id.in_(ids))
        found |= {each.id: each for each in session.execute(asked)}
    return found


def _moments(session: Session, count: Tally) -> Iterator[Line]:
    names = dict(session.exec(select(Staff.id, Staff.name)).all())
    tickets = facts_of(session, _tickets(count))
    whom = _told(session, [each for each in count.moments if each.kind == TOLD])
    for breach in count.breaches:
        line = _line(breach.at, "broken", tickets[breach.ticket_id], breach.clock)
        yield replace(line, due_at=breach.due_at)
    for moment in count.moments:
        line = _line(
            moment.at, _WHAT.get(moment.kind, "met-late"), tickets[moment.ticket_id], moment.clock
        )
        who = _who(moment, names, whom)
        yield replace(line, rung=moment.rung, role=moment.role, who=who)


def _tickets(count: Tally) -> set[int]:
    return {each.ticket_id for each in count.moments} | {each.ticket_id for each in count.breaches}


def _line(at: int, what: str, ticket: Any, clock: str | None) -> Line:
    return Line(at, what, ticket.number, ticket.unit, ticket.place, ticket.category, clock)


def _who(moment: Moment, names: Mapping[int | None, str], whom: Mapping[int, str]) -> str | None:
    """Who was told by a rung or by phone, and of all else who did it."""
    if moment.kind == "ticket.escalated":
        return ", ".join(moment.people) or None
    if moment.kind == TOLD:
        return whom.get(moment.event_id)
    return names.get(moment.actor_id)


def _told(session: Session, moments: Sequence[Moment]) -> dict[int, str]:
    """Whom somebody rang, by the event."""
    found: dict[int, str] = {}
    for ids in batches(moment.ticket_id for moment in moments):
        asked = sqlalchemy.select(_CALL.c.event_id, _CALL.c.whom).where(_CALL.c.ticket_id.in_(ids))
        found |= {event_id: name for event_id, name in session.execute(asked)}  # noqa: C416 rows are no pairs
    return found


def _noted(session: Session, notes: Sequence[NoteLine]) -> Iterator[Line]:
    """A note that names no unit itself happened where its ticket did."""
    places = _places(session, {note.number for note in notes if note.number and not note.unit})
    for note in notes:
        unit, place = (
            (note.unit, None) if note.unit else places.get(note.number or "", (None, None))
        )
        yield Line(note.at, "note", note.number, unit, place, who=note.staff, text=note.text)


def _places(session: Session, numbers: Iterable[str]) -> dict[str, tuple[str | None, str | None]]:
    """Unit and place of tickets, by number."""
    row = _TICKET.c
    found: dict[str, tuple[str | None, str | None]] = {}
    for some in batches(numbers):
        asked = sqlalchemy.select(row.number, row.unit, row.place).where(row.number.in_(some))
        found |= {number: (unit, place) for number, unit, place in session.execute(asked)}
    return found


def _handover(session: Session, shift: Shift) -> Iterator[Line]:
    """When somebody began to take over."""
    rows = session.exec(
        select(Handover.begun_at, Staff.name)
        .join(Staff, col(Staff.id) == Handover.incoming_id)
        .where(Handover.shift_id == shift.id, Handover.state != "dropped")
    )
    return (Line(begun, "handover", who=name) for begun, name in rows)
