"""A calendar file: which days are worked and when the desk is open, as somebody wrote it down.

The format (TOML): ``timezone``, ``source``, ``verified_through`` (a year), ``rest`` (weekdays),
``off`` and ``work`` (dates or ranges), ``[hours]`` by weekday, ``[special]`` by date. Every key
may be left out. A mistake is refused with the key of its line: ``calendar.bad`` with ``key``,
``problem`` and ``value``, where the problem is one of type, date, range, weekday, interval,
overlap, zone, year, unknown-key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from concierge.domain.refusal import Refusal

Interval = tuple[int, int]
"""Opening hours in wall minutes of the day: (start, end), 0 <= start < end <= 1440."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KEYS = frozenset(
    {"timezone", "source", "verified_through", "rest", "off", "work", "hours", "special"}
)
_FORM = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
_DAY = 24 * 60
# A closure of ten years is a closure for good; a longer range is a slip of the pen in the year.
_LONGEST_RANGE = 3660


def bad(key: str, problem: str, value: object) -> Refusal:
    """The refusal for a mistake at ``key``; the value is cut to what fits a sentence."""
    return Refusal("calendar.bad", key=key, problem=problem, value=str(value)[:80])


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What one calendar file says; what it leaves out is None, or empty where it lists nothing.

    ``rest`` holds weekdays (0 = Monday), ``hours`` opening hours by weekday (absent or empty =
    closed), ``special`` opening hours of single dates (empty = closed), ``off`` and ``work`` dates
    in the order given.
    """

    timezone: str | None = None
    source: str = ""
    verified_through: int | None = None
    rest: frozenset[int] | None = None
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    hours: Mapping[int, tuple[Interval, ...]] | None = None
    special: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)

    @classmethod
    def parse(cls, raw: Mapping[str, object]) -> CalendarFile:
        """Read a file from its TOML mapping.

        Raises:
            Refusal: ``calendar.bad`` with the key of the first mistake.
        """
        for key, value in raw.items():
            if key not in _KEYS:
                raise bad(key, "unknown-key", value)
        return cls(
            timezone=_zone(raw["timezone"]) if "timezone" in raw else None,
            source=_text(raw.get("source", ""), "source"),
            verified_through=_year(raw["verified_through"]) if "verified_through" in raw else None,
            rest=_weekdays(raw["rest"]) if "rest" in raw else None,
            off=_dates(raw.get("off", []), "off"),
            work=_dates(raw.get("work", []), "work"),
            hours=_hours(raw["hours"]) if "hours" in raw else None,
            special=_special(raw.get("special", {})),
        )

    @property
    def listed_years(self) -> frozenset[int]:
        """The years in which the file lists single dates."""
        return frozenset(day.year for day in (*self.off, *self.work, *self.special))


def parse_intervals(value: object, key: str = "hours") -> tuple[Interval, ...]:
    """Read opening hours of a day such as ["08:00-12:00", "13:00-24:00"]; an empty list is closed.

    Raises:
        Refusal: ``calendar.bad``: type, interval (not HH:MM-HH:MM, or ends before it starts) or
            overlap (not in order; one may start as the other ends).
    """
    intervals: list[Interval] = []
    for nth, text in enumerate(_texts(value, key)):
        form = _FORM.fullmatch(text)
        clock = [int(part) for part in form.groups()] if form else [0, 0, 0, 0]
        start, end = clock[0] * 60 + clock[1], clock[2] * 60 + clock[3]
        if not start < end <= _DAY:
            raise bad(f"{key}[{nth}]", "interval", text)
        if intervals and start < intervals[-1][1]:
            raise bad(f"{key}[{nth}]", "overlap", text)
        intervals.append((start, end))
    return tuple(intervals)


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise bad(key, "type", value)
    return value


def _texts(value: object, key: str) -> list[str]:
    if not isinstance(value, list | tuple):
        raise bad(key, "type", value)
    return [_text(item, f"{key}[{nth}]") for nth, item in enumerate(value)]


def _table(value: object, key: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise bad(key, "type", value)
    return value


def _zone(value: object) -> str:
    name = _text(value, "timezone")
    check_zone(name)
    return name


def check_zone(name: str) -> ZoneInfo:
    """The zone of a name.

    Raises:
        Refusal: ``calendar.bad`` at ``timezone`` for a name that no zone has.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise bad("timezone", "zone", name) from error


def _year(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad("verified_through", "type", value)
    if not MINYEAR <= value <= MAXYEAR:
        raise bad("verified_through", "year", value)
    return value


def _weekdays(value: object) -> frozenset[int]:
    names = _texts(value, "rest")
    for nth, name in enumerate(names):
        if name not in WEEKDAYS:
            raise bad(f"rest[{nth}]", "weekday", name)
    return frozenset(WEEKDAYS.index(name) for name in names)


def _date(text: str, key: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise bad(key, "date", text) from error
    # Python also reads 20260101 and 2026-W01-4; people misread them.
    if day.isoformat() != text:
        raise bad(key, "date", text)
    return day


def _dates(value: object, key: str) -> tuple[date, ...]:
    days: list[date] = []
    for nth, text in enumerate(_texts(value, key)):
        at = f"{key}[{nth}]"
        first, slash, last = text.partition("/")
        start = _date(first, at)
        span = (_date(last, at) - start).days if slash else 0
        if not 0 <= span < _LONGEST_RANGE:
            raise bad(at, "range", text)
        days += [start + timedelta(days=step) for step in range(span + 1)]
    return tuple(days)


def _hours(value: object) -> Mapping[int, tuple[Interval, ...]]:
    table = _table(value, "hours")
    for name in table:
        if name not in WEEKDAYS:
            raise bad(f"hours.{name}", "weekday", name)
    return MappingProxyType(
        {
            WEEKDAYS.index(name): parse_intervals(intervals, f"hours.{name}")
            for name, intervals in table.items()
        }
    )


def _special(value: object) -> Mapping[date, tuple[Interval, ...]]:
    return MappingProxyType(
        {
            _date(text, f"special.{text}"): parse_intervals(intervals, f"special.{text}")
            for text, intervals in _table(value, "special").items()
        }
    )
