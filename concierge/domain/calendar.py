"""The calendar of a property: its zone, its working days and its opening hours.

What a working day is, and which entry wins: ``special`` over ``work`` over ``off`` over the weekly
pattern, and in years that no list covers the weekly pattern alone, provisional.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime
from zoneinfo import ZoneInfo

from concierge.domain.calendar_file import CalendarFile, Interval
from concierge.domain.calendar_merge import Merged, merge
from concierge.domain.day_pattern import LAST, DayPattern
from concierge.domain.expansion import Expansion, Piece, counter
from concierge.domain.wall import instant_of, wall_time

__all__ = ["Calendar", "CalendarFile", "DayReason", "Interval"]

MONDAY = 0
_WORKED = frozenset({"working", "make-up", "special"})
# Years that a table reaches past what is asked, on either side: the next question is near.
_MARGIN = 1
_FAR = 100


@dataclass(frozen=True, slots=True)
class DayReason:
    """Why a day is worked or not.

    ``code`` is working, weekend (rest), holiday (off), make-up (work), special or closed;
    ``source`` says who decreed it, empty for the weekly pattern; ``provisional`` that no list
    covers the year.
    """

    code: str
    source: str
    provisional: bool


class Calendar:
    """Working days, opening hours and business time of one property."""

    def __init__(self, merged: Merged) -> None:
        self.zone: ZoneInfo = merged.zone
        self.version: str = merged.version
        self._merged = merged
        self._first, self._through = merged.first_year, merged.verified_through
        listed = [day for day in merged.listed if self._is_listed(day)]
        week = range(7)
        self._working = DayPattern(
            (day for day in week if merged.hours[day] and day not in merged.rest),
            {day: self.is_working(day) for day in listed},
        )
        self._open = DayPattern(
            (day for day in week if merged.hours[day]),
            {day: bool(self.hours_of(day)) for day in listed},
        )
        self._expansion: Expansion | None = None

    @classmethod
    def build(
        cls,
        files: Sequence[CalendarFile],
        *,
        zone: str,
        hours: Mapping[int, tuple[Interval, ...]],
    ) -> Calendar:
        """Merge calendar files over the ``zone`` and ``hours`` of the policy.

        Raises:
            Refusal: ``calendar.bad`` for a zone that does not exist.
        """
        return cls(merge(files, zone=zone, hours=hours))

    def date_of(self, at: int) -> date:
        """The date on the wall at an instant (``time.range`` outside of the years 1 to 9999)."""
        return wall_time(at, self.zone).date()

    def local(self, at: int) -> datetime:
        """The wall time of an instant, aware (``time.range`` outside of the years 1 to 9999)."""
        return wall_time(at, self.zone)

    def instant(self, day: date, minutes: int) -> int:
        """The instant of ``minutes`` (0 to 1440) after 00:00 of a day, by its wall clock."""
        return instant_of(day, minutes, self.zone)

    def is_working(self, day: date) -> bool:
        """Whether a day is a working day."""
        return self.why(day).code in _WORKED

    def hours_of(self, day: date) -> tuple[Interval, ...]:
        """The opening hours of a day, worked or not, in wall minutes; empty when closed."""
        merged, weekly = self._merged, self._merged.hours[day.weekday()]
        if self._is_listed(day):
            if day in merged.special:
                return merged.special[day].hours
            if day in merged.work:
                return weekly or merged.hours[MONDAY]
        return weekly

    def opening(self, day: date) -> int | None:
        """The instant at which a day, worked or not, first opens; None when closed."""
        hours = self.hours_of(day)
        return self.instant(day, hours[0][0]) if hours else None

    def closing(self, day: date) -> int | None:
        """The instant at which a day, worked or not, closes at last; None when closed."""
        hours = self.hours_of(day)
        return self.instant(day, hours[-1][1]) if hours else None

    def next_opening(self, after: int) -> int:
        """The first opening of a day, worked or not, strictly after an instant.

        Raises:
            Refusal: ``calendar.no-working-day`` when the desk never opens again.
        """
        ordinal = self.date_of(after).toordinal() - 1
        while True:
            ordinal = self._open.after(ordinal, 1)
            opening = self.opening(date.fromordinal(ordinal))
            if opening is not None and opening > after:
                return opening

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether any year from ``first`` to ``last`` is covered by no list."""
        return not (self._is_listed(first) and self._is_listed(last))

    def add_working_days(self, day: date, k: int) -> date:
        """The k-th working day after a day; k is at least 1.

        Raises:
            Refusal: ``calendar.no-working-day`` when there is none before the end of the year
                9999.
        """
        return date.fromordinal(self._working.after(day.toordinal(), k))

    def working_day_from(self, day: date) -> date:
        """The day itself when it is a working day, else the next one.

        Raises:
            Refusal: ``calendar.no-working-day`` when there is none before the end of the year 9999.
        """
        return date.fromordinal(self._working.after(day.toordinal() - 1, 1))

    def add_business(self, at: int, seconds: int) -> int:
        """The instant ``seconds`` (at least 1) of business time after another: two bisections.

        Time that runs out exactly at closing is due at closing.

        Raises:
            Refusal: ``calendar.no-working-day`` when it never runs out; ``time.range``.
        """
        table = self._table(at, at)
        while (due := table.due(at, seconds)) is None:
            table = self._later(table)
        return due

    def business_counter(self, seconds: int) -> Callable[[int], int]:
        """``add_business`` for one length of time, worked out (in milliseconds) for many instants."""
        slots: dict[int, Piece] = {}
        known: Expansion | None = None

        def missing(at: int) -> int:
            nonlocal known
            due = self.add_business(at, seconds)
            table = self._expansion
            if table is not None and table is not known:
                known = table
                slots.update(table.slots(seconds))
            return due

        return counter(slots, missing)

    def business_between(self, a: int, b: int) -> int:
        """The business seconds from one instant to another; negative when b is before a."""
        table = self._table(min(a, b), max(a, b))
        return table.total(b) - table.total(a)

    def why(self, day: date) -> DayReason:
        """Why a day is worked or not, and who says so."""
        merged, weekday = self._merged, day.weekday()
        if not self._is_listed(day):
            return DayReason(self._weekly(weekday), "", provisional=True)
        if day in merged.special:
            special = merged.special[day]
            code = "special" if special.hours else "closed"
            return DayReason(code, special.source, provisional=False)
        if day in merged.work:
            code = "make-up" if self.hours_of(day) else "closed"
            return DayReason(code, merged.work[day], provisional=False)
        if day in merged.off:
            return DayReason("holiday", merged.off[day], provisional=False)
        return DayReason(self._weekly(weekday), "", provisional=False)

    def _weekly(self, weekday: int) -> str:
        if weekday in self._merged.rest:
            return "weekend"
        return "working" if self._merged.hours[weekday] else "closed"

    def _is_listed(self, day: date) -> bool:
        return self._through is not None and self._first <= day.year <= self._through

    def _table(self, first: int, last: int) -> Expansion:
        """A table that covers the instants from ``first`` to ``last``."""
        table = self._expansion
        if table is not None and table.covers(first) and table.covers(last):
            return table
        low, high = self.date_of(first).year - _MARGIN, self.date_of(last).year + _MARGIN
        # Centuries away nobody comes back: a table of its own costs less than all the years between.
        if table is not None and table.first - _FAR < low and high < table.last + _FAR:
            low, high = min(table.first, low), max(table.last, high)
        return self._expand(low, high)

    def _later(self, table: Expansion) -> Expansion:
        """A table that reaches twice as far, for a count that ran off the end of this one."""
        done = min(date(table.last, 12, 31).toordinal(), LAST)
        self._working.after(done, 1)  # refuses when no working day can come
        return self._expand(table.first, table.last + (table.last - table.first) + 1)

    def _expand(self, first: int, last: int) -> Expansion:
        """Build the table of some years and make it the calendar's.

        Threads may build at the same time; each gets a whole table, and any of them may stay.
        """
        first, last = max(first, MINYEAR), min(last, MAXYEAR)
        start = date(first, 1, 1)
        end = min(date(last, 12, 31).toordinal(), LAST)
        self._expansion = Expansion(
            first,
            last,
            self.instant(start, 0),
            self.instant(date.fromordinal(end), 1440),
            self._intervals(start.toordinal(), end),
        )
        return self._expansion

    def _intervals(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        for ordinal in range(first, last + 1):
            day = date.fromordinal(ordinal)
            if self.is_working(day):
                for start, end in self.hours_of(day):
                    yield self.instant(day, start), self.instant(day, end)
