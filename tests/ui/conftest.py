"""The world of a screen: its cursor stands still, for a picture is taken at any moment of it; and a desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from concierge.clock import FixedClock
from concierge.front import Front
from tests.ui.set_clock import stopped


@pytest.fixture(autouse=True)
def standing_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor blinks by the machine's own clock: half the time no picture would show it."""
    for box in (Input, TextArea):
        monkeypatch.setattr(box.__dict__["cursor_blink"], "_default", False)


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Front, FixedClock]:
    """A furnished desk whose clock stands; 陈丽 is on shift on Monday 23 November 2026, 14:13."""
    return stopped(tmp_path / "home")
