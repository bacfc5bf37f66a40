"""The running log: a line from anywhere, for whom it is, about what is in front; nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input, Static

from concierge.clock import FixedClock
from concierge.domain.refusal import Refusal
from concierge.front import Front
from concierge.language.translator import language
from concierge.services.views import ShiftView
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import Confirm
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.household import HouseholdScreen
from concierge.ui.screens.household_list import HouseholdListScreen
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.screens.log_line import LogDialog
from concierge.ui.screens.shift import ShiftScreen
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.widgets.row_scroll import RowScroll
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.set_clock import ODD, taken


def notes(front: Front) -> list[tuple[str, str | None, str | None, str | None]]:
    """The log as it is kept: text, flag, unit, ticket."""
    return [(each.text, each.flag, each.unit, each.number) for each in front.handover().notes]


def line_of(phone: Phone) -> Input:
    return phone.screen.query_one("#line", Input)


def said(phone: Phone, name: str) -> str:
    return str(phone.screen.query_one(f"#{name}", Static).render())


async def open_log(phone: Phone) -> None:
    await phone.press("ctrl+l")
    await phone.on(LogDialog)


async def keep(phone: Phone, text: str) -> None:
    await phone.say(text)
    await phone.press("enter")
    await phone.until(lambda: not isinstance(phone.screen, LogDialog), "the line is kept")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_line_is_kept_with_the_flag_that_tab_chose(
    desk: tuple[Front, FixedClock], size: tuple[int, int], code: str
) -> None:
    front, _ = desk
    t = language(code)
    async with ringing(front, size, code) as phone:
        await open_log(phone)
        await phone.press("tab")
        assert f"[{t('next shift')}]" in said(phone, "flag")
        await keep(phone, "钥匙在前台")
        assert notes(front) == [("钥匙在前台", "next", None, None)]
        assert t("Kept in the running log.") in phone.said()
    front.close()


async def test_tab_goes_round_all_flags_and_back(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await open_log(phone)
        seen = []
        for _ in range(4):
            await phone.press("tab")
            seen.append(said(phone, "flag"))
        assert len(set(seen)) == 4
        await phone.press("shift+tab")
        assert said(phone, "flag") == seen[2]
        assert phone.app.focused is line_of(phone)


async def test_on_a_ticket_the_line_is_about_it_unless_somebody_says_otherwise(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    number = taken(front).number
    async with ringing(front) as phone:
        await phone.press("enter")
        await phone.on(TicketScreen)
        await phone.until(lambda: getattr(phone.screen, "view", None) is not None, "the ticket")
        await open_log(phone)
        assert number in said(phone, "tie")
        await keep(phone, "about it")
        await phone.on(TicketScreen)
        await open_log(phone)
        await phone.press("f5")
        await keep(phone, "about nothing")
        assert notes(front) == [
            ("about it", None, "3-1201", number),
            ("about nothing", None, None, None),
        ]


async def test_a_cursor_on_the_board_ties_nothing_until_f5_says_so(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    number = taken(front).number
    async with ringing(front) as phone:
        await open_log(phone)
        await keep(phone, "loose")
        await phone.on(BoardScreen)
        await open_log(phone)
        await phone.press("f5")
        await keep(phone, "tied")
        assert notes(front) == [("loose", None, None, None), ("tied", None, "3-1201", number)]


async def test_in_a_household_s_file_the_line_is_about_the_unit(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        phone.app.open_household("3-1201")
        await phone.on(HouseholdScreen)
        await open_log(phone)
        await keep(phone, "moved the bike")
        assert notes(front) == [("moved the bike", None, "3-1201", None)]


@pytest.mark.parametrize("route", ["intake", "find", "shift", "households"])
async def test_the_key_works_on_every_screen_and_leads_back_there(
    desk: tuple[Front, FixedClock], route: str
) -> None:
    kinds: dict[str, type[Screen[Any]]] = {
        "intake": IntakeScreen,
        "find": FindScreen,
        "shift": ShiftScreen,
        "households": HouseholdListScreen,
    }
    front, _ = desk
    async with ringing(front) as phone:
        phone.app.open_screen(route)
        await phone.on(kinds[route])
        await open_log(phone)
        await keep(phone, f"from {route}")
        await phone.on(kinds[route])
        assert [each[0] for each in notes(front)] == [f"from {route}"]


async def test_words_half_typed_in_the_form_stand_after_a_line_for_the_log(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await phone.press("f2")
        await phone.on(IntakeScreen)
        box = phone.intake.fields.unit_box("unit").query_one(Input)
        await phone.say("3-12")
        await open_log(phone)
        await keep(phone, "meanwhile")
        await phone.on(IntakeScreen)
        assert box.value == "3-12"


async def test_escape_drops_a_typed_line_only_when_that_is_said(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await open_log(phone)
        await phone.say("half a thought")
        await phone.press("escape")
        await phone.on(Confirm)
        await phone.press("enter")  # the safe answer
        await phone.on(LogDialog)
        assert line_of(phone).value == "half a thought"
        await phone.press("escape")
        await phone.on(Confirm)
        await phone.press("y")
        await phone.on(BoardScreen)
        assert notes(front) == []


async def test_an_empty_line_is_left_without_a_question_and_never_kept(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front) as phone:
        await open_log(phone)
        await phone.press("enter")
        assert isinstance(phone.screen, LogDialog)
        assert "Please type something" in said(phone, "wrong")
        await phone.press("escape")
        await phone.on(BoardScreen)
        assert notes(front) == []


async def test_a_line_that_is_refused_still_stands_there_with_the_reason(
    desk: tuple[Front, FixedClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    front, _ = desk

    def refused(**_: object) -> ShiftView:
        raise Refusal("shift.not-running", desk="Lobby 3")

    async with ringing(front) as phone:
        await open_log(phone)
        await phone.say("too late")
        monkeypatch.setattr(front, "note_shift", refused)
        await phone.press("enter")
        await phone.until(lambda: "No shift is running" in said(phone, "wrong"), "the reason")
        assert line_of(phone).value == "too late"
        monkeypatch.undo()
        await phone.press("enter")
        await phone.on(BoardScreen)
        assert [each[0] for each in notes(front)] == ["too late"]


async def test_without_a_shift_there_is_no_log_and_the_key_says_which_one_starts_it(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    front.end_shift(actor="陈丽")
    async with ringing(front) as phone:
        await phone.press("ctrl+l")
        await phone.until(lambda: "F4 starts one" in phone.said(), "a sentence")
        assert isinstance(phone.screen, BoardScreen)


async def test_odd_text_is_kept_as_typed_and_harms_no_screen(
    desk: tuple[Front, FixedClock],
) -> None:
    front, _ = desk
    async with ringing(front, (120, 36)) as phone:
        await open_log(phone)
        await keep(phone, ODD + "长" * 400)
        await phone.press("f4")
        await phone.on(ShiftScreen)
        log = phone.screen.query_one("#notes", RowScroll)
        await phone.until(
            lambda: "[/b][link=x]y[/link]" in "".join(log.plain.split()), "the line is shown"
        )
        assert "\x1b" not in phone.text()
        assert "\u202e" not in phone.text()
