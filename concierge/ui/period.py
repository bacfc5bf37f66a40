"""Which days a report is about: a day, a week from Monday, a month; the ones before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

EXTENTS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days: ``extent`` is one of ``EXTENTS``, ``on`` a day in it."""

    extent: str
    on: date

    @property
    def first(self) -> date:
        """Its first day."""
        if self.extent == "week":
            return self.on - timedelta(days=self.on.weekday())
        return self.on.replace(day=1) if self.extent == "month" else self.on

    @property
    def last(self) -> date:
        """Its last day."""
        if self.extent == "week":
            return self.first + timedelta(days=6)
        if self.extent == "month":
            return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return self.on

    def moved(self, by: int) -> Days:
        """The stretch after it (1) or before it (-1)."""
        on = self.last + timedelta(days=1) if by > 0 else self.first - timedelta(days=1)
        return replace(self, on=on)
