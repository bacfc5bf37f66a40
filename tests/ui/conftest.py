"""The world of a screen: its cursor stands still, for a picture is taken at any moment of it."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea


@pytest.fixture(autouse=True)
def standing_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor blinks by the machine's own clock: half the time no picture would show it."""
    for box in (Input, TextArea):
        monkeypatch.setattr(box.__dict__["cursor_blink"], "_default", False)
