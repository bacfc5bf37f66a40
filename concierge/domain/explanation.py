"""Why a limit is due when it is: the days one by one, as the desk reads them to a resident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from concierge.domain.calendar import Calendar
from concierge.domain.counting import Count, count_out
from concierge.domain.limit import Limit, Unit

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day of a count: whether it counted, why, and who decreed it.

    The codes are those of ``DayReason``, besides "received" for the day on which the matter came
    in and "elapsed" for real time; ``source`` is empty for the weekly pattern.
    """

    date: date
    counted: bool
    reason: str
    source: str


def explain(limit: Limit, counted_from: int, calendar: Calendar) -> tuple[DayCount, ...]:
    """Every day from the one on which the matter came in to the one on which it is due.

    Minutes and hours run day and night: there only the first and the last day are told.

    Raises:
        Refusal: as ``limit_due``.
    """
    count = count_out(limit, counted_from, calendar)
    if limit.unit in {Unit.MINUTES, Unit.HOURS}:
        ends = sorted({count.first, count.last})
        return tuple(DayCount(day, counted=True, reason="elapsed", source="") for day in ends)
    if limit.unit is Unit.BUSINESS_MINUTES:
        return tuple(_business_days(count, counted_from, calendar))
    received = DayCount(count.first, counted=False, reason="received", source="")
    return (received, *_days(limit, count, calendar))


def _days(limit: Limit, count: Count, calendar: Calendar) -> Iterator[DayCount]:
    for nth, day in enumerate(_after(count.first, count.last), start=1):
        why = calendar.why(day)
        counted = nth <= limit.amount if limit.unit is Unit.DAYS else calendar.is_working(day)
        yield DayCount(day, counted, why.code, why.source)


def _business_days(count: Count, counted_from: int, calendar: Calendar) -> Iterator[DayCount]:
    """A day counts when time was taken from it; the first may have come in after closing."""
    for day in (count.first, *_after(count.first, count.last)):
        start = max(counted_from, calendar.instant(day, 0))
        end = min(count.due_at, calendar.instant(day, 1440))
        counted = end > start and calendar.business_between(start, end) > 0
        why = calendar.why(day)
        if day == count.first and not counted:
            yield DayCount(day, counted, "received", "")
        else:
            yield DayCount(day, counted, why.code, why.source)


def _after(first: date, last: date) -> Iterator[date]:
    while first < last:
        first += _DAY
        yield first
