"""A whole day at one desk: three shifts, what breaks in them, three handovers, and figures that add up."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from concierge.bootstrap import found_property
from concierge.clock import FixedClock
from concierge.domain.instants import parse_instant
from concierge.front import Front
from concierge.services.handover_views import HandoverView
from concierge.services.households import add_household
from concierge.services.intake import Intake
from concierge.services.pins import set_pin
from concierge.services.staffing import NewStaff
from concierge.services.summary import ShiftSummary
from concierge.services.verify import verify
from concierge.services.views import TicketView
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose
from concierge.ui.screens.handover import HandoverScreen
from concierge.ui.screens.handover_dialogs import CountDialog, GroupDialog
from concierge.ui.screens.log_line import LogDialog
from concierge.ui.screens.preview import PreviewScreen
from concierge.ui.screens.report import ReportScreen
from concierge.ui.screens.shift import ShiftScreen
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.screens.ticket_dialogs import RecordDialog
from concierge.ui.widgets.alarm_banner import AlarmBanner
from concierge.ui.widgets.handover_listed import Ref
from concierge.ui.widgets.paper_scroll import PaperScroll
from concierge.ui.widgets.paragraph import Paragraph
from tests.ui.at_the_phone import Phone, ringing
from tests.ui.handing_over import stands
from tests.ui.set_clock import Said

EARLY = {"CONCIERGE_NOW": "2026-11-23T06:50:00+08:00"}
STAFF = (
    NewStaff("陈丽", "concierge"),
    NewStaff("孙浩", "concierge"),
    NewStaff("赵敏", "concierge"),
    NewStaff("周强", "supervisor", "138-0000-1234"),
    NewStaff("林主任", "director", "139-0000-5678"),
)
PINS = {"陈丽": "4711", "孙浩": "0815"}
FIRST = {"keys": 12, "cards": 40, "radios": 4, "cash": 500, "equipment": 9, "parcels": 3}


class Day:
    """The desk on Monday 23 November 2026, from before seven."""

    def __init__(self, home: Path) -> None:
        made = found_property(
            home, name="怡景花园", language="zh", staff=STAFF, rehearsal=True, desk="Lobby 3",
            environ=EARLY,
        )  # fmt: skip
        add_household(made, unit="3-1201", name="王建国", phone="13800001234", relation="业主")
        made.store.close()
        self.front = Front(home, name="Lobby 3", environ=EARLY)
        self.clock = FixedClock(0)
        opened = self.front.opened
        self.front._opened = replace(opened, desk=replace(opened.desk, clock=self.clock))
        self.go("2026-11-23T06:55")
        for name, pin in PINS.items():
            set_pin(self.front.opened.desk, name=name, pin=pin, actor=name)

    def go(self, when: str) -> None:
        """Let it be that time, and let what is due by then fire."""
        self.clock.at = parse_instant(when, self.front.zone())
        self.front.sweep()

    def take(self, category: str, by: str) -> TicketView:
        """A matter by phone."""
        intake = Intake(category=category, words="楼上打电钻", unit="3-1201", channel="phone")
        return self.front.add_ticket(intake=intake, actor=by)


async def note(phone: Phone, text: str, *, tabs: int) -> None:
    await phone.press("ctrl+l")
    await phone.on(LogDialog)
    await phone.say(text)
    await phone.press(*["tab"] * tabs, "enter")
    await phone.on(BoardScreen)


async def start(phone: Phone, digit: str) -> None:
    await phone.press("f4")
    await phone.on(ShiftScreen)
    await phone.until(lambda: getattr(phone.screen, "known", None) is not None, "it is read")
    await phone.press(digit)
    await phone.until(lambda: getattr(phone.screen, "running", None) is not None, "it runs")
    await phone.press("escape")
    await phone.on(BoardScreen)


async def close_broken(phone: Phone, ticket: TicketView) -> None:
    """Resolve what was broken: the cause is asked."""
    phone.app.open_ticket(ticket.number, first="resolve")
    await phone.on(RecordDialog)
    await phone.press("enter")
    await phone.on(Choose)
    await phone.press("1")
    await phone.until(lambda: not isinstance(phone.screen, (Choose, TicketScreen)), "closed")
    await phone.on(BoardScreen)


async def take_over(phone: Phone, digit: str, counted: dict[str, int], word: str = "") -> None:
    """The handover by its screen, whatever there is: Enter goes on until only signatures are missing."""
    await phone.press("9")
    await phone.on(HandoverScreen)
    screen = phone.screen
    assert isinstance(screen, HandoverScreen)
    await phone.until(lambda: screen.view is not None, "it is read")
    await phone.press(digit)
    await stands(phone, screen, state="open")
    while screen.view is not None and not screen.view.ready:
        before, ref = screen.view, screen.ref
        assert ref is not None
        await phone.press("enter")
        if ref.part == "group":
            await phone.on(GroupDialog)
            await phone.press("enter")
        elif ref.part == "count":
            await phone.on(CountDialog)
            await phone.say(str(counted[ref.name]))
            await phone.press("enter")
            await phone.until(partial(is_put_down, phone), "it is put down, or asked about")
            if isinstance(phone.screen, CountDialog):
                await phone.say(word)
                await phone.press("enter")
        await phone.on(HandoverScreen)
        await phone.until(partial(has_gone_on, screen, before, ref), "one more is done")
    assert screen.ref == Ref("sign", "outgoing")
    await both_sign(phone, screen)
    await phone.press("escape")
    await phone.on(BoardScreen)


def is_put_down(phone: Phone) -> bool:
    dialog = phone.screen
    return not isinstance(dialog, CountDialog) or dialog.line("word").display


def is_newer(screen: HandoverScreen, view: HandoverView) -> bool:
    return screen.view is not view


def has_gone_on(screen: HandoverScreen, view: HandoverView, ref: Ref) -> bool:
    return screen.view is not view and screen.ref != ref


async def both_sign(phone: Phone, screen: HandoverScreen) -> None:
    await phone.press("ctrl+s")
    for _ in range(2):
        await phone.on(Choose)
        view = screen.view
        assert view is not None
        name = view.incoming if view.outgoing_signed else view.outgoing
        await phone.press("1")
        if name in PINS:
            await phone.on(AskLine)
            await phone.say(PINS[str(name)])
            await phone.press("enter")
        await phone.until(partial(is_newer, screen, view), "one has signed")
    assert screen.view is not None
    assert screen.view.state == "signed"


async def write(phone: Phone, folder: Path, form: str, digit: str) -> None:
    """The summary in front, in both languages."""
    await phone.press("ctrl+s")
    await phone.on(Choose)
    await phone.press(digit)
    await phone.on(Choose)
    await phone.press("3")
    await phone.on(AskLine)
    line = phone.screen.query_one(Input)
    line.value = str(folder / Path(line.value).name)
    await phone.press("enter")
    await phone.until(lambda: bool(list(folder.glob(f"*.{form}"))), f"{form} is written")
    await phone.on(PreviewScreen)


async def morning(phone: Phone, day: Day) -> None:
    """One kept, one broken and closed with its cause, one that waits, a line for the next shift."""
    day.go("2026-11-23T09:00")
    kept, broken = day.take("neighbour", "陈丽"), day.take("neighbour", "陈丽")
    day.front.record(action="attend", number=kept.number, actor="陈丽")
    day.take("public-lighting", "陈丽")
    day.go("2026-11-23T09:20")
    phone.app.reload()
    await phone.until(lambda: phone.screen.query_one(AlarmBanner).display, "the alarm")
    await note(phone, "钥匙在前台 [/b]", tabs=1)
    await close_broken(phone, broken)
    day.go("2026-11-23T14:58")
    await take_over(phone, "1", FIRST)
    assert phone.app.acting == "孙浩"


async def evening(phone: Phone, day: Day) -> None:
    """A matter that stays broken, thanks, a late relief for whom somebody signs; a key is missing."""
    day.go("2026-11-23T18:00")
    day.take("neighbour", "孙浩")
    await note(phone, "王先生送来锦旗", tabs=3)
    day.go("2026-11-23T23:31")
    phone.app.reload()
    await phone.press("f4")
    await phone.on(ShiftScreen)
    late = phone.screen.query_one("#next", Paragraph)
    await phone.until(lambda: "周强 138-0000-1234" in Said(late.plain), "the relief is missing")
    await phone.press("ctrl+g")
    await phone.on(Choose)
    await phone.press("1")
    await phone.until(lambda: "周强" not in Said(late.plain), "signed for")
    await phone.press("escape")
    await phone.on(BoardScreen)
    day.go("2026-11-23T23:40")
    await take_over(phone, "2", {**FIRST, "keys": 11}, word="一把借给物业")
    assert phone.app.acting == "赵敏"


async def night(phone: Phone, day: Day) -> None:
    """One more, past midnight; relieved in time."""
    day.go("2026-11-24T02:00")
    day.take("neighbour", "赵敏")
    day.go("2026-11-24T07:00")
    await take_over(phone, "1", {**FIRST, "keys": 11})
    assert phone.app.acting == "陈丽"


def signed(front: Front) -> list[ShiftSummary]:
    """The three summaries, each as it was signed."""
    summaries = [front.shift_summary(shift) for shift in (1, 2, 3)]
    assert [each.staff for each in summaries] == ["陈丽", "孙浩", "赵敏"]
    assert [each.ended_how for each in summaries] == ["handover"] * 3
    assert all(each.signed for each in summaries)
    assert [each.cause for each in summaries[0].broken] == ["waiting-part"]
    keys = [each for each in summaries[1].counts if each.item == "keys"]
    assert [(each.expected, each.counted, each.word) for each in keys] == [(12, 11, "一把借给物业")]
    return summaries


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


async def papers(phone: Phone, folder: Path) -> None:
    """The evening's summary is read and written in every format that needs nothing but the program."""
    phone.app.open_screen("preview", shift=2)
    await phone.on(PreviewScreen)
    await phone.until(
        lambda: "锦旗" in phone.screen.query_one("#paper", PaperScroll).plain, "the paper"
    )
    formats = {"html": "1", "xlsx": "3", "md": "4", "csv": "5", "json": "6"}
    for form, digit in formats.items():
        await write(phone, folder, form, digit)
    assert names_in(folder) == {f"shift-20261123-1458-Lobby-3.{form}" for form in formats}
    await phone.press("escape")
    await phone.on(BoardScreen)


