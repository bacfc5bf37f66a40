"""The outbox: handing its notices to one courier at a time, and keeping what came of them.

Delivery is at least once. A courier leases all that one event still has to tell, so that what goes to a
whole role goes once; if it dies before it settles, the lease runs out and the same key is sent again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from concierge.domain.notify_policy import NotifyPolicy, scheme_of
from concierge.services.desk import Desk
from concierge.services.leasing import give_back, take
from concierge.services.notices import Delivered, Leased, Matter, Notice, Outcome, Recipient
from concierge.store import board_sql
from concierge.store.audit import Stamp, append
from concierge.store.tables import Clock, Escalation, Outbox, Shift, Staff, Ticket

WAITING, SENT, SCREEN, DEAD = "waiting", "sent", "screen", "dead"
MOOT = "moot"
_ROWS_AN_EVENT = 50


def is_waiting(desk: Desk) -> bool:
    """Whether a notice may be sent now; asked often, so it costs one look at an index and writes nothing."""
    at: int | None = desk.store.glance(board_sql.NEXT_NOTICE)
    return at is not None and at <= desk.clock.now()


def lease(desk: Desk, *, policy: NotifyPolicy, owner: str, limit: int = 1) -> Leased:
    """Take what ``limit`` events have to tell; nobody else sends it for two minutes.

    A row that leads nowhere but to the desk's own screen is settled as that, and so is one that became moot
    while it waited: the ticket was closed, the promise met or made anew, the escalation signed for. Of a
    major matter people are told all the same, unless it was cancelled.

    Args:
        desk: The desk.
        policy: The ways.
        owner: Who leases, different for each courier that runs.
        limit: Events at most.

    Raises:
        StoreProblem: locked and the like; nothing is lost, the rows wait on.
    """
    if not is_waiting(desk):
        return Leased()
    with desk.store.write() as session:
        now = desk.clock.now()
        due = select(Outbox.event_id).where(Outbox.state == WAITING, col(Outbox.not_before) <= now)
        # A few rows more than events: one event has a row for each person told.
        ordered = due.order_by(col(Outbox.not_before), col(Outbox.event_id))
        events = session.exec(ordered.limit(_ROWS_AN_EVENT * limit))
        notices, settled = [], 0
        for event_id in list(dict.fromkeys(events))[:limit]:
            rows = _free_rows(session, event_id, now)
            left = [row for row in rows if not _is_moot(session, row)]
            notice = _notice(session, policy, left) if left else None
            taken = {one.outbox_id for one in notice.recipients} if notice else set()
            for row in rows:
                if row.id in taken:
                    take(row, owner, now)
                else:
                    row.state, row.settled_at = SCREEN, now
                    row.problem = None if row in left else MOOT
                    settled += 1
                session.add(row)
            if notice is not None:
                notices.append(notice)
    return Leased(tuple(notices), settled)


def _free_rows(session: Session, event_id: int, now: int) -> list[Outbox]:
    """All that an event has still to tell; nothing while another courier holds any of it."""
    rows = session.exec(
        select(Outbox)
        .where(Outbox.event_id == event_id, Outbox.state == WAITING)
        .order_by(col(Outbox.staff_id))
        .with_for_update(skip_locked=True)  # where several may write at once
    ).all()
    held = any(row.leased_until is not None and row.leased_until > now for row in rows)
    return [] if held else list(rows)


def _is_moot(session: Session, row: Outbox) -> bool:
    """Whether nobody has to be told any more."""
    if not session.get_one(Staff, row.staff_id).active:
        return True
    rung = session.get_one(Escalation, row.escalation_id)
    ticket = session.get(Ticket, rung.ticket_id) if rung.ticket_id is not None else None
    if ticket is None:
        shift = session.get_one(Shift, rung.subject_id)
        return rung.acknowledged_at is not None or shift.ended_at is not None
    if ticket.grade == "major":
        return ticket.state == "cancelled"
    clock = session.get_one(Clock, rung.subject_id)
    over = clock.met_at is not None or clock.stopped_at is not None
    over = over or clock.generation != rung.generation  # another promise took its place
    return over or ticket.state != "open" or rung.acknowledged_at is not None


def _notice(session: Session, policy: NotifyPolicy, rows: Sequence[Outbox]) -> Notice | None:
    """What is left to send of an event, or None when there is no way to anybody."""
    rung = session.get_one(Escalation, rows[0].escalation_id)
    ticket = session.get(Ticket, rung.ticket_id) if rung.ticket_id is not None else None
    done = _done_ways(session, rows[0].event_id)
    shared = policy.hook() if _is_hidden(session, ticket, rung.role) else (
        policy.of_role(rung.role) + policy.hook()
    )  # fmt: skip
    recipients = []
    for row in rows:
        person, mine = session.get_one(Staff, row.staff_id), json.loads(row.delivered)
        own = policy.of_person(person.name)
        if own or shared:
            left = tuple(way for way in own if way.key not in mine)
            assert row.id is not None
            recipients.append(Recipient(row.id, person.name, person.role, left))
    if not recipients:
        return None
    ways = tuple(way for way in shared if way.key not in done)
    return Notice(rows[0].event_id, _matter(session, rung, ticket), ways, tuple(recipients))


def _is_hidden(session: Session, ticket: Ticket | None, role: str) -> bool:
    """Whether the role's common way would tell somebody of a ticket about that very person."""
    about = ticket.about_staff_id if ticket is not None else None
    return about is not None and session.get_one(Staff, about).role == role


