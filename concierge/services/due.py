"""Firing all that is due, in the order of its instants, over all clocks."""

from __future__ import annotations

import heapq

from sqlmodel import Session

from concierge.services.climb import due_climbs
from concierge.services.clocks import note_breach
from concierge.services.desk import Desk
from concierge.services.firing import Firing
from concierge.services.views import Fired


def fire_due(session: Session, desk: Desk, now: int) -> tuple[Fired, ...]:
    """Record every breach and fire every rung whose instant has passed.

    A desk that slept through several rungs records each with its lateness.
    """
    climbs = due_climbs(session, desk, now)
    firing = Firing(session, desk.stamp(now))
    # Of equal instants the older clock comes first, as it came from the store.
    queue = [(climb.clock.next_at or 0, nth) for nth, climb in enumerate(climbs)]
    fired: list[Fired] = []
    while queue:
        _, nth = heapq.heappop(queue)
        climb = climbs[nth]
        note_breach(firing.log, firing.stamp, climb.clock)
        rung = climb.upcoming()
        if rung.at < now:
            fired.append(firing.fire(climb, rung))
            rung = climb.upcoming()
        if (at := climb.look_at(rung)) < now:
            heapq.heappush(queue, (at, nth))
    firing.finish(climbs)
    return tuple(fired)