async def the_day(phone: Phone, summaries: list[ShiftSummary]) -> None:
    """The report of the day that has just ended."""
    phone.app.open_screen("report")
    await phone.on(ReportScreen)
    screen = phone.screen
    assert isinstance(screen, ReportScreen)
    await phone.until(lambda: screen.report is not None, "today")
    await phone.press("left")
    await phone.until(
        lambda: screen.report is not None and screen.report.first_day == "2026-11-23", "the day"
    )
    adds_up(screen, summaries)


@pytest.mark.parametrize(("size", "code"), [((80, 24), "en"), ((120, 36), "zh")])
async def test_three_shifts_are_worked_handed_over_and_add_up_to_the_day(
    tmp_path: Path, size: tuple[int, int], code: str
) -> None:
    day, folder = Day(tmp_path / "home"), tmp_path / "papers"
    folder.mkdir()
    async with ringing(day.front, size, code) as phone:
        await start(phone, "1")
        await morning(phone, day)
        await evening(phone, day)
        await night(phone, day)
        summaries = signed(day.front)
        await papers(phone, folder)
        await the_day(phone, summaries)
    assert verify(day.front.opened.desk).problems == ()
    day.front.close()


def adds_up(screen: ReportScreen, summaries: list[ShiftSummary]) -> None:
    """The day is its three shifts, whole."""
    report = screen.report
    assert report is not None
    totals = report.totals
    assert totals.received == sum(one.count for each in summaries for one in each.received) == 5
    assert totals.met == sum(one.met for each in summaries for one in each.kept)
    assert totals.broken == sum(one.broken for each in summaries for one in each.kept) == 3
    assert totals.escalated == sum(len(each.escalated) for each in summaries)
    assert totals.closed == sum(each.closed for each in summaries) == 1
    assert totals.logged_late == sum(each.logged_late for each in summaries)
    assert [line.received for line in report.shifts] == [3, 1, 1]
    assert [line.carried for line in report.shifts] == [len(each.carried) for each in summaries]
