"""The ladder of one clock: its next rung, and firing it at once."""

from __future__ import annotations

from sqlmodel import Session

from concierge.domain.escalation import NextRung, role_of
from concierge.domain.policy import MAJOR_LADDER
from concierge.services.climb import climb_of
from concierge.services.desk import Desk
from concierge.services.firing import Firing
from concierge.services.sweep_views import Fired
from concierge.store.audit import Stamp
from concierge.store.tables import Clock


def upcoming(session: Session, desk: Desk, clock: Clock) -> NextRung:
    """The next rung of a running clock."""
    return climb_of(session, desk, clock).upcoming()


def schedule(session: Session, desk: Desk, clock: Clock) -> NextRung | None:
    """Set when a sweep has to look at a clock again; None when it does not run."""
    rung = climb_of(session, desk, clock).schedule()
    session.add(clock)
    return rung


def tell_received(session: Session, desk: Desk, stamp: Stamp, clock: Clock) -> None:
    """Of a major matter that comes in or starts anew, rung 1 fires inside the transaction that saves it."""
    climb = climb_of(session, desk, clock)
    rung = climb.upcoming()
    if clock.ladder == MAJOR_LADDER and rung.rung == 1:
        firing = Firing(session, stamp)
        firing.fire(climb, rung)
        firing.finish([climb])


def fire_now(
    session: Session,
    desk: Desk,
    stamp: Stamp,
    *,
    clock: Clock,
    reason: str | None = None,
    by_hand: bool = False,
) -> Fired:
    """Fire the next rung above the warning at this instant: by hand, or for a matter that is major."""
    climb = climb_of(session, desk, clock)
    number = max(1, climb.upcoming().rung)
    firing = Firing(session, stamp)
    rung = NextRung(number, role_of(climb.course.ladder, number), stamp.at)
    fired = firing.fire(climb, rung, by_hand=by_hand, reason=reason)
    firing.finish([climb])
    return fired
