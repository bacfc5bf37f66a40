"""Time, slowly and obviously right: days and minutes are stepped through one by one.

Written from the text of the rules alone; it shares nothing with the code it judges but the names of the
limits. It reads the raw mapping of calendar files and knows zones only by asking what the wall shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Raw = Mapping[str, Any]


def wall(at: int, zone: str) -> datetime:
    """What the clock on the wall shows, without a zone."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@cache
def first_showing(day: date, minutes: int, zone: str) -> int:
    """The first minute at which the wall shows this time or a later one."""
    wanted = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001
    offset = wanted.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    assert offset is not None
    at = int((wanted.replace(tzinfo=UTC) - offset).timestamp()) - 3 * 3600
    assert wall(at, zone) < wanted
    while wall(at, zone) < wanted:
        at += 60
    return at


def minutes_of(text: str) -> tuple[int, int]:
    """ "08:30-12:00" as minutes."""
    start, end = (part.split(":") for part in text.split("-"))
    return int(start[0]) * 60 + int(start[1]), int(end[0]) * 60 + int(end[1])


class Oracle:
    """The answers a calendar must give for some raw files."""

    def __init__(self, files: Sequence[Raw], zone: str, hours: Raw) -> None:
        self.zone, self.hours, self.rest = zone, hours, list[str]()
        self.off, self.work = set[date](), set[date]()
        self.special: dict[date, list[str]] = {}
        through = []
        for file in files:
            self.zone = file.get("timezone", self.zone)
            self.hours = file.get("hours", self.hours)
            self.rest = file.get("rest", self.rest)
            off, work = self.dates(file.get("off", [])), self.dates(file.get("work", []))
            special = {date.fromisoformat(day): at for day, at in file.get("special", {}).items()}
            self.off |= off
            self.work |= work
            self.special.update(special)
            listed = [day.year for day in off | work | set(special)]
            through.append(file.get("verified_through", max(listed, default=0)))
        years = [day.year for day in self.off | self.work | set(self.special)]
        self.first, self.last = min(years, default=1), max(through, default=0)
        self.known: dict[date, list[tuple[int, int]]] = {}

    @staticmethod
    def dates(entries: Sequence[str]) -> set[date]:
        """Dates and ranges, one by one."""
        found = set()
        for entry in entries:
            first, last = (entry.split("/") * 2)[:2]
            day = date.fromisoformat(first)
            while day <= date.fromisoformat(last):
                found.add(day)
                day += timedelta(days=1)
        return found

    def verified(self, day: date) -> bool:
        """Whether the lists speak of this day's year."""
        return self.first <= day.year <= self.last

    def open_hours(self, day: date) -> list[tuple[int, int]]:
        """When the desk is open, worked or not."""
        hours = self.hours.get(NAMES[day.weekday()], [])
        if self.verified(day):
            if day in self.special:
                hours = self.special[day]
            elif day in self.work and not hours:
                hours = self.hours.get("mon", [])
        return [minutes_of(text) for text in hours]

    def working(self, day: date) -> bool:
        """A day with opening hours that is in special, or in work, or in neither rest nor off."""
        if not self.open_hours(day):
            return False
        if self.verified(day):
            if day in self.special or day in self.work:
                return True
            if day in self.off:
                return False
        return NAMES[day.weekday()] not in self.rest

    def closing(self, day: date) -> int:
        """The last closing of a day that opens."""
        return first_showing(day, self.open_hours(day)[-1][1], self.zone)

    def date_of(self, at: int) -> date:
        """The date on the wall."""
        return wall(at, self.zone).date()

    def spans(self, day: date) -> list[tuple[int, int]]:
        """When business is done on a working day, as instants; nothing on others."""
        if day not in self.known:
            self.known[day] = [
                (first_showing(day, start, self.zone), first_showing(day, end, self.zone))
                for start, end in self.open_hours(day)
                if self.working(day)
            ]
        return self.known[day]

    def is_business(self, at: int) -> bool:
        """Whether business is done in the second that starts at an instant."""
        return any(start <= at < end for start, end in self.spans(self.date_of(at)))

    def due(self, amount: int, unit: str, at: int) -> tuple[int, bool]:
        """When a limit is due and whether that is provisional."""
        day = first = self.date_of(at)
        if unit in {"minutes", "hours"}:
            return at + amount * {"minutes": 60, "hours": 3600}[unit], False
        if unit == "business minutes":
            left = amount * 60
            while left:
                # Opening and closing fall on whole minutes: within one nothing changes.
                chunk = min(60 - at % 60, left)
                left -= chunk if self.is_business(at) else 0
                at += chunk
            return at, self.unsure(first, self.date_of(at - 1))
        rested_on = first + timedelta(days=1)
        if unit == "days":
            day = rested_on = first + timedelta(days=amount)
            while not self.working(day):
                day += timedelta(days=1)
        else:
            while amount:
                day += timedelta(days=1)
                amount -= self.working(day)
        return self.closing(day), self.unsure(rested_on, day)

    def unsure(self, first: date, last: date) -> bool:
        """Whether any day from first to last lies outside of the lists."""
        while first <= last:
            if not self.verified(first):
                return True
            first += timedelta(days=1)
        return False
