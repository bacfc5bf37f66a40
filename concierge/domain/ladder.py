"""Ladders: who is told of a promise and when, as the policy's tables ``[ladders]`` have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from concierge.domain.limit import Limit, Unit
from concierge.domain.policy_file import Reader
from concierge.domain.roles import rank


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of a ladder: ``to`` a role, at ``anchor`` ("received" or "due") plus ``offset``."""

    to: str
    anchor: str
    offset: Limit | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who is told when.

    ``warning`` is a percentage of the time to due, 0 for the opening of the last
    day, None for no warning; ``rungs[0]`` is rung 1. After the last rung it repeats every ``repeat``, at
    each opening when that is None.
    """

    name: str
    units: tuple[Unit, ...]
    warning: int | None
    rungs: tuple[Rung, ...]
    repeat: Limit | None = None

    def up_to(self, role: str | None) -> Ladder:
        """The ladder as far as it climbs to a role and no higher; None is as far as it goes."""
        if role is None:
            return self
        return replace(self, rungs=tuple(r for r in self.rungs if rank(r.to) <= rank(role)))


def read_ladder(table: Reader, name: str) -> Ladder:
    """Read one of the policy's ladders.

    Raises:
        Refusal: ``policy.bad``.
    """
    warning = table.choice_or_percent("warning", "opening")
    ladder = Ladder(
        name=name,
        units=tuple(Unit(unit) for unit in table.choices("units", tuple(Unit))),
        warning=warning,
        rungs=tuple(_rung(row, nth) for nth, row in enumerate(table.rows("rungs"), start=1)),
        repeat=table.limit_or_word("repeat", "opening"),
    )
    table.done()
    _check_order(ladder.rungs, table)
    return ladder


def _check_order(rungs: Sequence[Rung], table: Reader) -> None:
    """Rungs stand in the order of time, as far as their units tell."""
    for nth, (low, high) in enumerate(pairwise(rungs), start=1):
        before = _rough_seconds(low.offset) if low.offset else 0
        after = _rough_seconds(high.offset) if high.offset else 0
        if after <= before and low.anchor == high.anchor:
            raise table.bad(f"rungs[{nth}].when", "order", value=high.offset or high.anchor)
        if rank(high.to) < rank(low.to):
            raise table.bad(f"rungs[{nth}].to", "role-order", value=high.to)


def _rough_seconds(limit: Limit) -> int:
    """About how long a limit is, to tell which of two ends first."""
    rough = {Unit.MINUTES: 60, Unit.HOURS: 3600, Unit.BUSINESS_MINUTES: 60}
    return limit.amount * rough.get(limit.unit, 86_400)


def _rung(row: Reader, nth: int) -> Rung:
    to = row.role("to")
    anchor, _, offset = row.text("when").partition("+")
    anchor = anchor.strip()
    if anchor not in {"received", "due"} or (anchor == "received" and (offset or nth > 1)):
        raise row.bad("when", "when")
    row.done()
    return Rung(to, anchor, row.as_limit("when", offset.strip()) if offset else None)
