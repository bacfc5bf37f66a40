"""The made-up property of ``concierge demo``: a real store, filled by the same use cases as any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from concierge.bootstrap import found_property, open_desk
from concierge.clock import Clock, FixedClock, SystemClock
from concierge.paths import data_folder
from concierge.services import agreeing, changes, escalating, household_edit, progress, shifts
from concierge.services.desk import Desk
from concierge.services.facts import NewFact, add_fact
from concierge.services.instructions import NewInstruction, add_instruction
from concierge.services.intake import Intake, add_ticket
from concierge.services.roster import import_roster
from concierge.services.staffing import NewStaff
from concierge.services.sweep import next_due, sweep
from concierge.settings import read_toml

_FIRST_MINUTES = 3000
Step = tuple[int, Callable[[], object]]


def build_demo(home: Path, *, language: str | None, clock: Clock | None = None) -> None:
    """Fill a new store in ``home`` with a made-up property in the middle of a working day.

    Args:
        home: The folder of the store, which must not have one.
        language: zh or en; the day's words and the staff's names are in it.
        clock: What time it is when the desk opens, the machine's if None.
    """
    day = read_toml(data_folder() / "demo" / "day.toml", what="policy")
    now = (clock or SystemClock()).now()
    _Day(home, day, language or "zh", now).build()


class _Day:
    """One day told from its file: steps in the order of time, with a sweep whenever one is due."""

    def __init__(self, home: Path, day: Mapping[str, Any], language: str, now: int) -> None:
        self._home = home
        self._day = day
        self._language = language
        self._now = now
        self._names = {row["id"]: row[language] for row in day["staff"]}
        self._clock = FixedClock(now - _FIRST_MINUTES * 60)
        self._numbers: dict[int, str] = {}

    def build(self) -> None:
        """Found the property, bring its roster in, and live through its day."""
        self._found()
        for row in self._day["household"]:
            self._household(row)
        steps: list[Step] = [(self._at(row), self._shift(row)) for row in self._day["shift"]]
        steps += [(self._at(row), self._note(row)) for row in self._day["note"]]
        for place, row in enumerate(self._day["ticket"]):
            steps += self._ticket(place, row)
        for at, step in sorted(steps, key=lambda step: step[0]):
            self._sweep_until(at)
            step()
        self._sweep_until(self._now)
        self._desk.store.close()

    def _found(self) -> None:
        staff = [
            NewStaff(row[self._language], row["role"], row["phone"]) for row in self._day["staff"]
        ]
        made = found_property(
            self._home,
            name=self._day["property"][self._language],
            language=self._language,
            staff=staff,
            rehearsal=True,
            environ={},
        )
        made.store.close()
        opened = open_desk(self._home, name=None, environ={}).desk
        self._desk = Desk(opened.store, self._clock, opened.rules, opened.name)
        import_roster(self._desk, path=data_folder() / "demo" / "roster.csv")

    def _household(self, row: Mapping[str, Any]) -> None:
        """What the desk knew of a household before the day began."""
        unit, actor, desk = row["unit"], self._names[row["by"]], self._desk
        values = {**row["values"], **self._said(row, ("salutation",))}
        household_edit.set_household(desk, unit=unit, values=values, actor=actor)
        file = household_edit.set_care(desk, unit=unit, flags=tuple(row["care"]), actor=actor)
        people = {each.name: each.id for each in file.members}
        today = desk.rules.calendar.date_of(self._now)
        for each in row.get("fact", ()):
            plain = {name: each[name] for name in ("source", "day", "consent_by") if name in each}
            scope = self._said(each, ("consent_for",)).get("consent_for")
            fact = NewFact(aspect=each["aspect"], text=each[self._language], consent_scope=scope,
                           member_id=people.get(each.get("member")), **plain)  # fmt: skip
            add_fact(desk, unit=unit, fact=fact, actor=actor)
        for each in row.get("instruction", ()):
            asked = NewInstruction(
                text=each[self._language],
                ends_on=(today + timedelta(days=each["days"])).isoformat(),
                given_by=each["given_by"],
            )
            add_instruction(desk, unit=unit, instruction=asked, actor=actor)
        for part in ("pet", "contact"):
            for each in row.get(part, ()):
                household_edit.add_part(
                    desk, unit=unit, part=part, values=self._said(each, each), actor=actor
                )

    def _said(self, row: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
        """Values of a row, those in two languages in the day's."""
        found = {name: row[name] for name in names if name in row}
        return {
            name: value[self._language] if isinstance(value, dict) else value
            for name, value in found.items()
        }

    def _at(self, row: Mapping[str, Any]) -> int:
        return self._now - int(row["ago"]) * 60

    def _sweep_until(self, at: int) -> None:
        while (due := next_due(self._desk)) is not None and due < at:
            self._clock.at = due + 1
            sweep(self._desk)
        self._clock.at = at

    def _shift(self, row: Mapping[str, Any]) -> Callable[[], object]:
        return lambda: shifts.start_shift(self._desk, actor=self._names[row["by"]])

    def _note(self, row: Mapping[str, Any]) -> Callable[[], object]:
        actor, text = self._names[row["by"]], row[self._language]
        return lambda: shifts.note_shift(self._desk, text=text, actor=actor)

    def _ticket(self, place: int, row: Mapping[str, Any]) -> list[Step]:
        """Taking the ticket in, and what was done to it later."""
        actor = self._names[row["by"]]
        steps: list[Step] = [(self._at(row), lambda: self._add(place, row, actor))]
        if "assign" in row:
            to = self._names[row["assign"]]
            steps.append(
                (
                    self._at(row),
                    lambda: changes.assign(
                        self._desk, number=self._numbers[place], to=to, actor=actor
                    ),
                )
            )
        if "attend" in row:
            text = row["attend"][self._language]
            steps.append((self._at(row["attend"]), lambda: self._attend(place, text, actor)))
        if "acknowledge" in row:
            by = self._names[row["acknowledge"]["by"]]
            steps.append(
                (
                    self._at(row["acknowledge"]),
                    lambda: escalating.acknowledge(
                        self._desk, number=self._numbers[place], actor=by
                    ),
                )
            )
        if "agree" in row:
            agreed = row["agree"]
            steps.append((self._at(agreed), lambda: self._agree(place, agreed, actor)))
        return steps

    def _add(self, place: int, row: Mapping[str, Any], actor: str) -> None:
        asked = row.get("asked_in")
        where, answered = row.get("place"), row.get("answered")
        ticket = add_ticket(
            self._desk,
            intake=Intake(
                category=row["category"],
                words=row[self._language],
                unit=row.get("unit"),
                place=where[self._language] if where else None,
                against=row.get("against"),
                channel="phone",
                answered=answered[self._language] if answered else None,
                confirmed=row.get("confirmed", False),
                agreed_at=self._clock.at + asked * 60 if asked else None,
                unverified=True,
            ),
            actor=actor,
        )
        self._numbers[place] = ticket.number

    def _attend(self, place: int, text: str, actor: str) -> None:
        progress.record(
            self._desk, action="attend", number=self._numbers[place], actor=actor, text=text
        )

    def _agree(self, place: int, agreed: Mapping[str, Any], actor: str) -> None:
        agreeing.agree(
            self._desk,
            number=self._numbers[place],
            agreed_at=self._clock.at + agreed["in"] * 60,
            agreed_with=agreed["with"],
            actor=actor,
        )
