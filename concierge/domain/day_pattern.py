"""Days that repeat by the week with exceptions, counted without stepping through them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate

from concierge.domain.refusal import Refusal

# The last day that still ends inside the years that dates can name, in every zone.
LAST = date(9999, 12, 30).toordinal()


class DayPattern:
    """The days of a weekly pattern, with single days added or taken out.

    Args:
        weekdays: The weekdays that belong (0 = Monday).
        exceptions: Whether single dates belong, over the weekly pattern.
    """

    def __init__(self, weekdays: Iterable[int], exceptions: Mapping[date, bool]) -> None:
        week = frozenset(weekdays)
        # Day 1 of the calendar, 0001-01-01, was a Monday: a day's weekday is (ordinal - 1) % 7.
        self._before = tuple(accumulate((day in week for day in range(7)), initial=0))
        moved = sorted(
            (day.toordinal(), 1 if belongs else -1)
            for day, belongs in exceptions.items()
            if belongs != (day.weekday() in week)
        )
        self._moved = [ordinal for ordinal, _ in moved]
        self._shift = list(accumulate((step for _, step in moved), initial=0))

    def count(self, ordinal: int) -> int:
        """How many days belong from day 1 to ``ordinal``, both included."""
        weeks, days = divmod(ordinal, 7)
        weekly = weeks * self._before[7] + self._before[days]
        return weekly + self._shift[bisect_right(self._moved, ordinal)]

    def after(self, ordinal: int, k: int) -> int:
        """The ordinal of the k-th day that belongs after ``ordinal``; k is at least 1.

        Raises:
            Refusal: ``calendar.no-working-day`` when there is none before the end of the year
                9999.
        """
        target = self.count(ordinal) + k
        if self.count(LAST) < target:
            raise Refusal("calendar.no-working-day")
        low, high = ordinal, LAST
        while high - low > 1:
            middle = (low + high) // 2
            if self.count(middle) < target:
                low = middle
            else:
                high = middle
        return high
