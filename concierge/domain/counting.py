"""When a limit is due.

Minutes and hours are real time, business minutes run while the desk is open on a working day, and days
follow the Civil Code: the day on which the matter came in does not count (Art. 201); a period whose last
day is a rest day ends on the next day that is not; it ends when business closes (Art. 203).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concierge.domain.calendar import Calendar
from concierge.domain.day_pattern import LAST
from concierge.domain.limit import Limit, Unit
from concierge.domain.refusal import Refusal

MINUTE = 60
_REAL_SECONDS = {Unit.MINUTES: 60, Unit.HOURS: 3600}


@dataclass(frozen=True, slots=True)
class Count:
    """A limit counted out: received on ``first``, due at ``due_at`` on ``last``."""

    first: date
    last: date
    due_at: int
    provisional: bool


def limit_due(limit: Limit, counted_from: int, calendar: Calendar) -> tuple[int, bool]:
    """When a limit that is counted from an instant is due, and whether that is provisional.

    Provisional means that it rests on a year which no list of the calendar covers.

    Raises:
        Refusal: ``calendar.no-working-day`` when it never is; ``time.range`` beyond the year 9999.
    """
    if limit.unit in _REAL_SECONDS:
        due = counted_from + limit.amount * _REAL_SECONDS[limit.unit]
        calendar.local(due)  # refuses what no date can name
        return due, False
    counted = count_out(limit, counted_from, calendar)
    return counted.due_at, counted.provisional


def count_out(limit: Limit, counted_from: int, calendar: Calendar) -> Count:
    """Count a limit out, with the dates between which it runs.

    Raises:
        Refusal: as ``limit_due``.
    """
    first = calendar.date_of(counted_from)
    if limit.unit in _REAL_SECONDS:
        due, _ = limit_due(limit, counted_from, calendar)
        return Count(first, calendar.date_of(due), due, provisional=False)
    if limit.unit is Unit.BUSINESS_MINUTES:
        due = calendar.add_business(counted_from, limit.amount * MINUTE)
        last = day_ending(due, calendar)
        return Count(first, last, due, calendar.is_provisional(first, last))
    if limit.unit is Unit.WORKING_DAYS:
        last = calendar.add_working_days(first, limit.amount)
        rests_on = _days_later(first, 1)
    else:
        rests_on = _days_later(first, limit.amount)
        last = calendar.working_day_from(rests_on)
    closing = calendar.closing(last)
    assert closing is not None, "a working day has opening hours"
    return Count(first, last, closing, calendar.is_provisional(rests_on, last))


def day_ending(due: int, calendar: Calendar) -> date:
    """The day that a due time belongs to: 24:00 is the end of a day, not the start of the next."""
    return calendar.date_of(due - 1)


def _days_later(day: date, days: int) -> date:
    ordinal = day.toordinal() + days
    if ordinal > LAST:
        raise Refusal("calendar.no-working-day")
    return date.fromordinal(ordinal)
