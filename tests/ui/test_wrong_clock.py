"""A wall clock that runs behind: the desk says so, and a supervisor confirms it by one key."""

from __future__ import annotations

from pathlib import Path

from concierge.ui.app import DeskApp
from tests.ui.set_clock import MINUTE, stopped, taken
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


async def test_a_clock_that_is_right_offers_nothing_to_confirm(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    app = DeskApp(lambda: front, language="en")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.board is not None, "the board is read")
        assert "confirm_clock" not in {command.id for command in app.offered()}
