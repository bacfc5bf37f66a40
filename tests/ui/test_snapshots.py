"""Whole screens of a made-up working day, looked at once and held since; the README shows one of them.

After a wanted change: ``SNAPSHOTS=write pytest tests/ui/test_snapshots.py``, then open the pictures.
"""

from __future__ import annotations

import html
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from concierge.clock import FixedClock
from concierge.demo import build_demo
from concierge.front import Front
from concierge.language.translator import language as translator
from concierge.ui.app import DeskApp
from tests.ui.waiting import until

FOLDER = Path(__file__).resolve().parents[1] / "snapshots"
WRITE = os.environ.get("SNAPSHOTS") == "write"
LOOKS = 8
# What is read last and says the same in both languages.
PARTS = {
    "board": ("3-602", "F5", "14:13:00"),
    "intake": ("-20", "14:13:00"),
    "ticket": ("16:09", "-04:00"),
    "household": ("****", "F7", "14:13:00"),
}
# What arrives on its own after that, in the reader's words: what became of the notices.
LAST = {"board": "on screen only", "ticket": "on screen only"}
SIZES = {"80x24": (80, 24), "120x36": (120, 36)}


def made_up_day(home: Path, language: str, now: int) -> Front:
    """The demo's property at a fixed instant, with a clock that stands still."""
    build_demo(home, language=language, clock=FixedClock(now))
    front = Front(home, name=None, environ={})
    opened = front.opened
    front._opened = replace(opened, desk=replace(opened.desk, clock=FixedClock(now)))
    return front


def words(picture: str) -> list[str]:
    """What a picture says, line by line; colours and ids may differ from one Textual to the next."""
    said = re.findall(r"<text[^>]*>(.*?)</text>", picture, re.DOTALL)
    plain = [
        html.unescape(re.sub(r"<[^>]*>", "", line)).replace("\xa0", " ").strip() for line in said
    ]
    return [line for line in plain if line]


async def still(pilot: Pilot[int], app: DeskApp, *parts: str) -> str:
    """The picture once every part is there and nothing moves: the same at several looks in a row."""
    looks: list[str] = []

    def unmoved() -> bool:
        looks.append(app.export_screenshot(title="Concierge"))
        whole = all(any(part in line for line in words(looks[-1])) for part in parts)
        return whole and len(looks) >= LOOKS and len(set(looks[-LOOKS:])) == 1

    await until(pilot, unmoved, "the screen stands still")
    return looks[-1]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("screen", ["board", "intake", "ticket", "household"])
async def test_a_screen_looks_as_it_was_last_seen(
    screen: str, language: str, size: str, tmp_path: Path, now: int
) -> None:
    front = made_up_day(tmp_path / "home", language, now)
    app = DeskApp(lambda: front, language=language)
    async with app.run_test(size=SIZES[size]) as pilot:
        await until(pilot, lambda: app.board is not None, "the board is read")
        if screen == "intake":
            await pilot.press("f2")
            await until(pilot, lambda: type(app.screen).__name__ == "IntakeScreen", "intake")
        if screen == "ticket":
            await pilot.press("enter")
            await until(pilot, lambda: type(app.screen).__name__ == "TicketScreen", "the ticket")
        if screen == "household":
            await pilot.press("f3", *"31201", "enter")
            await until(pilot, lambda: type(app.screen).__name__ == "HouseholdScreen", "the file")
        last = [translator(language)(LAST[screen])] if screen in LAST else []
        picture = await still(pilot, app, *PARTS[screen], *last)
    path = FOLDER / f"{screen}_{language}_{size}.svg"
    if WRITE:
        path.write_text(picture, encoding="utf-8")
    assert words(picture) == words(path.read_text(encoding="utf-8"))
