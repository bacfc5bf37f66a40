"""A clock on its ladder, read once: what fired so far, which rung is next, when to look again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from concierge.domain.calendar import Calendar
from concierge.domain.escalation import Course, FiredRung, NextRung, next_at, next_rung
from concierge.domain.policy import MAJOR_LADDER, Category, Policy
from concierge.domain.quiet import quiet_until
from concierge.services.clocks import running
from concierge.services.desk import Desk
from concierge.store.tables import Clock, Escalation, Ticket


@dataclass(slots=True)
class Climb:
    """One clock with all that its ladder is reckoned from; ``fired`` grows as rungs fire."""

    clock: Clock
    ticket: Ticket
    course: Course
    calendar: Calendar
    policy: Policy
    fired: list[FiredRung]

    def upcoming(self) -> NextRung:
        """The next rung of the clock, while it runs."""
        return next_rung(self.course, self.fired, self.calendar)

    def schedule(self) -> NextRung | None:
        """Set when a sweep has to look at the clock again; None when it does not run."""
        clock = self.clock
        if not running([clock]):
            clock.next_rung = clock.next_at = None
            return None
        rung = self.upcoming()
        clock.next_rung, clock.next_at = rung.rung, self.look_at(rung)
        return rung

    def look_at(self, rung: NextRung) -> int:
        """When a sweep has to look again, ``rung`` being the next."""
        recorded = self.clock.breach_generation == self.clock.generation
        return next_at(
            rung, self.clock.due_at, breach_recorded=recorded, raise_at=self.ticket.raise_at
        )

    def quiet_until(self, role: str, at: int) -> int | None:
        """Until when people of a role are left to sleep; None when they may be told at that instant."""
        category = self.policy.categories.get(self.ticket.category)
        if self.ticket.grade == "major" or (category is not None and category.always):
            return None
        return quiet_until(self.policy.quiet, role, at, self.calendar.zone)


def climb_of(session: Session, desk: Desk, clock: Clock) -> Climb:
    """One clock on its ladder."""
    ticket = session.get_one(Ticket, clock.ticket_id)
    climb = _climb(session, desk, clock, ticket)
    climb.fired = _fired_by_one(session, clock, len(climb.course.ladder.rungs))
    return climb


def due_climbs(session: Session, desk: Desk, now: int) -> list[Climb]:
    """Every clock that a sweep has to look at, in the order of its instants: two questions in all."""
    due = select(Clock, Ticket).join(Ticket, col(Ticket.id) == Clock.ticket_id)
    rows = session.exec(
        due.where(col(Clock.next_at) < now).order_by(col(Clock.next_at), col(Clock.id))
    ).all()
    climbs = [_climb(session, desk, clock, ticket) for clock, ticket in rows]
    top = max((len(climb.course.ladder.rungs) for climb in climbs), default=0)
    fired = _fired_by_all(session, now, top)
    for climb in climbs:
        clock = climb.clock
        climb.fired = _of_generation(clock, fired[clock.id or 0], len(climb.course.ladder.rungs))
    return climbs


def _climb(session: Session, desk: Desk, clock: Clock, ticket: Ticket) -> Climb:
    policy = desk.rules.policy_of(session, clock.policy_version)
    calendar = desk.rules.calendar_of(session, clock.calendar_version)
    ladder = policy.ladders[clock.ladder].up_to(_top(policy.categories.get(ticket.category)))
    course = Course(ladder, clock.counted_from, clock.due_at, clock.warn_at)
    return Climb(clock, ticket, course, calendar, policy, [])


def _top(category: Category | None) -> str | None:
    return category.top if category is not None else None


def _fired_by_one(session: Session, clock: Clock, top: int) -> list[FiredRung]:
    """What fired of one clock: of the daily repeats only the last is read, however long it has been."""
    mine = select(Escalation).where(
        Escalation.subject == "clock", Escalation.subject_id == clock.id
    )
    rows = list(session.exec(mine.where(Escalation.rung <= top)))
    rows += session.exec(
        mine.where(Escalation.generation == clock.generation, Escalation.rung > top)
        .order_by(col(Escalation.rung).desc())
        .limit(1)
    )
    return _of_generation(clock, rows, top)


def _fired_by_all(session: Session, now: int, top: int) -> dict[int, list[Escalation]]:
    """What fired of all clocks that are due, in one question; of repeats the last, as of one clock."""
    last = (col(Escalation.generation) == Clock.generation) & (
        col(Escalation.rung) >= col(Clock.next_rung) - 1
    )
    rows = session.exec(
        select(Escalation)
        .join(Clock, col(Clock.id) == Escalation.subject_id)
        .where(Escalation.subject == "clock", col(Clock.next_at) < now)
        .where((col(Escalation.rung) <= top) | last)
    )
    found: dict[int, list[Escalation]] = defaultdict(list)
    for row in rows:
        found[row.subject_id].append(row)
    return found


def _of_generation(clock: Clock, rows: Iterable[Escalation], top: int) -> list[FiredRung]:
    """What the next rung of the present generation is reckoned from.

    A new generation of a major matter does not tell the supervisor again what was told at its reception.
    That rung stays at the foot of the ladder when more have fired: a signature under it moves them all.
    """
    rows = list(rows)
    present = [row for row in rows if row.generation == clock.generation]
    if clock.ladder == MAJOR_LADDER and all(row.rung > 1 for row in present):
        told = [row for row in rows if row.rung == 1 and row.fired_at >= clock.counted_from]
        present = sorted(told, key=lambda row: row.generation)[-1:] + present
    repeats = sorted((row for row in present if row.rung > top), key=lambda row: row.rung)
    return [fired_rung(row) for row in [row for row in present if row.rung <= top] + repeats[-1:]]


def fired_rung(row: Escalation) -> FiredRung:
    """A rung on record as the rules take it."""
    return FiredRung(
        rung=row.rung,
        due_at=row.due_at,
        fired_at=row.fired_at,
        told=bool(json.loads(row.people)),
        acknowledged_at=row.acknowledged_at,
        held_until=row.held_until,
    )


def names_told(row: Escalation) -> list[str] | None:
    """Whom a rung on record told, by name; None when somebody altered the row so that it cannot be read."""
    try:
        return [name for _, name in json.loads(row.people)]
    except (TypeError, ValueError):
        return None
