"""Rungs that were due when something else was done first: nobody was told of them, and the log says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from concierge.domain.escalation import FiredRung, NextRung
from concierge.services.climb import Climb, climb_of
from concierge.services.clocks import running
from concierge.services.desk import Desk
from concierge.services.firing import Roll
from concierge.store.tables import Clock


@dataclass(frozen=True, slots=True)
class Untold:
    """A rung that was due when an act began and that no sweep had fired yet; ``at`` is its instant."""

    clock: Clock
    generation: int
    rung: int
    at: int


def untold(session: Session, desk: Desk, clocks: Iterable[Clock], now: int) -> list[Untold]:
    """The rungs that a sweep would fire at this instant; nothing is read while none is due."""
    found: list[Untold] = []
    for clock in running(clocks):
        if clock.next_at is not None and clock.next_at < now:
            found += _due(climb_of(session, desk, clock), Roll(session), now)
    return found


def _due(climb: Climb, roll: Roll, now: int) -> Iterator[Untold]:
    """Up its ladder as a sweep climbs it; of the repeats after the last rung one stands for all."""
    clock, top = climb.clock, len(climb.course.ladder.rungs)
    while (rung := climb.upcoming()).at < now:
        yield Untold(clock, clock.generation, rung.rung, rung.at)
        if rung.rung > top:
            return
        told = bool(roll.told(climb.ticket, rung.to, rung.rung))
        held = climb.quiet_until(rung.to, rung.at) if told else None
        climb.fired.append(FiredRung(rung.rung, rung.at, now, told, None, held))


def overtaken(
    due: Iterable[Untold], clocks: Sequence[Clock], rungs: Sequence[NextRung | None], now: int
) -> list[list[object]]:
    """The rungs that were due and that an act came before: clock, generation, rung, instant.

    Closing a matter in the second in which its rung is due either loses, and the rung is on record, or
    wins, and then the log says here which rungs they were that nobody was told of.

    Args:
        due: What was ``untold`` when the act began.
        clocks: The clocks as the act left them.
        rungs: The next rung of each, None where it does not run.
        now: The act's instant in seconds since the epoch, UTC.
    """
    coming = {
        (clock.kind, clock.generation): rung.rung
        for clock, rung in zip(clocks, rungs, strict=True)
        if rung is not None and rung.at < now
    }
    return [
        [each.clock.kind, each.generation, each.rung, each.at]
        for each in due
        if each.rung < coming.get((each.clock.kind, each.generation), each.rung + 1)
    ]
