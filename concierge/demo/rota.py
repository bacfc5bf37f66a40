"""Who of the made-up property works when: its shifts change at the policy's hours, whenever it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from concierge.domain.shift import ShiftRules, planned_shift

SIGNED = 2 * 60
"""Seconds before a change of shifts at which both have signed."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of shifts: its planned instant, who comes, and who goes (None at the first one)."""

    at: int
    coming: str
    going: str | None

    @property
    def signed_at(self) -> int:
        """When the one shift ends and the other starts."""
        return self.at - SIGNED


@dataclass(frozen=True, slots=True)
class Rota:
    """The changes of shifts up to the opening, ascending; the last one brought who is on shift then."""

    turns: tuple[Turn, ...]

    @classmethod
    def of(
        cls, rules: ShiftRules, zone: ZoneInfo, *, team: Sequence[str], since: int, now: int
    ) -> Rota:
        """Every shift worked that reaches into the time from ``since`` to ``now``.

        Args:
            rules: When shifts change.
            zone: Where the wall clock hangs.
            team: Who works the shift of the opening, who the one before it, and so on, around and around.
            since: The instant by which the first shift runs.
            now: The instant of the opening.
        """
        starts = [_start(rules, now + SIGNED, zone)]
        while starts[-1] - SIGNED > since:
            starts.append(_start(rules, starts[-1] - 1, zone))
        people = [team[back % len(team)] for back in range(len(starts))]
        newest_first = list(zip(starts, people, strict=True))
        turns = [Turn(*newest_first[-1], None)]
        turns += [
            Turn(at, coming, going) for (_, going), (at, coming) in pairwise(newest_first[::-1])
        ]
        return cls(tuple(turns))

    def on_shift(self, at: int) -> str:
        """Who is on shift at an instant; before the first shift whoever works that."""
        come = [turn.coming for turn in self.turns if turn.signed_at <= at]
        return come[-1] if come else self.turns[0].coming


def _start(rules: ShiftRules, at: int, zone: ZoneInfo) -> int:
    """The start of the shift in whose own hours an instant lies."""
    return planned_shift(rules, at - rules.early, zone).start
