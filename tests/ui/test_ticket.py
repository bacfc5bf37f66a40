"""One ticket on a real store: recording, agreeing, signing, changing, all by keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.language import terms
from concierge.language.translator import language
from concierge.services.views import TicketView
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.screens.ticket_dialogs import AgreeDialog, PickDialog, ReadDialog, RecordDialog
from concierge.ui.widgets.action_bar import ActionBar
from concierge.ui.widgets.paragraph import Paragraph
from tests.conftest import NOW
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.set_clock import MINUTE, ODD, Said, stopped, taken

Made = tuple[Phone, Front, FixedClock, TicketView]


def view(phone: Phone) -> TicketView:
    screen = phone.app.screen_stack[1]
    assert isinstance(screen, TicketScreen)
    assert screen.view is not None
    return screen.view


def plain(phone: Phone, name: str) -> Said:
    screen = next(each for each in phone.app.screen_stack if isinstance(each, TicketScreen))
    return Said(screen.query_one(f"#{name}", Paragraph).plain)


def offered(phone: Phone) -> str:
    return phone.app.screen.query_one(ActionBar).plain


async def ready(phone: Phone) -> None:
    await phone.on(TicketScreen)
    await phone.until(
        lambda: isinstance(phone.screen, TicketScreen) and phone.screen.view is not None,
        "the ticket is read",
    )
    await phone.pilot.pause()


async def shown(phone: Phone, holds: Callable[[TicketView], bool], what: str) -> None:
    await phone.until(lambda: holds(view(phone)), what)
    await phone.pilot.pause()


async def pass_time(phone: Phone, clock: FixedClock, seconds: int) -> None:
    """The clock moves on, the ticker ticks and a sweep fires what is due."""
    clock.at += seconds
    phone.app.ticker.tick()
    phone.app.ticker.sweep()
    await phone.until(lambda: not phone.app.ticker._sweeping, "the sweep is done")
    await phone.pilot.pause()


@asynccontextmanager
async def opened(
    home: Path,
    size: tuple[int, int] = (80, 24),
    code: str = "en",
    category: str = "neighbour",
    **changed: object,
) -> AsyncIterator[Made]:
    """A desk with one matter, its ticket in front."""
    front, clock = stopped(home)
    ticket = taken(front, category, **changed)
    async with ringing(front, size, code) as phone:
        await phone.press("enter")
        await ready(phone)
        yield phone, front, clock, ticket
    front.close()


# -- the whole story ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_taken_escalated_attended_late_signed_and_resolved_with_its_cause(
    tmp_path: Path, size: tuple[int, int], code: str
) -> None:
    t = language(code)
    async with opened(tmp_path / "home", size, code) as (phone, front, clock, ticket):
        assert "15:00" in plain(phone, "clocks") or "15m" in plain(phone, "clocks")
        await pass_time(phone, clock, 15 * MINUTE + 1)
        await shown(phone, lambda view: len(view.escalations) == 2, "warning and supervisor")
        assert "-00:01" in plain(phone, "clocks")
        assert "周强 138-0000-1234" in plain(phone, "ladder")
        assert t("not signed for") in plain(phone, "ladder")

        await phone.press("ctrl+g")
        await phone.on(RecordDialog)
        await phone.say("到 3-1301 劝停")
        await phone.press("enter")
        await shown(phone, lambda view: view.clocks[0].met_late, "attended too late")
        assert "到 3-1301 劝停" in plain(phone, "log")

        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("1")
        await shown(phone, lambda view: view.escalations[-1].acknowledged_by == "周强", "signed")
        assert "7 " + t("sign") not in offered(phone)

        await phone.press("ctrl+r")
        await phone.on(RecordDialog)
        await phone.press("enter")
        await phone.on(Choose)
        await phone.press("3")
        await shown(phone, lambda view: view.state == "closed", "resolved")
        assert t("cause: {cause}", cause=terms.cause(t, "forgotten")) in plain(phone, "log")
        assert terms.state(t, "closed") in plain(phone, "ticket-title")
        await phone.press("escape")
        await phone.on(BoardScreen)
        await phone.until(
            lambda: phone.app.board is not None and not phone.app.board.rows, "the board is empty"
        )
        assert front.ticket(ticket.number).state == "closed"


# -- recording ------------------------------------------------------------------------------------------------
async def test_from_the_board_two_keys_record_that_somebody_is_on_site(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front)
    async with ringing(front) as phone:
        await phone.press("ctrl+g")
        await phone.on(RecordDialog)
        await phone.press("enter")
        await phone.on(BoardScreen)
        assert phone.keys == 2
        assert front.ticket(ticket.number).clocks[0].met_at is not None


async def test_escape_leads_back_to_the_board_from_which_it_was_asked(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front)
    async with ringing(front) as phone:
        await phone.press("ctrl+r")
        await phone.on(RecordDialog)
        await phone.press("escape")
        await phone.on(BoardScreen)
        assert front.ticket(ticket.number).state == "open"


async def test_a_time_of_its_own_is_read_back_and_needs_a_reason(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, _, clock, ticket):
        await pass_time(phone, clock, 12 * MINUTE)
        await phone.press("1")
        await phone.on(RecordDialog)
        await phone.press("tab")
        await phone.say("-10")
        await phone.until(lambda: "= today 14:15" in phone.text(), "the time is read back")
        await phone.press("enter")
        await phone.until(lambda: "Say why it is recorded only now." in phone.text(), "why")
        await phone.focus_on("reason-box")
        await phone.say("no hands free")
        await phone.press("enter")
        await shown(
            phone, lambda view: view.clocks[0].met_at == ticket.received_at + 2 * MINUTE, "met"
        )


@pytest.mark.parametrize(
    ("typed", "said"), [("+10", "is yet to come"), ("soon", "Cannot read the time")]
)
async def test_a_time_that_cannot_be_is_refused_where_it_stands(
    tmp_path: Path, typed: str, said: str
) -> None:
    async with opened(tmp_path / "home") as (phone, front, _, ticket):
        await phone.press("1")
        await phone.on(RecordDialog)
        await phone.press("tab")
        await phone.say(typed)
        await phone.press("enter")
        await phone.until(lambda: said in phone.text(), "a sentence")
        assert isinstance(phone.screen, RecordDialog)
        assert len(front.ticket(ticket.number).events) == 1


async def test_a_note_is_added(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, _, _, _):
        await phone.press("4")
        await phone.on(AskLine)
        await phone.say(ODD)
        await phone.press("enter")
        await shown(phone, lambda view: len(view.events) == 2, "the note is in the log")
        assert "[/b] [link=x]y[/link]" in plain(phone, "log")


async def test_a_kept_promise_whose_breach_went_on_record_waits_for_a_supervisor(
    tmp_path: Path,
) -> None:
    """^S signs first for what was escalated, then for the promise that was kept."""
    async with opened(tmp_path / "home") as (phone, _, clock, _):
        await pass_time(phone, clock, 16 * MINUTE)
        await phone.press("1")
        await phone.on(RecordDialog)
        await phone.press("tab")
        await phone.say("14:20")
        await phone.press("tab")
        await phone.say("phone was busy")
        await phone.press("enter")
        await shown(phone, lambda view: view.clocks[0].awaits_confirmation, "awaits confirmation")
        assert "7 sign ^S" in offered(phone)
        assert "K confirm kept  " in offered(phone)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: "K confirm kept ^S" in offered(phone), "signed")
        await phone.on(TicketScreen)
        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("1")
        await shown(phone, lambda view: not view.clocks[0].awaits_confirmation, "confirmed")
        assert not view(phone).clocks[0].breached


# -- agreeing -------------------------------------------------------------------------------------------------
async def test_a_time_is_agreed_in_words_of_either_language(tmp_path: Path) -> None:
    async with opened(tmp_path / "home", caller="Mrs Wang") as (phone, _, _, _):
        await phone.press("f7")
        await phone.on(Choose)
        assert phone.screen.query_one(OptionList).highlighted == 1  # resolve runs by agreement
        await phone.press("enter")
        await phone.on(AgreeDialog)
        await phone.say("明天 10:00")
        await phone.until(lambda: "= tomorrow 10:00" in phone.text(), "the time is read back")
        await phone.press("enter")
        await shown(phone, lambda view: view.clocks[1].agreed_at is not None, "agreed")
        assert "agreed with Mrs Wang" in plain(phone, "clocks")


async def test_past_the_cap_a_supervisor_approves_with_a_reason(tmp_path: Path) -> None:
    async with opened(tmp_path / "home", caller="Mrs Wang") as (phone, front, _, ticket):
        await phone.press("5")
        await phone.on(Choose)
        await phone.press("enter")
        await phone.on(AgreeDialog)
        await phone.say("sat 10:00")
        await phone.press("enter")
        await phone.on(Choose)
        assert "supervisor" in phone.text()
        assert front.ticket(ticket.number).clocks[1].agreed_at is None
        await phone.press("1")
        await phone.on(AskLine)
        await phone.say("they are away until then")
        await phone.press("enter")
        await shown(phone, lambda view: view.clocks[1].agreed_at is not None, "agreed")
        assert "approved by 周强" in plain(phone, "log")


async def test_turning_back_from_the_approval_changes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path / "home", caller="Mrs Wang") as (phone, front, _, ticket):
        await phone.press("5")
        await phone.on(Choose)
        await phone.press("enter")
        await phone.on(AgreeDialog)
        await phone.say("sat 10:00")
        await phone.press("enter")
        await phone.on(Choose)
        await phone.press("escape")
        await phone.on(TicketScreen)
        assert len(front.ticket(ticket.number).events) == 1


# -- whose, what ----------------------------------------------------------------------------------------------
async def test_escalating_by_hand_says_why_and_whom(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, _, _, _):
        await phone.press("f6")
        await phone.on(AskLine)
        await phone.say("he is drunk")
        await phone.press("enter")
        await shown(phone, lambda view: bool(view.escalations), "escalated")
        assert "by hand: he is drunk" in plain(phone, "ladder")


async def test_giving_it_to_somebody_leaves_the_first_owner(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, _, _, _):
        await phone.press("8")
        await phone.on(Choose)
        await phone.press("2")
        await shown(phone, lambda view: view.assignee == "周强", "assigned")
        assert view(phone).first_owner == "陈丽"


async def test_a_change_shows_what_moves_before_it_is_saved(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, front, _, ticket):

        async def ask() -> None:
            await phone.press("9")
            await phone.on(Choose)
            await phone.press("1")
            await phone.on(PickDialog)
            await phone.say("8")
            await phone.press("enter")
            await phone.on(AskLine)
            await phone.say("it is the shared wall")
            await phone.press("enter")
            await phone.on(Confirm)

        await ask()
        assert "attend: stops" in phone.text()
        assert "resolve: due tomorrow 18:00 -> Thursday 26" in phone.text()
        await phone.press("n")
        await phone.on(TicketScreen)
        assert front.ticket(ticket.number).category == "neighbour"
        await ask()
        await phone.press("y")
        await shown(phone, lambda view: view.category == "public-repair", "changed")


async def test_raising_the_grade_tells_the_supervisor_at_once(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, _, _, _):
        await phone.press("9")
        await phone.on(Choose)
        await phone.press("2")
        await phone.on(AskLine)
        await phone.say("a child is ill")
        await phone.press("enter")
        await phone.on(Confirm)
        assert "told at once: supervisor 周强" in phone.text()
        await phone.press("y")
        await shown(phone, lambda view: view.grade == "major", "raised")
        assert "MAJOR" in plain(phone, "ticket-title")


async def test_cancelled_and_reopened_with_reasons(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, _, _, _):
        for state, reason in (("cancelled", "rang the wrong house"), ("open", "it was right")):
            await phone.press("0")
            await phone.on(AskLine)
            await phone.say(reason)
            await phone.press("enter")
            await shown(phone, lambda view, state=state: view.state == state, state)  # type: ignore[misc]
        assert "it was right" in plain(phone, "log")
        assert "cancel" in offered(phone)


async def test_a_closed_ticket_offers_only_what_is_possible(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, front, _, ticket):
        front.record(action="resolve", number=ticket.number, actor="陈丽")
        phone.app.ticker.tick()
        await shown(phone, lambda view: view.state == "closed", "what another terminal wrote")
        assert [part for part in offered(phone).split("  ") if part.strip()] == [
            "4 note ^E",
            "0 reopen",
            "F add fact ^F",
            "H household file ^U",
            "E why then? F5",
        ]
        await phone.press("3")
        await phone.pilot.pause()
        assert isinstance(phone.screen, TicketScreen)


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_cap_of_a_taxi_is_called_a_cap_beside_the_half_hour_that_is_promised(
    tmp_path: Path, code: str
) -> None:
    t = language(code)
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front, "taxi")
    async with ringing(front, code=code) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.on(TicketScreen)
        days, minutes = (
            t.plural("{n} day", "{n} days", 7),
            t.plural("{n} minute", "{n} minutes", 30),
        )
        both = t("{limit}, or a time agreed within {cap}", limit=minutes, cap=days)
        await phone.until(lambda: both in plain(phone, "clocks"), "what is promised comes first")
        assert both.startswith(minutes)
        front.agree(
            number=ticket.number, clock="resolve", agreed_at=NOW + 3 * 3600, agreed_with="王建国",
            actor="陈丽",
        )  # fmt: skip
        phone.app.reload()
        agreed = t("by agreement, within {cap}", cap=days)
        await phone.until(lambda: agreed in plain(phone, "clocks"), "then only the cap")
        assert both not in plain(phone, "clocks")


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_time_agreed_with_nobody_named_is_said_without_a_name(
    tmp_path: Path, code: str
) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front, "taxi", agreed_at=NOW + 3600)
    async with ringing(front, code=code) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.on(TicketScreen)
        t = language(code)
        said = t(
            "due {due}, as agreed", due=t("today {time}", time="15:03")
        )  # with the taxi's lead
        await phone.until(lambda: said in plain(phone, "clocks"), "as agreed")


# -- reading --------------------------------------------------------------------------------------------------
async def test_the_count_behind_a_due_time_is_told_day_by_day(tmp_path: Path) -> None:
    async with opened(tmp_path / "home", category="public-repair") as (phone, _, _, _):
        await phone.press("e")
        await phone.on(ReadDialog)
        await phone.until(lambda: "Thursday 26 November" in phone.text(), "the days")
        assert "the day it came in is not counted" in phone.text()
        assert "3 working days, counted from today 14:13" in phone.text()
        await phone.press("escape")
        await phone.on(TicketScreen)


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36)])
async def test_what_people_typed_is_shown_as_typed(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(
        tmp_path / "home", size, caller="[bold]x[/] {t}", phone="[@click=app.quit]1[/]"
    ) as (phone, _, _, _):
        await phone.press("4")
        await phone.on(AskLine)
        await phone.say("[/b] \x1b]0;x\x07 [red]")
        await phone.press("enter")
        await shown(phone, lambda view: len(view.events) == 2, "noted")
        if size == (60, 15):
            await phone.press("pagedown")
            await phone.pilot.pause()
        assert "楼上打电钻 [/b] [link=x]y[/link]" in phone.text()
        assert "[bold]x[/] {t}" in plain(phone, "facts")
        assert "\x1b" not in phone.text()


async def test_the_language_switches_in_place_and_keeps_what_is_typed(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, _, _, _):
        await phone.press("ctrl+g")
        await phone.on(RecordDialog)
        await phone.say("half a sen")
        await phone.press("ctrl+b")
        await phone.until(lambda: "回车" in phone.text(), "Chinese")
        assert isinstance(phone.app.focused, Input)
        assert phone.app.focused.value == "half a sen"
        assert language("zh")("attend") in plain(phone, "clocks")


async def test_a_key_pressed_twice_opens_one_question(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, _, _, _):
        await phone.press("4", "4")
        await phone.on(AskLine)
        assert sum(isinstance(each, AskLine) for each in phone.app.screen_stack) == 1


async def test_f9_with_nothing_to_sign_here_brings_the_worst_to_the_front(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    calm = taken(front)
    worst = taken(front, "emergency")
    async with ringing(front) as phone:
        phone.app.open_ticket(calm.number)
        await ready(phone)
        await phone.press("f9")
        await phone.until(lambda: view(phone).number == worst.number, "the emergency in front")


async def test_a_ticket_nobody_knows_is_said_and_left(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    async with ringing(front) as phone:
        phone.app.open_ticket("T-20261123-999")
        await phone.until(lambda: "There is no ticket T-20261123-999" in phone.said(), "said")
        await phone.on(BoardScreen)


async def test_a_ticket_found_from_another_opens_over_it_and_leads_back(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    one, other = taken(front), taken(front)
    async with ringing(front) as phone:
        for number in (one.number, other.number):
            phone.app.open_ticket(number)
            await phone.until(lambda n=number: n in phone.text(), f"{number} in front")  # type: ignore[misc]
        await phone.press("escape")
        await phone.until(lambda: one.number in phone.text(), "the first one again")


async def test_who_acts_is_asked_once_when_nobody_is_on_shift(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front)
    front.end_shift(actor="陈丽", alone="无人接班")
    async with ringing(front) as phone:
        phone.app.open_ticket(ticket.number)
        await ready(phone)
        await phone.press("4")
        await phone.on(Choose)
        await phone.press("2")
        for text in ("one", "two"):
            await phone.on(AskLine)
            await phone.say(text)
            await phone.press("enter")
            await phone.on(TicketScreen)
            await phone.until(lambda text=text: text in plain(phone, "log"), text)  # type: ignore[misc]
            if text == "one":
                await phone.press("4")
        assert [each.actor for each in view(phone).events[-2:]] == ["周强", "周强"]


async def test_whoever_may_sign_is_not_asked_who_signs(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front, "emergency")
    front.end_shift(actor="陈丽", alone="无人接班")
    front.start_shift(actor="周强")
    async with ringing(front) as phone:
        phone.app.open_ticket(ticket.number)
        await ready(phone)
        await phone.press("7")
        await shown(phone, lambda view: view.escalations[0].acknowledged_by == "周强", "signed")
