"""What every use case is given: the store, the clock, the rules and the desk's name."""

from __future__ import annotations

from dataclasses import dataclass, field

from concierge.clock import Clock
from concierge.domain.pace import Pace
from concierge.services.rulebook import Rulebook
from concierge.store.audit import Stamp
from concierge.store.engine import Store
from concierge.store.tables import Staff


@dataclass(frozen=True, slots=True)
class Desk:
    """One lobby terminal's place at one store. Use cases take it as their first argument.

    ``pace`` is what the process remembers of its clocks; a desk under other rules keeps it.
    """

    store: Store
    clock: Clock
    rules: Rulebook
    name: str
    pace: Pace = field(default_factory=Pace, compare=False)

    def stamp(self, now: int, actor: Staff | None = None) -> Stamp:
        """Who records something here and when; ``actor`` is None for what happens by itself."""
        if actor is None:
            return Stamp(at=now, desk=self.name)
        return Stamp(at=now, desk=self.name, actor_id=actor.id, actor=actor.name)
