"""The board: every open ticket with what is due next on it, read in one go."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy
from sqlalchemy import Row
from sqlmodel import Session, col, func, select

from concierge.services.desk import Desk
from concierge.services.shift_view import open_shift, shift_view
from concierge.services.sweep import is_held, last_beat
from concierge.services.views import Alarm, Board, BoardRow
from concierge.store.tables import (
    ChainHead,
    Clock,
    Draft,
    Escalation,
    Member,
    Property,
    Staff,
    Ticket,
)

# Built once: column selects, not records, because the board is read at every change.
_GREETED = (
    select(Member.name)
    .where(Member.household_id == Ticket.household_id)
    .order_by(col(Member.position), col(Member.id))
    .limit(1)
    .scalar_subquery()
)
_ROWS = (
    sqlalchemy.select(
        col(Ticket.id),
        col(Ticket.number),
        col(Ticket.kind),
        col(Ticket.category),
        col(Ticket.grade),
        col(Ticket.unit),
        col(Ticket.place),
        _GREETED.label("household"),
        col(Ticket.words),
        col(Staff.name).label("assignee"),
        col(Ticket.assignee_id),
        col(Ticket.about_staff_id),
        col(Clock.kind).label("step"),
        col(Clock.due_at),
        col(Clock.warn_at),
        col(Clock.by_agreement),
        col(Clock.agreed_at),
        col(Clock.at_once),
        col(Clock.provisional),
    )
    .select_from(Clock)
    .join(Ticket, col(Ticket.id) == Clock.ticket_id)
    .join(Staff, col(Staff.id) == Ticket.assignee_id, isouter=True)
    .where(col(Clock.next_at).is_not(None))
    .order_by(col(Clock.due_at), col(Clock.id))
)
_WAITING = (
    select(Escalation, Ticket, Clock.kind)
    .join(Ticket, col(Ticket.id) == Escalation.ticket_id)
    .join(Clock, col(Clock.id) == Escalation.subject_id)
    .where(
        Ticket.state == "open",
        Escalation.subject == "clock",
        col(Escalation.acknowledged_at).is_(None),
        Escalation.rung > 0,
    )
    .order_by(col(Escalation.id))
)


def last_event(desk: Desk) -> int:
    """The number of the last event: it tells whether somebody else has written."""
    with desk.store.read() as session:
        return session.exec(select(ChainHead.events)).one()


def board(desk: Desk, *, viewer: str | None = None) -> Board:
    """All open tickets by what is due first, the alarms nobody acknowledged, drafts and the shift.

    Args:
        desk: The desk.
        viewer: Who looks; tickets about that person are left out.
    """
    now = desk.clock.now()
    with desk.store.read() as session:
        home = session.get_one(Property, 1)
        hidden = _id_of(session, viewer)
        alarms = _alarms(session, hidden)
        alarmed = {alarm.ticket_id for alarm in alarms}
        shift = open_shift(session, desk.name)
        return Board(
            property_name=home.name,
            desk=desk.name,
            rehearsal=home.rehearsal,
            language=home.language,
            rows=_rows(session, hidden, alarmed),
            alarms=alarms,
            drafts=session.exec(
                select(func.count()).select_from(Draft).where(Draft.desk == desk.name)
            ).one(),
            last_event=session.exec(select(ChainHead.events)).one(),
            shift=shift_view(session, shift) if shift else None,
            held=is_held(last_beat(session), now),
        )


def household_rows(session: Session, household_id: int) -> tuple[BoardRow, ...]:
    """The open tickets of one household."""
    rows = session.execute(_ROWS.where(col(Ticket.household_id) == household_id)).all()
    return _first_of_each(rows, None, set())


def open_rows(session: Session, *, desk: str) -> tuple[BoardRow, ...]:
    """The open tickets of one desk."""
    rows = session.execute(_ROWS.where(col(Ticket.desk) == desk)).all()
    return _first_of_each(rows, None, set())


def _rows(session: Session, hidden: int | None, alarmed: set[int]) -> tuple[BoardRow, ...]:
    return _first_of_each(session.execute(_ROWS).all(), hidden, alarmed)


def _first_of_each(
    rows: Iterable[Row[Any]], hidden: int | None, alarmed: set[int]
) -> tuple[BoardRow, ...]:
    """Of each ticket the clock due first; the rows come ordered by due time."""
    found: dict[int, BoardRow] = {}
    for row in rows:
        if row.id not in found and (hidden is None or row.about_staff_id != hidden):
            found[row.id] = BoardRow(
                ticket_id=row.id,
                number=row.number,
                kind=row.kind,
                category=row.category,
                grade=row.grade,
                unit=row.unit,
                place=row.place,
                household=row.household,
                words=row.words,
                assignee=row.assignee,
                assignee_id=row.assignee_id,
                step=row.step,
                due_at=row.due_at,
                warn_at=row.warn_at,
                to_be_agreed=row.by_agreement and row.agreed_at is None and row.at_once is None,
                provisional=row.provisional,
                unacknowledged=row.id in alarmed,
            )
    return tuple(found.values())


def _alarms(session: Session, hidden: int | None) -> tuple[Alarm, ...]:
    """Of each ticket the highest rung nobody acknowledged; major matters first, then the oldest."""
    phones = {row.id: row.phone for row in session.exec(select(Staff))}
    found: dict[int, Alarm] = {}
    for escalation, ticket, clock in session.exec(_WAITING):
        if hidden is not None and ticket.about_staff_id == hidden:
            continue
        told = json.loads(escalation.people)
        assert ticket.id is not None
        found[ticket.id] = Alarm(
            ticket_id=ticket.id,
            number=ticket.number,
            unit=ticket.unit,
            place=ticket.place,
            category=ticket.category,
            grade=ticket.grade,
            words=ticket.words,
            clock=clock,
            rung=escalation.rung,
            to=escalation.role,
            people=tuple(name for _, name in told),
            phones=tuple(phones.get(staff_id) for staff_id, _ in told),
            due_at=escalation.due_at,
            fired_at=escalation.fired_at,
        )
    return tuple(sorted(found.values(), key=lambda alarm: (alarm.grade != "major", alarm.fired_at)))


def _id_of(session: Session, name: str | None) -> int | None:
    if name is None:
        return None
    return session.exec(select(Staff.id).where(Staff.name == name)).first()
