"""Firing all that is due, in the order of its instants, over all clocks."""

from __future__ import annotations

import heapq

from sqlmodel import Session

from concierge.services.climb import due_climbs
from concierge.services.clocks import note_breach
from concierge.services.desk import Desk
from concierge.services.firing import Firing
from concierge.services.raising import Raising
from concierge.services.relief import fire_reliefs
from concierge.services.sweep_views import Fired


def fire_due(session: Session, desk: Desk, now: int) -> tuple[tuple[Fired, ...], tuple[str, ...]]:
    """Record every breach, fire every rung and raise every complaint whose instant has passed.

    So are shifts told of that nobody has relieved.

    A desk that slept through several rungs records each with its lateness.

    Returns:
        The rungs in order, and the numbers of the tickets that became major.
    """
    climbs = due_climbs(session, desk, now)
    firing = Firing(session, desk.stamp(now))
    raising = Raising(session, desk, firing, climbs)
    # Of equal instants the older clock comes first, as it came from the store.
    queue = [(climb.clock.next_at or 0, nth) for nth, climb in enumerate(climbs)]
    fired: list[Fired] = []
    while queue:
        at, nth = heapq.heappop(queue)
        climb = climbs[nth]
        note_breach(firing.log, firing.stamp, climb.clock)
        raise_at, rung = climb.ticket.raise_at, climb.upcoming()
        if raise_at is not None and raise_at <= at:
            fired += raising.look(climb.ticket)
        elif rung.at <= at:
            fired.append(firing.fire(climb, rung))
        # The breach or the grade may have been all there was to see: the rung comes at its own instant.
        if (due := climb.look_at(climb.upcoming())) < now:
            heapq.heappush(queue, (due, nth))
    fired += fire_reliefs(session, desk, firing)
    firing.finish(climbs)
    return tuple(fired), tuple(raising.raised)
