"""A desk without a store for the screens at the phone: shipped rules, few households, what was asked."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from concierge.domain.calendar import Calendar
from concierge.domain.deadline import promise
from concierge.domain.household import parse_unit
from concierge.domain.policy import Category, Policy, parse_policy
from concierge.domain.ticket import default_agreed_clock
from concierge.services.card_views import HouseholdView, MemberView
from concierge.services.drafts import DraftView
from concierge.services.hits import HouseholdHit
from concierge.services.household_views import HouseholdCardNow
from concierge.services.intake import Intake
from concierge.services.news_views import RepeatView
from concierge.services.views import BoardRow, ClockView, EscalationView, TicketView
from tests.ui.fake_desk import HOUR, NOON, FakeDesk, row

DATA = Path(__file__).parents[2] / "data"


@cache
def shipped() -> Policy:
    """The shipped policy."""
    return parse_policy(tomllib.loads((DATA / "policy.toml").read_text("utf-8")))


@cache
def calendar() -> Calendar:
    """No holidays: the weekly pattern."""
    return Calendar.build((), zone="Asia/Shanghai", hours=shipped().hours)


HOUSEHOLDS = {
    "3-1201": HouseholdView(
        id=1,
        unit="3-1201",
        members=(
            MemberView("王建国", "业主", "138****1234"),
            MemberView("Liu Min [/b]", "spouse", "139****8888"),
        ),
        plates=("粤B·12345",),
        notes="Peanut allergy (Liu Min); ring after 18:00 only [link=x]",
        open_tickets=(row(1, HOUR, unit="3-1201", household="王建国"),),
        tickets_90_days=3,
    ),
    "31-201": HouseholdView(2, "31-201", (MemberView("李四", "业主", None),), (), None, (), 0),
    "5-902": HouseholdView(3, "5-902", (MemberView("赵敏", None, "137****0902"),), (), None, (), 1),
}
PINYIN = {"王建国": "wjg", "李四": "ls", "赵敏": "zm"}


@dataclass
class PhoneDesk(FakeDesk):
    """Answers what the intake, the emergency and the find screens ask."""

    households: Mapping[str, HouseholdView] = field(default_factory=lambda: dict(HOUSEHOLDS))
    kept: dict[str, DraftView] = field(default_factory=dict)
    discarded: list[str] = field(default_factory=list)
    added: list[tuple[Intake, str]] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    gate: threading.Event | None = None
    refuses: Exception | None = None
    again: tuple[RepeatView, ...] = ()

    def categories(self) -> tuple[Category, ...]:  # type: ignore[override]
        """The shipped ones."""
        return tuple(shipped().categories.values())

    def find_household(self, text: str) -> tuple[HouseholdHit, ...]:
        """Units in any spelling, names, initials and phone tails."""
        self.threads.add(threading.get_ident())
        if self.gate is not None:
            self.gate.wait(5)
        said = text.strip().casefold()
        readings = [code.text for code in parse_unit(text)]
        hits = [
            (readings.index(unit) if match == "unit" and unit in readings else 9, unit, view, match)
            for unit, view in self.households.items()
            if (match := _match(said, readings, view))
        ]
        return tuple(
            HouseholdHit(view.id, unit, view.members[0].name, match, view.members[0].phone)
            for _, unit, view, match in sorted(hits, key=lambda hit: hit[:2])
        )

    def household(self, unit: str, *, viewer: str | None = None) -> HouseholdView:
        """The card, whoever looks."""
        return self.households[unit]

    def card_now(self, unit: str, *, viewer: str | None = None) -> HouseholdCardNow:
        """What matters now, with the tickets of the same household."""
        known = self.households[unit]
        return replace(
            super().card_now(unit, viewer=viewer),
            open_tickets=known.open_tickets,
            tickets_90_days=known.tickets_90_days,
        )

    def promised(
        self, *, category: str, received_at: int, agreed_at: int | None = None
    ) -> tuple[ClockView, ...]:
        """By the real rules."""
        specs = shipped().categories[category].clocks
        agreed = default_agreed_clock([(each.kind, each.by_agreement) for each in specs])
        clocks = []
        for spec in specs:
            at = agreed_at if spec.kind == agreed else None
            given = promise(spec, received_at, calendar(), agreed_at=at)
            clocks.append(
                ClockView(
                    id=0, kind=spec.kind, generation=1, counted_from=received_at, due_at=given.due_at,
                    agreed_at=at, agreed_with=None, cap_at=given.cap_at, to_be_agreed=given.to_be_agreed,
                    warn_at=given.warn_at, met_at=None, met_late=False, breached=False,
                    provisional=given.provisional, clause=spec.clause, limit=str(spec.limit),
                )
            )  # fmt: skip
        return tuple(clocks)

    def repeats(self, *, category: str, unit: str, received_at: int) -> tuple[RepeatView, ...]:
        """As set, for one category and household."""
        return self.again if (category, unit) == ("neighbour", "3-1201") else ()

    def add_ticket(self, *, intake: Intake, actor: str) -> TicketView:
        """Kept for the test; the board shows it."""
        if self.refuses is not None:
            raise self.refuses
        self.added.append((intake, actor))
        self.kept.pop(intake.draft or "", None)
        category = shipped().categories[intake.category]
        clocks = self.promised(
            category=intake.category,
            received_at=intake.received_at or NOON,
            agreed_at=intake.agreed_at,
        )
        number = 90 + len(self.added)
        self.events += 1
        closed = intake.answered is not None
        if not closed:
            new = row(number, HOUR, unit=intake.unit, place=intake.place, words=intake.words,
                      category=intake.category, kind=category.kind)  # fmt: skip
            self.rows = (*self.rows, new)
        told: tuple[EscalationView, ...] = ()
        if category.grade == "major":
            told = (
                EscalationView("attend", 1, 1, "supervisor", ("周强",), ("138-0000-1234",), NOON, NOON,
                               0, by_hand=False, acknowledged_at=None, acknowledged_by=None),
            )  # fmt: skip
        return TicketView(
            id=number, number=f"T-20261123-{number:03d}", kind=category.kind, category=category.code,
            grade=category.grade, unit=intake.unit, unit_verified=intake.unit in self.households,
            place=intake.place, words=intake.words, state="closed" if closed else "open",
            received_at=intake.received_at or NOON, logged_at=self.now(), logged_late=False, late_reason=None,
            first_owner=actor, assignee=None, desk="Lobby 3", channel=intake.channel, caller=None, phone=None,
            against=None, about=None, consent=None, closed_at=None, linked_to=None,
            clocks=tuple(replace(each, met_at=NOON) for each in clocks) if closed else clocks,
            escalations=told,
        )  # fmt: skip

    def note(self, *, number: str, text: str, actor: str, draft: str | None = None) -> Any:
        """Kept for the test."""
        self.notes.append((number, text, actor))
        self.kept.pop(draft or "", None)

    def save_draft(self, *, draft: str, received_at: int, form: Mapping[str, str]) -> None:
        """Kept."""
        self.threads.add(threading.get_ident())
        self.kept[draft] = DraftView(draft, received_at, self.now(), dict(form))

    def drafts(self) -> tuple[DraftView, ...]:
        """What is kept."""
        return tuple(self.kept.values())

    def discard_draft(self, *, draft: str, actor: str | None) -> None:
        """Thrown away."""
        if self.kept.pop(draft, None) is not None:
            self.discarded.append(draft)

    def ticket(self, number: str, *, viewer: str | None = None) -> TicketView:
        """Not asked for here."""
        raise NotImplementedError(number)

    def zone(self) -> ZoneInfo:
        """Shanghai."""
        return ZoneInfo("Asia/Shanghai")


def _match(said: str, readings: list[str], view: HouseholdView) -> str | None:
    name = view.members[0].name
    if view.unit in readings or view.unit.startswith(said):
        return "unit"
    if name.startswith(said):
        return "name"
    if PINYIN.get(name, "-").startswith(said):
        return "pinyin"
    if (view.members[0].phone or "").endswith(said) and len(said) >= 4:
        return "phone"
    return None


def row_numbers(rows: tuple[BoardRow, ...]) -> list[str]:
    """The numbers on a board."""
    return [each.number for each in rows]
