"""Forgetting people who moved out, from the file's screen: asked twice, decided by a supervisor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from concierge.services.verify import verify
from concierge.ui.screens.dialogs import Choose, Confirm
from concierge.ui.screens.household import HouseholdScreen
from tests.ui.at_the_phone import LANGUAGES, ringing
from tests.ui.set_clock import stopped

UNIT = "3-1201"


@pytest.mark.parametrize("code", LANGUAGES)
async def test_who_moved_out_is_forgotten_by_a_supervisor_after_two_questions(
    tmp_path: Path, code: str
) -> None:
    front, _clock = stopped(tmp_path / "home")
    async with ringing(front, (80, 24), code) as phone:
        phone.app.open_household(UNIT)
        await phone.on(HouseholdScreen)
        screen: Any = phone.screen
        await phone.until(lambda: screen.shown is not None, "the file is read")
        screen.action_forget()
        await phone.pilot.pause()
        assert isinstance(phone.screen, HouseholdScreen), "nobody moved out, nobody is asked about"
        front.set_household(unit=UNIT, values={"moved_out": "2026-11-01"}, actor="陈丽")
        screen.read_again()
        await phone.until(lambda: bool(screen.shown and screen.shown.file.moved_out), "moved out")
        screen.action_forget()
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: phone.screen is not screen, "who decides is asked")
        await phone.on(Choose)
        await phone.press("1")
        await phone.on(Confirm)
        await phone.press("escape")
        await phone.until(lambda: phone.screen is screen, "nothing was done")
        assert front.household_file(UNIT).members
        screen.action_forget()
        await phone.on(Choose)
        await phone.press("1")
        await phone.pilot.pause()
        await phone.on(Choose)
        await phone.press("1")
        await phone.on(Confirm)
        await phone.press("left", "enter")
        await phone.until(lambda: phone.screen is not screen and not isinstance(phone.screen, Confirm),
                          "the file is gone")  # fmt: skip
        assert not front.household_file(UNIT).members
    assert verify(front.opened.desk).ok
    front.close()
