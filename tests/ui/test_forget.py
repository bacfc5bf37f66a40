"""Forgetting people who moved out, from the file's screen: asked twice, decided by a supervisor."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest

from concierge.services import forgetting, forgetting_search
from concierge.services.intake import Intake
from concierge.services.verify import verify
from concierge.ui.screens.dialogs import Choose, Confirm
from concierge.ui.screens.forget_reading import Reading
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


async def test_texts_that_may_name_somebody_are_shown_and_marked_before_they_lose_the_name(
    tmp_path: Path,
) -> None:
    front, _clock = stopped(tmp_path / "home")
    async with ringing(front, (80, 24), "en") as phone:
        front.set_household(unit=UNIT, values={"moved_out": "2026-11-01"}, actor="陈丽")
        name = front.household_file(UNIT).members[0].name
        parcel, umbrella = (
            front.add_ticket(
                intake=Intake(category="fees", unit="3-1301", words=words, unverified=True),
                actor="陈丽",
            )
            for words in (f"parcel of {name}", f"umbrella of {name}")
        )
        phone.app.open_household(UNIT)
        await phone.on(HouseholdScreen)
        screen: Any = phone.screen
        await phone.until(lambda: bool(screen.shown and screen.shown.file.moved_out), "it is read")
        screen.action_forget()
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: "Which supervisor" in phone.text(), "who decides is asked")
        await phone.press("1")
        await phone.until(lambda: "umbrella" in phone.text(), "the texts are shown")
        assert (phone.text().count("[ ]"), phone.text().count("[x]")) == (2, 1)
        await phone.press("3")
        await phone.until(lambda: phone.text().count("[x]") == 2, "one is marked, beside the words")
        await phone.press("1")
        await phone.on(Confirm)
        await phone.press("left", "enter")
        await phone.until(
            lambda: "1 text may still name them" in phone.said(), "what is left is said"
        )
        assert parcel.number in phone.said()
        assert umbrella.number not in phone.said()
        assert front.ticket(parcel.number).words == f"parcel of {name}"
        assert front.ticket(umbrella.number).words == "umbrella of ****"
        assert not front.household_file(UNIT).members
    front.close()


async def test_reading_for_a_name_is_stopped_by_escape_and_nobody_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front, _clock = stopped(tmp_path / "home")
    reached, go_on = Event(), Event()
    look = forgetting_search.look

    def slow(session: Any, traces: Any, tell: Any) -> Any:
        reached.set()
        assert go_on.wait(20)
        return look(session, traces, tell)

    monkeypatch.setattr(forgetting, "look", slow)
    async with ringing(front, (80, 24), "en") as phone:
        front.set_household(unit=UNIT, values={"moved_out": "2026-11-01"}, actor="陈丽")
        phone.app.open_household(UNIT)
        await phone.on(HouseholdScreen)
        screen: Any = phone.screen
        await phone.until(lambda: bool(screen.shown and screen.shown.file.moved_out), "it is read")
        screen.action_forget()
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: "Which supervisor" in phone.text(), "who decides is asked")
        await phone.press("1")
        await phone.on(Reading)
        await phone.until(reached.is_set, "the store is being read")
        await phone.press("escape")
        go_on.set()
        await phone.until(lambda: "nobody was forgotten" in phone.said(), "it is said")
        await phone.until(lambda: phone.screen is screen, "the file is in front")
        assert front.household_file(UNIT).members
    front.close()


async def test_open_tickets_are_said_before_texts_are_marked_and_forgetting_twice_says_who_is_known(
    tmp_path: Path,
) -> None:
    front, _clock = stopped(tmp_path / "home")
    async with ringing(front, (80, 24), "en") as phone:
        front.set_household(unit=UNIT, values={"moved_out": "2026-11-01"}, actor="陈丽")
        name = front.household_file(UNIT).members[0].name
        own, _other = (
            front.add_ticket(
                intake=Intake(category="fees", unit=unit, words=f"of {name}", unverified=True),
                actor="陈丽",
            )
            for unit in (UNIT, "3-1301")
        )
        phone.app.open_household(UNIT)
        await phone.on(HouseholdScreen)
        screen: Any = phone.screen
        await phone.until(lambda: bool(screen.shown and screen.shown.file.moved_out), "it is read")
        screen.action_forget()
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: "Which supervisor" in phone.text(), "who decides is asked")
        await phone.press("1")
        await phone.until(lambda: "close them first" in phone.said(), "it is said at once")
        assert own.number in phone.said()
        await phone.until(lambda: phone.screen is screen, "no text was shown for marking")
        front.record(
            action="resolve", number=own.number, actor="陈丽", text="paid", cause="forgotten"
        )
        front.forget_household(unit=UNIT, actor="周强")
        screen.action_forget()
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: "Which supervisor" in phone.text(), "who decides is asked")
        await phone.press("1")
        await phone.on(Confirm)
        assert f"No name of {UNIT} is on record any more" in phone.said()
        await phone.press("escape")
    front.close()
