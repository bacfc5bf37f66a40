"""Driving the screens at the phone: keys as a person presses them, counted, and input as a method types it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from concierge.ui.app import DeskApp
from concierge.ui.screens.intake import IntakeScreen
from tests.ui.waiting import until

SIZES = [(80, 24), (120, 36)]
LANGUAGES = ["zh", "en"]


class Phone:
    """An app, its pilot, and how many keys were pressed."""

    def __init__(self, app: DeskApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.keys = 0

    @property
    def screen(self) -> Screen[Any]:
        return self.app.screen

    @property
    def intake(self) -> IntakeScreen:
        assert isinstance(self.app.screen, IntakeScreen), self.app.screen
        return self.app.screen

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.pilot.press(*keys)

    async def say(self, text: str) -> None:
        """Text as an input method commits it, not counted: words are what they are."""
        focused = self.app.focused
        if isinstance(focused, Input):
            focused.insert_text_at_cursor(text)
        else:
            assert isinstance(focused, TextArea), focused
            focused.insert(text)
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        await until(self.pilot, holds, what)

    async def on(self, kind: type[Screen[Any]]) -> None:
        await self.until(lambda: isinstance(self.app.screen, kind), f"{kind.__name__} in front")
        await self.pilot.pause()

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def said(self) -> str:
        """The toasts."""
        return "\n".join(f"{each.title} {each.message}" for each in self.app._notifications)

    async def focus_on(self, widget_id: str) -> None:
        await self.until(
            lambda: self.app.focused is not None and self.app.focused.id == widget_id,
            f"focus on {widget_id}",
        )


@asynccontextmanager
async def ringing(
    desk: object, size: tuple[int, int] = (80, 24), code: str = "en"
) -> AsyncIterator[Phone]:
    """The desk with its board on the screen."""
    port: Any = desk
    app = DeskApp(lambda: port, language=code)
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: app.board is not None and app.now > 0, "the board is read")
        await pilot.pause()
        yield Phone(app, pilot)
