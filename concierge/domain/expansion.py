"""Opening hours of working days as UTC intervals with running totals: business time by bisection.

An expansion never changes; a calendar that needs more years builds a wider one and swaps it in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

# Stands for an instant so far back that a count from it always runs off the table.
_NEVER = 1 << 62


class Expansion:
    """The open intervals of some years.

    Args:
        first: The first year that is covered.
        last: The last year that is covered.
        start: The instant at which the first year starts.
        end: The instant at which the last year ends.
        intervals: Open intervals of its working days as (start, end) instants, in order.

    Attributes of the table: row i covers ``starts[i]`` to ``ends[i]``; ``totals[i]`` is the
    business time in seconds from the first row to ``ends[i]``; ``shifts[i]`` is ``ends[i] -
    totals[i]``, so that within a row instant = total + shift. Row 0 is no interval: it ends where
    the table starts.
    """

    __slots__ = ("end", "ends", "first", "last", "shifts", "start", "starts", "totals")

    def __init__(
        self, first: int, last: int, start: int, end: int, intervals: Iterable[tuple[int, int]]
    ) -> None:
        self.first, self.last, self.start, self.end = first, last, start, end
        self.starts, self.ends, self.totals, self.shifts = [start], [start], [0], [-_NEVER]
        total = 0
        for opening, closing in intervals:
            if closing > opening:  # hours that a clock change skips leave nothing
                total += closing - opening
                self.starts.append(opening)
                self.ends.append(closing)
                self.totals.append(total)
                self.shifts.append(closing - total)

    def covers(self, at: int) -> bool:
        """Whether an instant lies within the years of the table."""
        return self.start <= at < self.end

    def total(self, at: int) -> int:
        """The business seconds from the start of the table to a covered instant."""
        row = bisect_right(self.ends, at)
        if row == len(self.ends):
            return self.totals[-1]
        return self.totals[row - 1] + max(0, at - self.starts[row])

    def counter(self, seconds: int, beyond: Callable[[int], int]) -> Callable[[int], int]:
        """A function from an instant to the one ``seconds`` of business time later.

        This is the hot path: two bisections over lists in the closure, and no check but the
        tables' own ends. Instants before the table fall into row 0, whose shift sends the second
        look-up off the end like those after it.

        Args:
            seconds: Business time, at least 1.
            beyond: Answers instants for which the table is too short.
        """
        starts, ends, totals, shifts = self.starts, self.ends, self.totals, self.shifts
        row_of, row_at = bisect_right, bisect_left

        def count(at: int) -> int:
            try:
                row = row_of(ends, at)
                opening = starts[row]
                # max() is a call, and a call costs as much as a bisection.
                total = (at if at > opening else opening) - shifts[row] + seconds  # noqa: FURB136
                return total + shifts[row_at(totals, total, row)]
            except IndexError:
                return beyond(at)

        return count
