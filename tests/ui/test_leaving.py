"""A screen that is done is left once, and nothing else goes with it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from concierge.front import Front
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.screens.ticket_dialogs import RecordDialog
from tests.ui.at_the_phone import Phone, ringing
from tests.ui.set_clock import stopped, taken


@pytest.fixture
def front(tmp_path: Path) -> Front:
    """A furnished desk with one matter open; 陈丽 is on shift."""
    desk, _ = stopped(tmp_path / "home")
    taken(desk)
    return desk


class Held:
    """A call of the desk that goes on only when it is let go."""

    def __init__(self, desk: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()
        call = getattr(desk, name)

        def held(**arguments: object) -> object:
            self.begun.set()
            assert self.let_go.wait(20)
            return call(**arguments)

        monkeypatch.setattr(desk, name, held)


async def attended(phone: Phone, held: Held) -> None:
    """From the board somebody is on site; it is being written down."""
    await phone.press("ctrl+g")
    await phone.on(RecordDialog)
    await phone.press("ctrl+s")
    await phone.until(held.begun.is_set, "it is being written down")
    await phone.on(TicketScreen)


async def test_a_ticket_that_is_done_leaves_what_was_opened_over_it_meanwhile(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(front, "record", monkeypatch)
    async with ringing(front) as phone:
        await attended(phone, held)
        ticket: Any = phone.screen
        await phone.press("f3")
        await phone.on(FindScreen)
        await phone.press("w", "a")
        held.let_go.set()
        await phone.until(lambda: not ticket.conversing, "it is written down")
        find: Any = phone.screen
        assert isinstance(find, FindScreen)
        assert find.text == "wa"


async def test_a_ticket_that_was_done_behind_another_screen_is_left_with_that_one(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(front, "record", monkeypatch)
    async with ringing(front) as phone:
        await attended(phone, held)
        ticket: Any = phone.screen
        await phone.press("f3")
        await phone.on(FindScreen)
        held.let_go.set()
        await phone.until(lambda: not ticket.conversing, "it is written down")
        await phone.press("escape")
        await phone.on(BoardScreen)
        assert len(phone.app.screen_stack) == 1
