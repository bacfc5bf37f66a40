"""A wall clock that runs behind: the desk says so, and a supervisor confirms it by one key."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.language.translator import language
from concierge.ui.app import DeskApp
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import Choose
from concierge.ui.widgets.alarm_banner import AlarmBanner
from tests.ui.at_the_phone import ringing
from tests.ui.held import Held
from tests.ui.set_clock import MINUTE, Said, stopped, taken
from tests.ui.waiting import until


async def test_a_clock_that_is_behind_is_confirmed_at_the_desk_and_escalation_goes_on(
    tmp_path: Path,
) -> None:
    front, clock = stopped(tmp_path / "home")
    ticket = taken(front)
    clock.at += 30 * MINUTE
    assert front.sweep().fired
    clock.at -= 10 * MINUTE
    app = DeskApp(lambda: front, language="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.board is not None and app.board.held, "the desk is held")
        await until(pilot, lambda: "本机时钟偏慢" in app.export_screenshot(), "the banner says so")
        await pilot.press("ctrl+f")
        await until(pilot, lambda: len(app.screen_stack) > 1, "who confirms is asked")
        await pilot.press("1")
        await until(pilot, lambda: app.board is not None and not app.board.held, "it goes on")
        assert front.sweep().held is None
    assert front.ticket(ticket.number).escalations


async def test_the_key_that_confirms_a_clock_pressed_twice_asks_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front, clock = stopped(tmp_path / "home")
    taken(front)
    clock.at += 30 * MINUTE
    assert front.sweep().fired
    clock.at -= 10 * MINUTE
    async with ringing(front) as phone:
        await phone.until(
            lambda: phone.app.board is not None and phone.app.board.held, "the desk is held"
        )
        held = Held(front, "staff", monkeypatch)
        await phone.press("ctrl+f", "ctrl+f")
        held.let_go()
        await phone.on(Choose)
        await phone.press("escape")
        await phone.on(BoardScreen)
        assert "Something went wrong" not in phone.said()


async def test_a_clock_that_is_right_offers_nothing_to_confirm(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    app = DeskApp(lambda: front, language="en")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.board is not None, "the board is read")
        assert "confirm_clock" not in {command.id for command in app.offered()}


@pytest.mark.parametrize("code", ["zh", "en"])
async def test_a_clock_that_leapt_ahead_holds_what_is_due_until_one_key_and_a_name(
    tmp_path: Path, code: str
) -> None:
    t = language(code)
    front, clock = stopped(tmp_path / "home")
    ticket = taken(front)
    async with ringing(front, code=code) as phone:
        await phone.until(lambda: not phone.app.ticker._sweeping, "the first look at the clocks")
        clock.leap(120 * MINUTE)
        phone.app.ticker.sweep()
        said = t(
            "The clock has jumped ahead by {span}: escalation waits 5 minutes, ^F confirms it.",
            span=t("{hours} h", hours=2),
        )
        banner = phone.app.board_screen.query_one(AlarmBanner)
        await phone.until(lambda: said in Said(banner.plain), "the banner says how far")
        assert not front.ticket(ticket.number).escalations
        await phone.press("ctrl+f")
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: said not in Said(banner.plain), "it is believed")
        assert phone.keys == 2
    assert [each.rung for each in front.ticket(ticket.number).escalations][:2] == [0, 1]
