"""The facts of a shift that its timeline may tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from concierge.domain.escalation import WARNING
from concierge.services.log_reading import TOLD, Added, Fact, Fired, Met, Signed


@dataclass(frozen=True, slots=True)
class Moment:
    """A fact that a timeline may tell; rung, role and people as far as its kind has them."""

    event_id: int
    at: int
    kind: str
    ticket_id: int
    actor_id: int | None
    clock: str | None = None
    rung: int | None = None
    role: str | None = None
    people: tuple[str, ...] = ()


def moment_of(row: Sequence[Any], fact: Fact) -> Moment | None:
    """What a timeline tells of a fact, if anything; breaches it tells from the count itself."""
    event_id, at, actor_id, kind, ticket_id, _ = row
    moment = Moment(event_id, at, kind, ticket_id, actor_id)
    if isinstance(fact, Added):
        return moment if fact.ticket.grade == "major" else None
    if isinstance(fact, Met):
        late = next((name for name in fact.met if fact.clocks.is_late(name)), None)
        return replace(moment, clock=late) if late is not None else None
    if isinstance(fact, Fired):
        if fact.rung == WARNING:
            return None
        return replace(moment, clock=fact.clock, rung=fact.rung, role=fact.to, people=fact.people)
    if isinstance(fact, Signed):
        clock, _, rung = max(fact.rungs, key=lambda each: each[2])
        return replace(moment, clock=clock, rung=rung) if rung != WARNING else None
    return moment if kind == TOLD else None
