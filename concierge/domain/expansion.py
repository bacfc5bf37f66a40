"""Opening hours of working days as UTC intervals with running totals: business time by bisection.

An expansion never changes; a calendar that needs more years builds a wider one and swaps it in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from typing import Any

# Counters look instants up in slots of 2 ** SLOT seconds (nine hours): few enough to build in
# milliseconds, short enough that seldom more than one change of the rule falls into one.
SLOT = 15

# (end, opening, step, the piece after it or None); Any, for a check in the loop would cost more than the loop.
Piece = tuple[int, int, int, Any]


class Expansion:
    """The open intervals of some years.

    Row i is open from ``starts[i]`` to ``ends[i]``; ``totals[i]`` is the business time in seconds before
    it, and the last total that of all rows.

    Args:
        first: The first year that is covered.
        last: The last year that is covered.
        start: The instant at which the first year starts.
        end: The instant at which the last year ends.
        intervals: Open intervals of the working days as (start, end) instants, in order.
    """

    __slots__ = ("end", "ends", "first", "last", "start", "starts", "totals")

    def __init__(
        self, first: int, last: int, start: int, end: int, intervals: Iterable[tuple[int, int]]
    ) -> None:
        self.first, self.last, self.start, self.end = first, last, start, end
        # Hours that a clock change skips leave nothing.
        rows = [(opening, closing) for opening, closing in intervals if closing > opening]
        self.starts = [opening for opening, _ in rows]
        self.ends = [closing for _, closing in rows]
        self.totals = [0]
        for opening, closing in rows:
            self.totals.append(self.totals[-1] + closing - opening)

    def covers(self, at: int) -> bool:
        """Whether an instant lies within the years of the table."""
        return self.start <= at < self.end

    def total(self, at: int) -> int:
        """The business seconds from the start of the table to a covered instant."""
        row = bisect_right(self.ends, at)
        if row == len(self.ends):
            return self.totals[row]
        return self.totals[row] + max(0, at - self.starts[row])

    def due(self, at: int, seconds: int) -> int | None:
        """The instant ``seconds`` (at least 1) of business time after a covered one.

        Returns:
            At closing for time that runs out exactly then; None when the table is too short.
        """
        total = self.total(at) + seconds
        row = bisect_left(self.totals, total, 1) - 1
        return None if row == len(self.ends) else self.ends[row] - self.totals[row + 1] + total

    def slots(self, seconds: int) -> dict[int, Piece]:
        """By slot (``at >> SLOT``) the piece in which it begins; only slots that end within pieces."""
        following: Piece | None = None
        linked: list[Piece] = []
        for end, opening, step in reversed(self._pieces(seconds)):
            following = (end, opening, step, following)
            linked.append(following)
        slots: dict[int, Piece] = {}
        slot = -(-self.start >> SLOT)
        while linked and (slot + 1) << SLOT <= linked[0][0]:
            while linked[-1][0] <= slot << SLOT:
                linked.pop()
            slots[slot] = linked[-1]
            slot += 1
        return slots

    def _pieces(self, seconds: int) -> list[tuple[int, int, int]]:
        """Pieces of time under one rule as (end, opening, step), in order, from the table's start."""
        pieces: list[tuple[int, int, int]] = []
        target = 1
        for row, (opening, closing) in enumerate(zip(self.starts, self.ends, strict=True)):
            at, shift = opening, self.totals[row] - opening + seconds
            while at < closing:
                while target < len(self.totals) and self.totals[target] < at + shift:
                    target += 1
                if target == len(self.totals):
                    return pieces
                step = self.ends[target - 1] - self.totals[target] + shift
                at = min(closing, self.totals[target] - shift + 1)
                pieces.append((at, opening, step))
        return pieces


def counter(slots: Mapping[int, Piece], missing: Callable[[int], int]) -> Callable[[int], int]:
    """``Expansion.due`` for one length of time, worked out beforehand for every instant: the hot path.

    A due time is max(instant, an opening) plus a step, and both change only at closings and where the time
    left runs past a closing. Instants are looked up by slot and walk on over the changes in it.

    Args:
        slots: As ``Expansion.slots`` makes them, of one table or more; it may grow.
        missing: Answers the instants that are in no slot.
    """

    def count(at: int) -> int:
        try:
            end, opening, step, following = slots[at >> SLOT]
        except KeyError:
            return missing(at)
        while at >= end:
            end, opening, step, following = following
        # max() is a call, and calls are what this takes its time for.
        return (at if at > opening else opening) + step  # noqa: FURB136

    return count
