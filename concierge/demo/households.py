"""What the made-up desk knows of a few households before its days begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from concierge.domain.wall import instant_of
from concierge.services import household_edit
from concierge.services.desk import Desk
from concierge.services.facts import NewFact, add_fact
from concierge.services.instructions import NewInstruction, add_instruction


class Households:
    """Households written from their rows, in one language.

    Args:
        desk: The desk.
        language: zh or en.
        now: The instant of the opening.
    """

    def __init__(self, desk: Desk, language: str, *, now: int) -> None:
        self._desk = desk
        self._language = language
        self._now = now

    def write(self, row: Mapping[str, Any], actor: str) -> None:
        """Write one household's row of the file."""
        unit, desk = row["unit"], self._desk
        values = {**row["values"], **self._said(row, ("salutation",))}
        household_edit.set_household(desk, unit=unit, values=values, actor=actor)
        file = household_edit.set_care(desk, unit=unit, flags=tuple(row["care"]), actor=actor)
        people = {each.name: each.id for each in file.members}
        for each in row.get("fact", ()):
            add_fact(desk, unit=unit, fact=self._fact(each, people), actor=actor)
        for each in row.get("instruction", ()):
            add_instruction(desk, unit=unit, instruction=self._instruction(each), actor=actor)
        for part in ("pet", "contact"):
            for each in row.get(part, ()):
                household_edit.add_part(
                    desk, unit=unit, part=part, values=self._said(each, each), actor=actor
                )

    def _fact(self, row: Mapping[str, Any], people: Mapping[str, int]) -> NewFact:
        plain = {name: row[name] for name in ("source", "day", "consent_by") if name in row}
        scope = self._said(row, ("consent_for",)).get("consent_for")
        member = people[row["member"]] if "member" in row else None
        return NewFact(aspect=row["aspect"], text=row[self._language], consent_scope=scope,
                       member_id=member, **plain)  # fmt: skip

    def _instruction(self, row: Mapping[str, Any]) -> NewInstruction:
        """It ends so many days on, or at the first of some times of day that comes."""
        today = self._desk.rules.calendar.date_of(self._now)
        if "days" in row:
            ends_on, to_time = today + timedelta(days=row["days"]), None
        else:
            ends_on, to_time = self._next(today, row["ends"])
        return NewInstruction(
            text=row[self._language],
            ends_on=ends_on.isoformat(),
            to_time=to_time,
            given_by=row["given_by"],
        )

    def _next(self, today: date, hours: Iterable[str]) -> tuple[date, str]:
        """The first of these times of day after the opening."""
        moments = [(today + timedelta(days=day), hour) for day in (0, 1) for hour in hours]
        zone = self._desk.rules.calendar.zone
        return next(
            (day, hour)
            for day, hour in moments
            if instant_of(day, _minutes(hour), zone) > self._now
        )

    def _said(self, row: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
        """Values of a row, those in two languages in the day's."""
        found = {name: row[name] for name in names if name in row}
        return {
            name: value[self._language] if isinstance(value, dict) else value
            for name, value in found.items()
        }


def _minutes(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])
