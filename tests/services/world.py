"""A property for the tests of the use cases: its store, its clock, and short words for what a desk does."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from concierge.clock import FixedClock
from concierge.domain.instants import parse_instant
from concierge.services import progress
from concierge.services.desk import Desk
from concierge.services.intake import Intake, add_ticket
from concierge.services.rulebook import Rulebook
from concierge.services.rules import Moved, adopt
from concierge.services.staffing import NewStaff
from concierge.services.sweep import sweep
from concierge.services.ticket_view import show_ticket
from concierge.services.verify import verify
from concierge.services.views import ClockView, TicketView
from concierge.settings import shipped_calendars, shipped_policy
from concierge.store.engine import FILE_NAME
from concierge.store.opening import open_store

ZONE = ZoneInfo("Asia/Shanghai")
STAFF = (
    NewStaff("Chen", "concierge", "13800000001"),
    NewStaff("Sun", "concierge"),
    NewStaff("Zhou", "supervisor", "13800001234"),
    NewStaff("Lin", "director"),
    NewStaff("Gao", "manager"),
)


def at(text: str) -> int:
    """An instant by the clock on the property's wall; without a date, Monday 23 November 2026."""
    return parse_instant(text if "-" in text else f"2026-11-23T{text}", ZONE)


@dataclass
class World:
    """One property, its lobby desk, and the clock that the test sets."""

    home: Path
    desk: Desk
    clock: FixedClock

    def go(self, text: str) -> int:
        """Let it be that time."""
        self.clock.at = at(text)
        return self.clock.at

    def add(self, category: str, *, by: str = "Chen", **fields: Any) -> TicketView:
        """Take a matter in."""
        fields.setdefault("words", "楼上中午还在打电钻")
        return add_ticket(self.desk, intake=Intake(category=category, **fields), actor=by)

    def do(self, action: str, ticket: TicketView, *, by: str = "Chen", **more: Any) -> TicketView:
        """Attend, answer or resolve."""
        return progress.record(self.desk, action=action, number=ticket.number, actor=by, **more)

    def show(self, ticket: TicketView) -> TicketView:
        """The ticket as it stands now."""
        return show_ticket(self.desk, number=ticket.number)

    def sweep(self) -> list[tuple[str, int, str, tuple[str, ...]]]:
        """Sweep: clock, rung, role and people of whatever fired."""
        return [(f.clock, f.rung, f.to, f.people) for f in sweep(self.desk).fired]

    def adopt(
        self,
        policy: Mapping[str, object] | None = None,
        calendars: Sequence[Mapping[str, object]] | None = None,
    ) -> tuple[Moved, ...]:
        """Put other rules into force at this desk."""
        rules, moved = adopt(
            self.desk.store,
            self.clock,
            desk=self.desk.name,
            policy=policy or shipped_policy(),
            calendars=shipped_calendars() if calendars is None else calendars,
        )
        self.desk = Desk(self.desk.store, self.clock, rules, self.desk.name)
        return moved

    def beside(self, name: str = "lobby") -> Desk:
        """The same store as another program has it open."""
        rules = self.desk.rules
        fresh = Rulebook(
            rules.policy,
            rules.calendar,
            policy_version=rules.policy_version,
            calendar_version=rules.calendar_version,
        )
        return Desk(open_store(self.home), self.clock, fresh, name)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the file itself holds, by a connection of its own."""
        with closing(sqlite3.connect(self.home / FILE_NAME)) as raw:
            found = raw.execute(sql, values).fetchall()
            raw.commit()
            return found

    def is_sound(self) -> bool:
        """Whether the store proves itself; what does not hold is said."""
        report = verify(self.desk)
        assert report.problems == ()
        return report.ok


def clock_of(ticket: TicketView, kind: str) -> ClockView:
    """The clock of a kind."""
    return next(clock for clock in ticket.clocks if clock.kind == kind)


def rungs(ticket: TicketView) -> list[tuple[str, int, int, str]]:
    """The rungs on record: clock, generation, rung, role."""
    return [(e.clock, e.generation, e.rung, e.to) for e in ticket.escalations]


def kinds(ticket: TicketView) -> list[str]:
    """The kinds of the events on record."""
    return [event.kind for event in ticket.events]


def overtaken(ticket: TicketView, clock: str) -> list[int]:
    """The rungs of a clock that the last event came before."""
    rungs: Any = ticket.events[-1].data["overtaken"]
    return [rung for name, _, rung, _ in rungs if name == clock]
