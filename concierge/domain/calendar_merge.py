"""Several calendar files as one: entries unite, and the last file that gives a zone or hours wins."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import MINYEAR, date
from zoneinfo import ZoneInfo

from concierge.domain.calendar_file import CalendarFile, Interval, check_zone


@dataclass(frozen=True, slots=True)
class Special:
    """Opening hours of a single date (empty = closed) and who decreed them."""

    hours: tuple[Interval, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Merged:
    """All that a calendar's answers depend on; ``version`` is a hash of it.

    ``hours`` has all seven weekdays; ``off`` and ``work`` map dates to their sources. Lists hold
    from ``first_year`` to ``verified_through``; None when they are verified for no year.
    """

    zone: ZoneInfo
    rest: frozenset[int]
    hours: Mapping[int, tuple[Interval, ...]]
    off: Mapping[date, str]
    work: Mapping[date, str]
    special: Mapping[date, Special]
    first_year: int
    verified_through: int | None
    version: str

    @property
    def listed(self) -> frozenset[date]:
        """Every date that any list names."""
        return frozenset((*self.off, *self.work, *self.special))


def merge(
    files: Sequence[CalendarFile], *, zone: str, hours: Mapping[int, tuple[Interval, ...]]
) -> Merged:
    """Merge files over the zone and hours of the policy.

    A file without ``verified_through`` is verified through the last year that it lists; without a
    list, for none. The lists of all files hold from the first listed year of any, or from the
    start of time when none lists a date.

    Raises:
        Refusal: ``calendar.bad`` for a zone that does not exist.
    """
    rest: frozenset[int] = frozenset()
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    special: dict[date, Special] = {}
    through: list[int] = []
    for file in files:
        zone = zone if file.timezone is None else file.timezone
        rest = rest if file.rest is None else file.rest
        hours = hours if file.hours is None else file.hours
        off |= dict.fromkeys(file.off, file.source)
        work |= dict.fromkeys(file.work, file.source)
        special |= {day: Special(spans, file.source) for day, spans in file.special.items()}
        listed = file.listed_years
        if file.verified_through is not None:
            through.append(file.verified_through)
        elif listed:
            through.append(max(listed))
    first = min((day.year for day in (*off, *work, *special)), default=MINYEAR)
    week = {day: tuple(hours.get(day, ())) for day in range(7)}
    last = max(through, default=None)
    return Merged(
        zone=check_zone(zone),
        rest=rest,
        hours=week,
        off=off,
        work=work,
        special=special,
        first_year=first,
        verified_through=last,
        version=_hash([
            zone, sorted(rest), sorted(week.items()), _dated(off), _dated(work),
            _dated({day: [item.hours, item.source] for day, item in special.items()}), first, last,
        ]),
    )  # fmt: skip


def _dated(entries: Mapping[date, object]) -> list[tuple[str, object]]:
    return [(day.isoformat(), entries[day]) for day in sorted(entries)]


def _hash(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
