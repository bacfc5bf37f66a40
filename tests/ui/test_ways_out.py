"""Keys that cannot do what they say give the reason, and what was chosen before a mistake stays chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.language.translator import language
from concierge.services.intake import Intake
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose
from concierge.ui.screens.handover import HandoverScreen
from concierge.ui.screens.preview import PreviewScreen
from concierge.ui.screens.shift import ShiftScreen
from tests.ui.at_the_phone import LANGUAGES, ringing
from tests.ui.handing_over import handed_over


@pytest.mark.parametrize("code", LANGUAGES)
async def test_leaving_with_a_question_open_says_what_to_press_first(
    desk: tuple[Front, FixedClock], code: str
) -> None:
    t = language(code)
    async with ringing(desk[0], code=code) as phone:
        await phone.press("f4")
        await phone.on(ShiftScreen)
        await phone.press("ctrl+l")
        await phone.until(lambda: phone.app.screen.is_modal, "a question")
        await phone.press("ctrl+q")
        said = t("A question is open: Esc first, then Ctrl+Q leaves.")
        await phone.until(lambda: said in phone.said(), "it says why not")
        await phone.press("escape", "ctrl+q")
        await phone.until(lambda: not phone.app.is_running or phone.app._exit, "the desk is left")


async def test_a_matter_without_a_household_says_that_there_is_no_file(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    intake = Intake(category="neighbour", words="fumes", place="Garage B2", channel="phone")
    front.add_ticket(intake=intake, actor="陈丽")
    async with ringing(front) as phone:
        await phone.press("ctrl+u")
        await phone.until(lambda: "there is no file to open" in phone.said(), "it says why not")
        assert isinstance(phone.app.screen, BoardScreen)


async def test_f4_leads_from_a_signed_handover_and_its_summary_back_to_the_shift(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    handed_over(front, "周强")
    async with ringing(front) as phone:
        await phone.press("f4")
        await phone.on(ShiftScreen)
        shift = phone.app.screen
        phone.app.push_screen(HandoverScreen(1))
        await phone.on(HandoverScreen)
        phone.app.push_screen(PreviewScreen(1))
        await phone.on(PreviewScreen)
        await phone.press("f4")
        await phone.until(lambda: phone.app.screen is shift, "the shift in front")


async def test_a_wrong_folder_is_said_where_it_was_typed_and_format_and_language_stay_chosen(
    desk: tuple[Front, FixedClock], tmp_path: Path
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        phone.app.push_screen(PreviewScreen(1))
        await phone.on(PreviewScreen)
        await phone.until(lambda: "shift 1" in phone.text(), "the summary is read")
        await phone.press("ctrl+s")
        await phone.on(Choose)
        await phone.press("4")
        await phone.until(lambda: "language" in phone.text(), "in which language")
        await phone.press("1")
        await phone.on(AskLine)
        wrong, right = tmp_path / "nowhere" / "s.md", tmp_path / "s.md"
        line = phone.app.screen.query_one(Input)
        line.value = str(wrong)
        await phone.press("enter")
        await phone.until(
            lambda: (
                isinstance(phone.app.screen, AskLine)
                and phone.app.screen.query_one(Input) is not line
            ),
            "it is asked again",
        )
        again = phone.app.screen.query_one(Input)
        assert again.value == str(wrong)
        again.value = str(right)
        await phone.press("enter")
        await phone.until(right.exists, "it is written")
        assert "值班" in right.read_text(encoding="utf-8")
