"""The box of one line paints as Textual's own, and lays nothing out while one types."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from concierge.ui.widgets.field import Field
from concierge.ui.widgets.line import Line

LONG = "楼上中午还在打电钻, the whole wall shakes"


class Boxes(App[None]):
    """Textual's own box and ours, one below the other."""

    CSS = "Input { width: 24; height: 1; border: none; }"

    def compose(self) -> ComposeResult:
        yield Input("", placeholder="a hint that is longer than the box", id="plain", compact=True)
        yield Line("", placeholder="a hint that is longer than the box", id="ours", compact=True)


@pytest.mark.parametrize(
    "keys",
    [
        [*"3-1201"],
        [*LONG],
        [*LONG, *["backspace"] * 35],
        [*LONG, "home", *["delete"] * 30, "end", "x"],
        [*LONG, "ctrl+u", "a"],
        [*LONG, *["left"] * 20, "王", "end"],
    ],
)
async def test_a_line_shows_what_an_input_shows(keys: list[str]) -> None:
    seen = {}
    app = Boxes()
    async with app.run_test(size=(60, 10)) as pilot:
        for name in ("plain", "ours"):
            box = app.query_one(f"#{name}", Input)
            box.focus()
            box.cursor_blink = False
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            seen[name] = (
                box.value,
                box.render_line(0).text,
                box.scroll_offset.x,
                box.cursor_screen_offset.x,
            )
    assert seen["plain"] == seen["ours"]


@pytest.mark.parametrize(("name", "lays_out"), [("plain", True), ("ours", False)])
async def test_a_letter_lays_nothing_out(name: str, *, lays_out: bool) -> None:
    app = Boxes()
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(f"#{name}", Input).focus()
        await pilot.pause()
        with patch.object(Screen, "_refresh_layout", autospec=True) as laid:
            await pilot.press("a", "b", "backspace")
            await pilot.pause()
    assert laid.called is lays_out


async def test_a_note_that_says_the_same_again_lays_nothing_out() -> None:
    class Form(App[None]):
        language = "en"

        def compose(self) -> ComposeResult:
            yield Field("Unit", id="unit")

    app = Form()
    async with app.run_test(size=(60, 10)) as pilot:
        field = app.query_one(Field)
        field.note(lambda _: Content("which one?"))
        await pilot.pause()
        with patch.object(Screen, "_refresh_layout", autospec=True) as laid:
            field.note(lambda _: Content("which one?"))
            await pilot.pause()
            assert laid.call_count == 0
            field.note(lambda _: Content("Wang Min"))
            await pilot.pause()
            assert laid.call_count > 0
        assert str(field.query_one(".field--note", Static).render()) == "Wang Min"
