"""Emergency: one line, Enter, saved, told, counting; then whom to ring."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from concierge.language.translator import language
from concierge.services.views import TicketView
from concierge.store.problem import StoreProblem
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import Choose
from concierge.ui.screens.emergency import EmergencyScreen
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.widgets.board import Board
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.fake_desk import NOON
from tests.ui.phone_desk import PhoneDesk
from tests.ui.real_desk import furnished


def saved(phone: Phone) -> TicketView | None:
    screen = phone.screen
    return screen.saved if isinstance(screen, EmergencyScreen) else None


async def report(phone: Phone, text: str) -> None:
    await phone.press("f8")
    await phone.on(EmergencyScreen)
    await phone.say(text)
    await phone.press("enter")
    await phone.until(lambda: saved(phone) is not None, "it is saved")
    await phone.pilot.pause()


@pytest.mark.parametrize("size", [*SIZES, (60, 15)])
@pytest.mark.parametrize("code", LANGUAGES)
async def test_place_enter_saved_told_counting_and_whom_to_ring(
    size: tuple[int, int], code: str
) -> None:
    desk = PhoneDesk(language=code)
    async with ringing(desk, size, code) as phone:
        await report(phone, "2号电梯")
        intake, actor = desk.added[0]
        assert (intake.category, intake.grade, intake.place, intake.unit) == (
            "emergency",
            "major",
            "2号电梯",
            None,
        )
        assert intake.words == language(code)(
            "Emergency, details to follow: {said}", said="2号电梯"
        )
        assert (actor, intake.received_at, intake.late_reason) == ("陈丽", NOON, None)
        text = phone.text().replace(" ", "")
        assert "周强138-0000-1234" in text
        assert "14:37" in text
        assert "T-20261123-091" in text
        assert phone.keys == 2
        await phone.press("escape")
        await phone.on(BoardScreen)
        board = phone.app.board_screen.query_one(Board)
        await phone.until(
            lambda: board.selected is not None and board.selected.number == "T-20261123-091",
            "selected",
        )


@pytest.mark.parametrize(
    ("typed", "unit", "place"),
    [
        ("3栋1201", "3-1201", None),
        ("31201", None, "31201"),
        ("9-999", "9-999", None),
        ("wjg", None, "wjg"),
    ],
)
async def test_a_known_unit_is_a_unit_and_everything_else_a_place(
    typed: str, unit: str | None, place: str | None
) -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await phone.press("f8")
        await phone.on(EmergencyScreen)
        await phone.say(typed)
        screen: Any = phone.screen
        await phone.until(lambda: screen.where.answered == typed, "hits are here")
        await phone.press("enter")
        await phone.until(lambda: bool(desk.added), "it is saved")
        assert (desk.added[0][0].unit, desk.added[0][0].place) == (unit, place)


async def test_the_arrows_choose_a_household() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await phone.press("f8")
        await phone.on(EmergencyScreen)
        await phone.say("31201")
        screen: Any = phone.screen
        await phone.until(lambda: len(screen.where.hits.choices) == 2, "both are offered")
        await phone.press("down", "down", "enter")
        await phone.until(lambda: bool(desk.added), "it is saved")
        assert desk.added[0][0].unit == "31-201"


async def test_nobody_waits_for_a_search_that_hangs() -> None:
    gate = threading.Event()
    desk = PhoneDesk(gate=gate)
    try:
        async with ringing(desk) as phone:
            await report(phone, "大堂冒烟 [/b]")
            assert desk.added[0][0].place == "大堂冒烟 [/b]"
            assert "大堂冒烟 [/b]" in phone.text()
            gate.set()
    finally:
        gate.set()


async def test_an_empty_line_saves_nothing() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await phone.press("f8")
        await phone.on(EmergencyScreen)
        await phone.press("enter")
        await phone.until(lambda: bool(phone.said()), "it says what is missing")
        assert not desk.added


async def test_enter_twice_saves_once() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await phone.press("f8")
        await phone.on(EmergencyScreen)
        await phone.say("lift 2")
        await phone.press("enter", "ctrl+s", "ctrl+s")
        await phone.until(lambda: bool(desk.added), "it is saved")
        await phone.pilot.pause()
        assert len(desk.added) == 1


async def test_a_role_nobody_holds_says_to_ring_whoever_can_come() -> None:
    desk = PhoneDesk()
    add = desk.add_ticket

    def without_people(**given: Any) -> TicketView:
        view = add(**given)
        return replace(
            view, escalations=tuple(replace(e, people=(), phones=()) for e in view.escalations)
        )

    desk.add_ticket = without_people  # type: ignore[method-assign]
    async with ringing(desk) as phone:
        await report(phone, "lift 2")
        assert "Nobody is supervisor: ring whoever can come." in phone.text()


async def test_a_store_that_cannot_be_written_says_so_and_keeps_the_line() -> None:
    desk = PhoneDesk(refuses=StoreProblem("full"))
    async with ringing(desk) as phone:
        await phone.press("f8")
        await phone.on(EmergencyScreen)
        await phone.say("lift 2")
        await phone.press("enter")
        await phone.until(lambda: bool(phone.said()), "a sentence")
        screen: Any = phone.screen
        assert screen.where.text == "lift 2"
        desk.refuses = None
        await phone.press("ctrl+s")
        await phone.until(lambda: saved(phone) is not None, "it is saved the second time")


async def test_a_form_that_stood_open_is_still_saved() -> None:
    clock = [NOON]
    desk = PhoneDesk(clock=lambda: clock[0])
    async with ringing(desk) as phone:
        await phone.press("f8")
        await phone.on(EmergencyScreen)
        await phone.say("lift 2")
        clock[0] += 600
        await phone.until(lambda: phone.app.now == NOON + 600, "ten minutes pass")
        await phone.press("enter")
        await phone.until(lambda: bool(desk.added), "it is saved")
        assert desk.added[0][0].received_at == NOON
        assert desk.added[0][0].late_reason


async def test_nobody_on_shift_is_asked_by_one_digit() -> None:
    desk = PhoneDesk(shift=None)
    async with ringing(desk) as phone:
        await phone.press("f8")
        await phone.on(EmergencyScreen)
        await phone.say("lift 2")
        await phone.press("enter")
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: saved(phone) is not None, "it is saved")
        assert desk.added[0][1] == "陈丽"


async def test_the_form_beneath_keeps_its_words() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await phone.press("f2")
        await phone.on(IntakeScreen)
        await phone.press("tab")
        await phone.say("half a sentence")
        await report(phone, "lift 2")
        await phone.press("escape")
        await phone.on(IntakeScreen)
        assert phone.intake.fields.words.text == "half a sentence"


@pytest.mark.parametrize("code", LANGUAGES)
async def test_at_a_real_store_the_supervisor_is_told_inside_the_saving(
    home: Path, code: str
) -> None:
    front = furnished(home)
    async with ringing(front, code=code) as phone:
        await report(phone, "3栋1201")
        view = saved(phone)
        assert view is not None
        assert (view.unit, view.grade, view.category) == ("3-1201", "major", "emergency")
        assert view.escalations[0].people == ("周强",)
        assert "138-0000-1234" in phone.text()
        await phone.press("ctrl+b")
        await phone.pilot.pause()
        assert "138-0000-1234" in phone.text()
        await phone.press("escape")
        await phone.on(BoardScreen)
    front.close()