def _done_ways(session: Session, event_id: int) -> set[str]:
    """The common ways that delivered already, whichever row kept it."""
    kept = session.exec(select(Outbox.delivered).where(Outbox.event_id == event_id))
    return {key for text in kept for key in json.loads(text)}


def _matter(session: Session, rung: Escalation, ticket: Ticket | None) -> Matter:
    people = tuple(name for _, name in json.loads(rung.people))
    if ticket is None:
        shift = session.get_one(Shift, rung.subject_id)
        holder = session.get_one(Staff, shift.staff_id).name
        return Matter(
            number=None, unit=None, place=None, category="", grade="ordinary", clock="", limit="",
            due_at=rung.due_at, rung=rung.rung, role=rung.role, people=people, assignee=holder,
            words="", desk=shift.desk,
        )  # fmt: skip
    clock = session.get_one(Clock, rung.subject_id)
    assignee = session.get(Staff, ticket.assignee_id) if ticket.assignee_id is not None else None
    return Matter(
        number=ticket.number, unit=ticket.unit, place=ticket.place, category=ticket.category,
        grade=ticket.grade, clock=clock.kind, limit="" if clock.agreed_at else clock.limit,
        due_at=clock.due_at, rung=rung.rung, role=rung.role, people=people,
        assignee=assignee.name if assignee is not None else None, words=ticket.words,
        desk=ticket.desk,
    )  # fmt: skip


def settle(desk: Desk, *, owner: str, outcomes: Sequence[Outcome]) -> Delivered:
    """Keep what came of leased rows: sent, to be tried again, or given up after a day.

    Whoever was reached by some way is not given up: the row is sent then, with the problem of the others.
    What was delivered is kept even if the lease ran out meanwhile; the rest is the new holder's.

    Raises:
        StoreProblem: locked and the like; the lease runs out then and the notice is sent again.
    """
    counts = dict.fromkeys((SENT, WAITING, DEAD), 0)
    with desk.store.write() as session:
        stamp = desk.stamp(desk.clock.now())
        for outcome in outcomes:
            row = session.get_one(Outbox, outcome.outbox_id)
            done = list(dict.fromkeys([*json.loads(row.delivered), *outcome.delivered]))
            row.delivered = json.dumps(done)
            session.add(row)
            if row.leased_by == owner:
                _conclude(row, outcome.problem, stamp.at, reached=bool(done))
                counts[row.state] += 1
                if row.state != WAITING:
                    _record(session, stamp, row, done)
    return Delivered(sent=counts[SENT], failed=counts[WAITING], dead=counts[DEAD])


def _conclude(row: Outbox, problem: str | None, now: int, *, reached: bool) -> None:
    if not give_back(row, problem, now, since=row.send_from):
        row.state = SENT if problem is None or reached else DEAD
        row.settled_at = now


def _record(session: Session, stamp: Stamp, row: Outbox, done: Iterable[str]) -> None:
    """A fact of the log for what was sent or given up: by which kinds of way, never to which address."""
    rung = session.get_one(Escalation, row.escalation_id)
    ticket = session.get(Ticket, rung.ticket_id) if rung.ticket_id is not None else None
    append(
        session,
        stamp,
        f"notice.{row.state}",
        {"number": ticket.number if ticket is not None else None,
         "to": session.get_one(Staff, row.staff_id).name,
         "ways": sorted({scheme_of(key) for key in done}), "event": row.event_id,
         "problem": row.problem},
        ticket_id=rung.ticket_id,
    )  # fmt: skip
