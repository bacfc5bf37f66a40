"""A desk without a store, for the screens' tests and for looking at them.

``python -m tests.ui.fake_desk [zh|en] [rows]``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from concierge.services.news_views import RulesNews
from concierge.services.notices import Delivered
from concierge.services.sweep_views import Sweep
from concierge.services.views import Alarm, Board, BoardRow, ShiftView, StaffView
from tests.ui.fake_file import FakeFile

NOON = 1795415527  # 2026-11-23 14:32:07 in Shanghai
MINUTE = 60
HOUR = 3600


@dataclass(frozen=True)
class FakeCategory:
    """What the screens need of a category."""

    code: str
    kind: str
    zh: str
    en: str

    def name(self, language: str) -> str:
        """Its name in a language."""
        return self.zh if language == "zh" else self.en


CATEGORIES = (
    FakeCategory(
        "emergency",
        "complaint",
        "特急：电梯困人、火警、燃气泄漏",
        "Emergency: trapped in a lift, fire, gas leak",
    ),
    FakeCategory(
        "home-repair-urgent",
        "complaint",
        "水电气急修",
        "Urgent water, electric or gas repair at home",
    ),
    FakeCategory(
        "public-lighting", "complaint", "公共照明（一般故障）", "Ordinary shared-lighting fault"
    ),
    FakeCategory("neighbour", "complaint", "邻里影响", "Behaviour of other households"),
    FakeCategory("fees", "inquiry", "收费及标准", "Charges and their standards"),
    FakeCategory("taxi", "errand", "代召出租车", "Calling a taxi"),
)


def row(ticket_id: int, due_in: int, **changed: Any) -> BoardRow:
    """A board row due so many seconds after noon."""
    base = BoardRow(
        ticket_id=ticket_id,
        number=f"T-20261123-{ticket_id:03d}",
        kind="complaint",
        category="neighbour",
        grade="ordinary",
        unit=f"3-{ticket_id + 100}",
        place=None,
        household=None,
        words="楼上中午还在打电钻，孩子睡不着",
        assignee=None,
        assignee_id=None,
        step="attend",
        due_at=NOON + due_in,
        warn_at=NOON + due_in - 5 * MINUTE,
        to_be_agreed=False,
        provisional=False,
        unacknowledged=False,
    )
    return replace(base, **changed)


def sample_rows() -> tuple[BoardRow, ...]:
    """A desk on a busy afternoon."""
    return (
        row(
            1,
            -4 * MINUTE - 12,
            unit="3-1201",
            household="王建国",
            assignee="陈丽",
            unacknowledged=True,
        ),
        row(
            2,
            -40,
            unit=None,
            place="2号电梯",
            category="emergency",
            grade="major",
            unacknowledged=True,
            words="Two people stuck between 3 and 4, one is pregnant",
        ),
        row(
            3,
            6 * MINUTE + 31,
            unit="1-0803",
            category="fees",
            kind="inquiry",
            assignee="Chen Li",
            step="answer",
            words="Why did the [parking] fee go up?",
            warn_at=NOON - 10,
        ),
        row(
            4,
            3 * HOUR + 10 * MINUTE,
            unit="5-902",
            category="home-repair-urgent",
            assignee="赵师傅",
            step="resolve",
            words="卫生间漏水，水已经流到走廊了",
        ),
        row(
            5,
            27 * HOUR,
            unit=None,
            place="B1 车库",
            category="public-lighting",
            step="resolve",
            words="Lamp out by the lift lobby",
            provisional=True,
        ),
        row(
            6,
            50 * MINUTE,
            unit="2-1-1502",
            category="taxi",
            kind="errand",
            step="answer",
            assignee="陈丽",
            words="去机场，两件大行李 [/b]",
        ),
        row(
            7,
            4 * 24 * HOUR,
            unit="8-301",
            category="neighbour",
            step="resolve",
            to_be_agreed=True,
            words="装修气味很大",
        ),
    )


def sample_alarms(rows: tuple[BoardRow, ...]) -> tuple[Alarm, ...]:
    """An alarm for each row nobody signed for."""
    return tuple(
        Alarm(
            ticket_id=each.ticket_id,
            number=each.number,
            unit=each.unit,
            place=each.place,
            category=each.category,
            grade=each.grade,
            words=each.words,
            clock=each.step,
            rung=1,
            to="supervisor",
            people=("周强",),
            phones=("138-0000-1234",),
            due_at=each.due_at,
            fired_at=each.due_at + 1,
        )
        for each in rows
        if each.unacknowledged
    )


ON_SHIFT = ShiftView(1, "Lobby 3", "open", NOON - HOUR, None, "陈丽", 1)


@dataclass
class FakeDesk(FakeFile):
    """Answers the calls of the board from memory; time stands unless ``clock`` says otherwise."""

    rows: tuple[BoardRow, ...] = field(default_factory=sample_rows)
    clock: Callable[[], int] = lambda: NOON
    language: str = "en"
    alarms: tuple[Alarm, ...] | None = None
    drafts_left: int = 1
    shift: ShiftView | None = ON_SHIFT
    rehearsal: bool = False
    events: int = 1
    failure: Exception | None = None
    first_steps: bool = False
    sweeps: int = 0
    deliveries: int = 0
    due: int | None = None
    languages: list[str] = field(default_factory=list)
    property_name: str = "怡景花园"
    sweep_held: str | None = None
    sweep_failure: Exception | None = None
    beat: int | None = NOON
    gap: tuple[int, int] | None = None
    dead: tuple[str, ...] = ()
    news: RulesNews | None = None
    confirmed: list[str] = field(default_factory=list)

    def now(self) -> int:
        """The present instant."""
        return self.clock()

    def zone(self) -> ZoneInfo:
        """Shanghai."""
        return ZoneInfo("Asia/Shanghai")

    def categories(self) -> tuple[FakeCategory, ...]:
        """A few."""
        return CATEGORIES

    def needs_first_steps(self) -> bool:
        """As set."""
        return self.first_steps

    def last_event(self) -> int:
        """As set."""
        return self.events

    def rules_news(self) -> RulesNews | None:
        news, self.news = self.news, None
        return news

    def next_due(self) -> int | None:
        """As set."""
        return self.due

    def sweep(self) -> Sweep:
        """Counts; what is held or fails is as set."""
        self.sweeps += 1
        if self.sweep_failure is not None:
            raise self.sweep_failure
        return Sweep(at=self.now(), fired=(), held=self.sweep_held)

    def confirm_clock(self, *, actor: str) -> int:
        """Sweeps go on."""
        self.confirmed.append(actor)
        self.sweep_held = None
        return self.now()

    def deliver(self) -> Delivered:
        """Counts."""
        self.deliveries += 1
        return Delivered()

    def set_language(self, code: str) -> None:
        """Kept for the test."""
        self.languages.append(code)

    def staff(self) -> tuple[StaffView, ...]:
        """Three people."""
        return (
            StaffView(1, "陈丽", "concierge"),
            StaffView(2, "周强", "supervisor", "138-0000-1234"),
            StaffView(3, "Ann Lee", "manager"),
        )

    def board(self, *, viewer: str | None = None) -> Board:
        """The rows as they are set."""
        if self.failure is not None:
            raise self.failure
        return Board(
            property_name=self.property_name,
            desk="Lobby 3",
            rehearsal=self.rehearsal,
            language=self.language,
            rows=self.rows,
            alarms=sample_alarms(self.rows) if self.alarms is None else self.alarms,
            drafts=self.drafts_left,
            last_event=self.events,
            shift=self.shift,
            held=self.sweep_held == "clock",
            beat=self.beat,
            gap=self.gap,
            dead=self.dead,
        )


def many(count: int) -> tuple[BoardRow, ...]:
    """A board of any length: one row in its last ten minutes, the rest later."""
    return tuple(row(n, 5 * MINUTE + n * 7 * MINUTE) for n in range(1, count + 1))


def main() -> None:
    """Look at the desk."""
    import time

    from concierge.ui.launch import run_desk

    language = sys.argv[1] if len(sys.argv) > 1 else "en"
    rows = many(int(sys.argv[2])) if len(sys.argv) > 2 else sample_rows()
    start = time.monotonic()
    desk: Any = FakeDesk(
        rows=rows, language=language, clock=lambda: NOON + int(time.monotonic() - start)
    )
    run_desk(lambda: desk, language=language)


if __name__ == "__main__":
    main()
