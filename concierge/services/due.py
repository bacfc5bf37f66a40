"""Firing all that is due, in the order of its instants, over all clocks."""

from __future__ import annotations

import heapq

from sqlmodel import Session

from concierge.services.climb import Climb, due_climbs
from concierge.services.clocks import note_breach, running
from concierge.services.desk import Desk
from concierge.services.firing import Firing
from concierge.services.views import Fired


def fire_due(session: Session, desk: Desk, now: int) -> tuple[Fired, ...]:
    """Record every breach and fire every rung whose instant has passed.

    A desk that slept through several rungs records each with its lateness.
    """
    climbs = due_climbs(session, desk, now)
    firing = Firing(session, desk, desk.stamp(now))
    queue: list[tuple[int, int]] = []
    for nth, climb in enumerate(climbs):
        _line_up(queue, nth, climb, now)
    fired: list[Fired] = []
    while queue:
        _, nth = heapq.heappop(queue)
        climb = climbs[nth]
        note_breach(firing.log, firing.stamp, climb.clock)
        rung = climb.upcoming()
        if rung.at < now:
            fired.append(firing.fire(climb, rung))
        _line_up(queue, nth, climb, now)
    firing.finish()
    return tuple(fired)


def _line_up(queue: list[tuple[int, int]], nth: int, climb: Climb, now: int) -> None:
    """Put a clock in line if something more of it is due; of equal instants the older clock comes first."""
    climb.schedule()
    at = climb.clock.next_at
    if running([climb.clock]) and at is not None and at < now:
        heapq.heappush(queue, (at, nth))
