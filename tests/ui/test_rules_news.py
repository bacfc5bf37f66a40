"""A policy file edited while the desk is open: what moved is said, a mistake as well, and work goes on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from concierge.ui.app import DeskApp
from tests.ui.set_clock import stopped, taken
from tests.ui.waiting import until

QUICK = '[categories.neighbour]\nattend = "5 minutes"\n'


def said(app: DeskApp) -> str:
    """All that pops up at the moment."""
    return "\n".join(str(each.message) for each in app._notifications)


def put(home: Path, text: str, turn: int) -> None:
    """Save the policy file as an editor does; the stamp differs whatever the file system's clock can tell."""
    path = home / "policy.toml"
    path.write_text(text, encoding="utf-8")
    os.utime(path, (turn, turn))


async def swept(pilot: Pilot[Any], app: DeskApp) -> None:
    """Sweep once more, after whatever sweep is under way: that one may have looked at the file before."""
    await until(pilot, lambda: not app.ticker._sweeping, "no sweep is under way")
    app.ticker.sweep()


async def test_a_policy_edited_while_the_desk_is_open_is_taken_in_and_what_moved_is_said(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    front, _clock = stopped(home)
    ticket = taken(front)
    app = DeskApp(lambda: front, language="en")
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: app.board is not None, "the board is there")
        put(home, QUICK, 1)
        await swept(pilot, app)
        wanted = f"By the new rules on site of ticket {ticket.number} is due"
        await until(pilot, lambda: wanted.split(" of ")[1] in said(app), "what moved is said")
        assert front.ticket(ticket.number).clocks[0].limit == "5 minutes"
        put(home, "[categories.neighbour]\nattend = 5\n", 2)
        await swept(pilot, app)
        await until(pilot, lambda: "Working with the rules as they were" in said(app), "a mistake")
        assert "categories.neighbour.attend" in said(app)
        assert front.sweep().held is None
