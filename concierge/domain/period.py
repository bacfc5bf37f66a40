"""Days, weeks and months of a property: which days a report is about, and which ones it is compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from concierge.domain.refusal import Refusal
from concierge.domain.shift import ShiftRules, day_starts
from concierge.domain.wall import wall_time

LONGEST_DAYS = 400
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_ONE = timedelta(days=1)
_WEEK = 7
_MONTHS = 12
_FIRST_YEAR = 1970  # no store is older


@dataclass(frozen=True, slots=True)
class Period:
    """Days in a row, ``first`` to ``last``, and ``before``, the first of those they are compared with.

    The period before ends where this one begins.
    """

    first: date
    last: date
    before: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def read_day(text: str) -> date:
    """A date as 2026-11-30.

    Raises:
        Refusal: ``report.day`` for anything else, a year before 1970, or the last that a date can have.
    """
    said = text.strip()
    try:
        found = date.fromisoformat(said) if _DAY.fullmatch(said) else None
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= found.year < date.max.year:
        raise Refusal("report.day", text=said[:40])
    return found


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=_WEEK - 1)


def read_month(text: str) -> tuple[date, date]:
    """The first and last day of a month as 2026-11.

    Raises:
        Refusal: ``report.month`` for anything else, or a year before 1970.
    """
    said = text.strip()
    found = _MONTH.fullmatch(said)
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= month <= _MONTHS or not _FIRST_YEAR <= year < date.max.year:
        raise Refusal("report.month", text=said[:40])
    return date(year, month, 1), _months_on(date(year, month, 1), 1) - _ONE


def period(first: date, last: date, *, today: date) -> Period:
    """The days a report is about.

    Whole months are compared with as many months before them, all else with as many days before.

    Args:
        first: The first day.
        last: The last day, included; it may be yet to come.
        today: The date on the wall.

    Raises:
        Refusal: ``report.order``, ``report.long``, or ``report.future`` when not even the first day has come.
    """
    if last < first:
        raise Refusal("report.order", first=first.isoformat(), last=last.isoformat())
    if first > today:
        raise Refusal("report.future", day=first.isoformat())
    days = (last - first).days + 1
    if days > LONGEST_DAYS:
        raise Refusal("report.long", days=days, longest=LONGEST_DAYS)
    months = _whole_months(first, last)
    before = _months_on(first, -months) if months else first - timedelta(days=days)
    return Period(first, last, before)


def day_of(rules: ShiftRules | None, at: int, zone: ZoneInfo) -> date:
    """The property's day in which an instant lies: before its first shift it is still the day before."""
    day = wall_time(at, zone).date()
    return day if day_starts(rules, day, zone) <= at else day - _ONE


def _whole_months(first: date, last: date) -> int:
    """How many whole months the days are; 0 when they are none."""
    after = last + _ONE
    if first.day != 1 or after.day != 1:
        return 0
    return (after.year - first.year) * _MONTHS + after.month - first.month


def _months_on(day: date, months: int) -> date:
    """The first of the month so many months on."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    return date(day.year + years, month + 1, 1)
