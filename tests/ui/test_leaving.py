"""A screen is left once, nothing goes with it, and what was asked for there is neither lost nor mixed up."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from concierge.domain.refusal import Refusal
from concierge.front import Front
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.screens.ticket_dialogs import RecordDialog
from tests.ui.at_the_phone import Phone, ringing
from tests.ui.held import Held
from tests.ui.set_clock import MINUTE, stopped, taken


@pytest.fixture
def front(tmp_path: Path) -> Front:
    """A furnished desk with one matter open; 陈丽 is on shift."""
    desk, _ = stopped(tmp_path / "home")
    taken(desk)
    return desk


def ticket(phone: Phone) -> TicketScreen:
    assert isinstance(phone.screen, TicketScreen), phone.screen
    return phone.screen


async def attended(phone: Phone, held: Held) -> TicketScreen:
    """From the board somebody is on site; it is being written down."""
    await phone.press("ctrl+g")
    await phone.on(RecordDialog)
    await phone.press("ctrl+s")
    await phone.until(held.begun.is_set, "it is being written down")
    await phone.on(TicketScreen)
    return ticket(phone)


async def noted(phone: Phone) -> TicketScreen:
    """A note is typed on the ticket under the cursor, and taken."""
    await phone.press("enter")
    await phone.on(TicketScreen)
    screen = ticket(phone)
    await phone.until(lambda: screen.view is not None, "the ticket is read")
    await phone.press("4")
    await phone.on(AskLine)
    await phone.press("o", "k")
    return screen


async def test_a_ticket_that_is_done_leaves_what_was_opened_over_it_meanwhile(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(front, "record", monkeypatch)
    async with ringing(front) as phone:
        behind = await attended(phone, held)
        await phone.press("f3")
        await phone.on(FindScreen)
        await phone.press("w", "a")
        held.let_go()
        await phone.until(lambda: not behind.conversing, "it is written down")
        assert isinstance(phone.screen, FindScreen)
        assert phone.screen.text == "wa"


async def test_a_ticket_that_was_done_behind_another_screen_is_left_with_that_one(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(front, "record", monkeypatch)
    async with ringing(front) as phone:
        behind = await attended(phone, held)
        await phone.press("f3")
        await phone.on(FindScreen)
        held.let_go()
        await phone.until(lambda: not behind.conversing, "it is written down")
        await phone.press("escape")
        await phone.on(BoardScreen)
        assert len(phone.app.screen_stack) == 1


async def test_what_could_not_be_written_is_said_though_its_screen_was_left(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Refusal("ticket.unknown", ticket="T-0")
    held = Held(front, "note", monkeypatch, failing=refused)
    async with ringing(front) as phone:
        await noted(phone)
        await phone.press("enter")
        await phone.until(held.begun.is_set, "it is being written down")
        await phone.press("escape")
        await phone.on(BoardScreen)
        held.let_go()
        await phone.until(lambda: "T-0" in phone.said(), "it is said")


async def test_the_alarm_leaves_the_ticket_that_is_being_written_to_in_front(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front, clock = stopped(tmp_path / "home")
    first = taken(front, "public-lighting")
    worst = taken(front)
    clock.at += 16 * MINUTE
    front.sweep()
    held = Held(front, "note", monkeypatch)
    async with ringing(front) as phone:
        phone.app.open_ticket(first.number)
        await phone.on(TicketScreen)
        screen = ticket(phone)
        await phone.until(lambda: screen.view is not None, "the ticket is read")
        await phone.press("4")
        await phone.on(AskLine)
        await phone.press("o", "k", "enter")
        await phone.until(held.begun.is_set, "it is being written down")
        await phone.press("f9")
        assert screen.number == first.number
        held.let_go()
        await phone.until(lambda: f"{first.number}: recorded." in phone.said(), "it is kept")
        assert "It goes on as" not in phone.said()
        monkeypatch.setattr("concierge.ui.alarming.TWICE", 0.0)
        await phone.press("f9")
        await phone.until(lambda: screen.number == worst.number, "the worst in front")
    front.close()


async def test_a_question_that_is_left_before_it_stands_there_gives_no_answer(front: Front) -> None:
    answers: list[str | None] = []
    async with ringing(front) as phone:
        question = Choose("which", [("one", "1"), ("two", "2")])
        phone.app.push_screen(question, answers.append)
        question.dismiss(None)
        await phone.on(BoardScreen)
        assert answers == [None]


async def test_two_conversations_that_ask_for_the_same_are_both_answered(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(front, "staff", monkeypatch)
    async with ringing(front) as phone:
        gateway = phone.app.gateway
        asked = [asyncio.ensure_future(gateway.reading(lambda desk: desk.staff())) for _ in "ab"]
        await phone.until(held.begun.is_set, "it is asked for")
        held.let_go()
        first, second = await asyncio.gather(*asked)
        assert first == second
