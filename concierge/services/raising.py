"""Raising a complaint to a major matter because it came again or was never solved: the sweep's part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlmodel import Session, col, select

from concierge.domain.escalation import NextRung, role_of
from concierge.domain.repeated import Reason, unsolved, unsolved_at
from concierge.domain.ticket import first_due
from concierge.services.climb import Climb
from concierge.services.clocks import clocks_of
from concierge.services.desk import Desk
from concierge.services.firing import Firing
from concierge.services.ladder import schedule
from concierge.services.repeated import reason_data, repeats_of
from concierge.services.sweep_views import Fired
from concierge.services.ticket_log import ticket_snapshot
from concierge.store.audit import append
from concierge.store.tables import PolicyVersion, Ticket


class Raising:
    """The complaints that one sweep has to look at; ``raised`` are the numbers that became major.

    A ticket's instant lies in the past, so each of its running clocks is among those that are due: nothing
    else is read, and a sweep without such a ticket asks nothing.
    """

    def __init__(
        self, session: Session, desk: Desk, firing: Firing, climbs: Iterable[Climb]
    ) -> None:
        self.raised: list[str] = []
        self._session = session
        self._desk = desk
        self._firing = firing
        self._climbs: dict[int, list[Climb]] = defaultdict(list)
        for climb in climbs:
            if climb.ticket.raise_at is not None:
                self._climbs[climb.clock.ticket_id].append(climb)

    def look(self, ticket: Ticket) -> list[Fired]:
        """Decide on a ticket whose instant has passed.

        Raising it adds rung 1 on the clock due first unless it has fired, as when a person raises it; that
        rung was due at the instant at which the matter became major.
        """
        at, now = ticket.raise_at, self._firing.stamp.at
        assert at is not None
        rules = self._desk.rules.policy.repeated
        reason = self._reason(ticket, at, now)
        data: dict[str, object] = {"number": ticket.number}
        if reason is None or rules is None:
            # It came again, but the other calls were cancelled or moved since, or other rules hold.
            ticket.raise_at = unsolved_at(rules, ticket.received_at)
            self._log("ticket.reviewed", ticket, data)
            return []
        ticket.grade, ticket.grade_reason, ticket.raise_at = "major", reason.kind, None
        self._log("ticket.raised", ticket, {**data, "reason": reason_data(rules, reason)})
        self.raised.append(ticket.number)
        return self._tell(self._climbs[ticket.id or 0], at)

    def _reason(self, ticket: Ticket, at: int, now: int) -> Reason | None:
        rules = self._desk.rules.policy.repeated
        late = unsolved_at(rules, ticket.received_at)
        if late is None:
            return None
        found = repeats_of(self._session, self._desk, ticket) if at < late else ()
        return found[0] if found else unsolved(rules, ticket.received_at, now)

    def _log(self, kind: str, ticket: Ticket, data: dict[str, object]) -> None:
        values = {**data, "ticket": ticket_snapshot(ticket)}
        self._firing.log.append(self._firing.stamp, kind, values, ticket_id=ticket.id)

    def _tell(self, climbs: list[Climb], at: int) -> list[Fired]:
        kind = first_due([(each.clock.kind, each.clock.due_at) for each in climbs])
        climb = next(each for each in climbs if each.clock.kind == kind)
        if climb.upcoming().rung > 1:
            return []
        rung = NextRung(1, role_of(climb.course.ladder, 1), at)
        return [self._firing.fire(climb, rung)]


def replan_raising(session: Session, desk: Desk, now: int) -> tuple[str, ...]:
    """Put open ordinary complaints on the figures of the policy in force; inside the caller's transaction.

    What is to be looked at at an instant of its own (the next sweep, or later because a person lowered the
    grade) keeps it.

    Args:
        session: A writing session.
        desk: A desk under the new rules.
        now: The present instant in seconds since the epoch, UTC.

    Returns:
        The numbers of the tickets whose instant moved, each with an event.
    """
    rules = desk.rules.policy.repeated
    planned: set[int | None] = {None}
    for version in session.exec(select(PolicyVersion.id)):
        before = desk.rules.policy_of(session, version or 0).repeated
        planned.add(before.unsolved if before is not None else None)
    moved = []
    wanted = None if rules is None else Ticket.received_at + rules.unsolved
    rows = select(Ticket).where(
        Ticket.state == "open",
        Ticket.kind == "complaint",
        Ticket.grade == "ordinary",
        col(Ticket.raise_at).is_distinct_from(wanted),
    )
    for ticket in session.exec(rows.order_by(col(Ticket.id))).all():
        own = None if ticket.raise_at is None else ticket.raise_at - ticket.received_at
        if rules is not None and own not in planned:
            continue
        ticket.raise_at = unsolved_at(rules, ticket.received_at)
        session.add(ticket)
        data = {"number": ticket.number, "ticket": ticket_snapshot(ticket)}
        append(session, desk.stamp(now), "ticket.reviewed", data, ticket_id=ticket.id)
        for clock in clocks_of(session, ticket):
            schedule(session, desk, clock)
        moved.append(ticket.number)
    return tuple(moved)
