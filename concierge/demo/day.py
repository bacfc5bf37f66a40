"""The made-up property's days told from their file: steps in the order of time, swept as they come due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from concierge.bootstrap import found_property, open_desk
from concierge.clock import NOW_VARIABLE, FixedClock
from concierge.demo.handing import Count, Step, turn_steps
from concierge.demo.households import Households
from concierge.demo.matters import Matter
from concierge.demo.rota import Rota
from concierge.domain.instants import iso
from concierge.paths import data_folder
from concierge.services import handover_signing, shifts
from concierge.services.desk import Desk
from concierge.services.roster import import_roster
from concierge.services.staffing import NewStaff
from concierge.services.sweep import GAP_SECONDS, next_due, sweep

_FIRST_MINUTES = 3000
_EVE = 24 * 60 * 60
"""Seconds before the first shift at which the property is founded: on no day that a report shows."""
_REVIEWED = 2
"""The director has looked at the handover before the last one."""


class Day:
    """Some days of shifts up to the opening; the last one has not ended yet.

    Args:
        home: The folder of the store, which must not have one.
        told: What ``data/demo/day.toml`` tells.
        language: zh or en.
        now: The instant of the opening.
    """

    def __init__(self, home: Path, told: Mapping[str, Any], language: str, now: int) -> None:
        self._home = home
        self._told = told
        self._language = language
        self._now = now
        self._looked = now
        self._names: dict[str, str] = {row["id"]: row[language] for row in told["staff"]}

    def build(self) -> None:
        """Found the property, bring its roster in, and live through its days."""
        self._found()
        self._durable("OFF")
        households = Households(self._desk, self._language, now=self._now)
        for row in self._told["household"]:
            households.write(row, self._names[row["by"]])
        lived = (step for step in self._steps() if step[0] <= self._now)
        steps = sorted(lived, key=lambda step: step[0])
        self._looked = steps[0][0]  # before the first shift nobody keeps watch
        for at, step in steps:
            self._watch_until(at)
            step()
        self._watch_until(self._now)
        self._durable("FULL")
        self._desk.store.close()

    def _durable(self, how: str) -> None:
        """Whether each save waits for the disk: two days in a second need to be safe at their end only."""
        raw = self._desk.store.engine.raw_connection()
        try:
            raw.cursor().execute(f"PRAGMA synchronous = {how}")
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()

    def _found(self) -> None:
        founded = self._now - _FIRST_MINUTES * 60 - _EVE
        made = found_property(
            self._home,
            name=self._told["property"][self._language],
            language=self._language,
            staff=[
                NewStaff(row[self._language], row["role"], row["phone"])
                for row in self._told["staff"]
            ],
            rehearsal=True,
            environ={NOW_VARIABLE: iso(founded, ZoneInfo("UTC"))},
        )
        made.store.close()
        opened = open_desk(self._home, name=None, environ={}).desk
        self._clock = FixedClock(founded)
        self._desk = Desk(opened.store, self._clock, opened.rules, opened.name)
        rules = opened.rules.policy.shifts
        assert rules is not None
        self._rota = Rota.of(
            rules,
            opened.rules.calendar.zone,
            team=self._told["rota"]["team"],
            since=self._now - _FIRST_MINUTES * 60,
            now=self._now,
        )
        import_roster(self._desk, path=data_folder() / "demo" / "roster.csv")

    def _steps(self) -> Iterator[Step]:
        """Everything that happens; of what happens at one instant the turn of shifts comes first."""
        turns = self._rota.turns
        for nth, turn in enumerate(turns):
            yield from turn_steps(self._desk, turn, self._names, self._counts(nth))
        if len(turns) > _REVIEWED:
            review = self._told["review"]
            yield turns[-_REVIEWED].at + review["after"] * 60, partial(self._review, review)
        matters = {}
        for place, row in enumerate(self._told["ticket"]):
            matter = Matter(self._desk, self._language, row,
                            at=self._at, actor=self._on_shift, names=self._names)  # fmt: skip
            matters[row.get("id", place)] = matter
            yield from matter.steps()
        for row in self._told["note"]:
            yield self._noted_at(row), partial(self._note, row, matters.get(row.get("ticket")))

    def _at(self, row: Mapping[str, Any]) -> int:
        if "before" in row:
            return self._rota.turns[-1].at - int(row["before"]) * 60
        return self._now - int(row["ago"]) * 60

    def _noted_at(self, row: Mapping[str, Any]) -> int:
        """Of a note for the present shift: as long after its start as fits, however young the shift is."""
        return (
            max(self._at(row), self._rota.turns[-1].signed_at)
            if row.get("present")
            else self._at(row)
        )

    def _on_shift(self, at: int) -> str:
        return self._names[self._rota.on_shift(at)]

    def _watch_until(self, at: int) -> None:
        """As an open desk does: sweep whatever comes due, and so often that the watch has no gap."""
        while (look := self._next_look()) <= at:
            self._clock.at = self._looked = look
            sweep(self._desk)
        self._clock.at = at

    def _next_look(self) -> int:
        latest, due = self._looked + GAP_SECONDS, next_due(self._desk)
        return latest if due is None else min(latest, due + 1)

    def _counts(self, nth: int) -> dict[str, Count]:
        """What is counted at the nth turn; at the last one something is not as it should be."""
        last = nth == len(self._rota.turns) - 1
        counts = {}
        for row in self._told["count"]:
            usual = row["counted"]
            counts[row["item"]] = Count(usual[nth % len(usual)])
            if last and (missed := row.get("last")):
                counts[row["item"]] = Count(missed["counted"], missed[self._language])
        return counts

    def _review(self, row: Mapping[str, Any]) -> None:
        running = shifts.current_shift(self._desk)
        assert running is not None
        handover_signing.review_handover(
            self._desk,
            shift=running.id - 1,  # there is one desk, which numbers its shifts one after another
            actor=self._names[row["by"]],
            note=row[self._language],
        )

    def _note(self, row: Mapping[str, Any], about: Matter | None) -> None:
        shifts.note_shift(
            self._desk,
            text=row[self._language],
            actor=self._on_shift(self._clock.at),
            flag=row.get("flag"),
            unit=row.get("unit"),
            ticket=about.number if about is not None else None,
        )
