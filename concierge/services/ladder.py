"""Rungs on record: finding a clock's next one, and firing it exactly once with who was told."""

from __future__ import annotations

import json

from sqlmodel import Session, col, select

from concierge.domain.escalation import Course, FiredRung, NextRung, next_at, next_rung, role_of
from concierge.domain.policy import MAJOR_LADDER
from concierge.services.clocks import running
from concierge.services.desk import Desk
from concierge.services.people import told
from concierge.services.views import Fired
from concierge.store.audit import Stamp, append
from concierge.store.tables import Clock, Escalation, Outbox, Ticket


def fired_rungs(session: Session, clock: Clock, top: int) -> list[FiredRung]:
    """What the next rung of a clock's present generation is reckoned from.

    The rungs of the ladder, up to ``top``, and of the daily repeats the last: however long it has been
    repeating, no more is read. A new generation of a major matter does not tell the supervisor again what was
    told at its reception.
    """
    mine = select(Escalation).where(
        Escalation.subject == "clock", Escalation.subject_id == clock.id
    )
    present = mine.where(Escalation.generation == clock.generation)
    rows = list(session.exec(present.where(Escalation.rung <= top)))
    if len(rows) >= top:
        rows += session.exec(
            present.where(Escalation.rung > top).order_by(col(Escalation.rung).desc()).limit(1)
        )
    if not rows and clock.ladder == MAJOR_LADDER:
        told = mine.where(Escalation.rung == 1, Escalation.fired_at >= clock.counted_from)
        rows += session.exec(told.order_by(col(Escalation.generation).desc()).limit(1))
    return [_fired(row) for row in rows]


def _fired(row: Escalation) -> FiredRung:
    return FiredRung(
        rung=row.rung,
        due_at=row.due_at,
        fired_at=row.fired_at,
        told=bool(json.loads(row.people)),
        acknowledged_at=row.acknowledged_at,
    )


def course_of(session: Session, desk: Desk, clock: Clock) -> Course:
    """What a clock's ladder is reckoned from."""
    ladder = desk.rules.ladder(session, clock.policy_version, clock.ladder)
    return Course(ladder, clock.counted_from, clock.due_at, clock.warn_at)


def upcoming(session: Session, desk: Desk, clock: Clock) -> NextRung:
    """The next rung of a running clock."""
    calendar = desk.rules.calendar_of(session, clock.calendar_version)
    course = course_of(session, desk, clock)
    return next_rung(course, fired_rungs(session, clock, len(course.ladder.rungs)), calendar)


def schedule(session: Session, desk: Desk, clock: Clock) -> NextRung | None:
    """Set when a sweep has to look at a clock again; None when it does not run."""
    if not running([clock]):
        clock.next_rung = clock.next_at = None
        return None
    rung = upcoming(session, desk, clock)
    clock.next_rung = rung.rung
    recorded = clock.breach_generation == clock.generation
    clock.next_at = next_at(rung, clock.due_at, breach_recorded=recorded)
    session.add(clock)
    return rung


def fire(
    session: Session,
    desk: Desk,
    stamp: Stamp,
    *,
    ticket: Ticket,
    clock: Clock,
    rung: NextRung,
    by_hand: bool = False,
    reason: str | None = None,
) -> tuple[Fired, Escalation]:
    """Put a rung on record with whom it tells; nobody on duty is recorded, not silent.

    The unique key (subject, generation, rung) makes a second record impossible.
    """
    people = told(session, ticket, rung.to, rung.rung)
    late = 0 if by_hand else stamp.at - rung.at
    names = [person.name for person in people]
    assert clock.id is not None
    event_id = append(
        session,
        stamp,
        "ticket.escalated",
        {"clock": clock.kind, "generation": clock.generation, "rung": rung.rung, "to": rung.to,
         "people": names, "due_at": rung.at, "late_seconds": late, "by_hand": by_hand},
        ticket_id=ticket.id,
        personal={"reason": reason} if reason else None,
    )  # fmt: skip
    row = Escalation(
        subject_id=clock.id,
        ticket_id=ticket.id,
        generation=clock.generation,
        rung=rung.rung,
        role=rung.to,
        people=json.dumps([[person.id, person.name] for person in people], ensure_ascii=False),
        due_at=rung.at,
        fired_at=stamp.at,
        by_hand=by_hand,
        reason=reason,
        event_id=event_id,
    )
    session.add(row)
    session.flush()
    schedule(session, desk, clock)
    fired = Fired(
        ticket=ticket.number,
        clock=clock.kind,
        generation=clock.generation,
        rung=rung.rung,
        to=rung.to,
        people=tuple(names),
        due_at=rung.at,
        late_seconds=late,
    )
    return fired, row


def notify(session: Session, row: Escalation) -> None:
    """Put one notice for each person told into the outbox."""
    assert row.id is not None
    for staff_id, _name in json.loads(row.people):
        session.add(
            Outbox(
                event_id=row.event_id,
                escalation_id=row.id,
                staff_id=staff_id,
                created_at=row.fired_at,
                send_from=row.fired_at,
                not_before=row.fired_at,
            )
        )


def fire_now(
    session: Session,
    desk: Desk,
    stamp: Stamp,
    *,
    ticket: Ticket,
    clock: Clock,
    reason: str | None = None,
    by_hand: bool = False,
) -> Fired:
    """Fire the next rung above the warning at this instant: by hand, or for a matter that is major."""
    number = max(1, upcoming(session, desk, clock).rung)
    ladder = desk.rules.ladder(session, clock.policy_version, clock.ladder)
    rung = NextRung(number, role_of(ladder, number), stamp.at)
    fired, row = fire(
        session, desk, stamp, ticket=ticket, clock=clock, rung=rung, by_hand=by_hand, reason=reason
    )
    notify(session, row)
    return fired
