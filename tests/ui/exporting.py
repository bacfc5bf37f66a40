"""Writing a paper to a file by its screen."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from concierge.ui.screens.dialogs import AskLine, Choose
from tests.ui.at_the_phone import Phone


async def write_to(phone: Phone, path: Path, form: str = "4") -> None:
    """In the format of that digit, 4 is Markdown, in the language that is offered first, to that file."""
    await phone.press("ctrl+s")
    await phone.on(Choose)
    await phone.press(form)
    await phone.on(Choose)
    await phone.press("enter")
    await phone.on(AskLine)
    phone.screen.query_one(Input).value = str(path)
    await phone.press("enter")
