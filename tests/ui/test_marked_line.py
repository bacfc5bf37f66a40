"""Whoever goes on from a unit box by Tab takes the line that is marked, as by Enter."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual import events

from concierge.front import Front
from concierge.language.translator import language
from concierge.services.drafts import DraftView
from concierge.services.households import add_household
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import Choose
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.widgets.unit_box import UnitBox
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.fake_desk import NOON
from tests.ui.phone_desk import PhoneDesk
from tests.ui.real_desk import furnished


def with_entrances(home: Path) -> Front:
    """A flat that is found by its last digits, which also read as another one that does not exist."""
    front = furnished(home)
    add_household(front.opened.desk, unit="3-1-1203", name="张敏")
    return front


async def unit_box(phone: Phone) -> UnitBox:
    await phone.press("f2")
    await phone.on(IntakeScreen)
    await phone.until(lambda: len(phone.intake._categories) > 3, "categories are read")
    return phone.intake.fields.unit_box("unit")


async def typed(phone: Phone, text: str) -> UnitBox:
    box = await unit_box(phone)
    await phone.press(*text)
    await phone.until(lambda: box.answered == text, "hits are shown")
    await phone.pilot.pause()
    return box


def taken(box: UnitBox) -> tuple[str | None, bool] | None:
    return (box.choice.unit, box.choice.verified) if box.choice is not None else None


@pytest.mark.parametrize("key", ["tab", "shift+tab", "enter"])
async def test_every_key_that_goes_on_takes_the_household_that_is_marked(
    home: Path, key: str
) -> None:
    front = with_entrances(home)
    async with ringing(front) as phone:
        box = await typed(phone, "1203")
        assert [each.unit for each in box.hits.choices] == ["3-1-1203", "1-203"]
        await phone.press(key)
        await phone.until(lambda: taken(box) == ("3-1-1203", True), "the household is taken")
        assert box.text == "3-1-1203"
    front.close()


async def test_a_unit_nobody_knows_is_taken_by_tab_once_the_arrows_went_to_it(home: Path) -> None:
    front = with_entrances(home)
    async with ringing(front) as phone:
        box = await typed(phone, "1203")
        await phone.press("down", "tab")
        await phone.until(lambda: taken(box) == ("1-203", False), "the other one is taken")
    front.close()


async def test_tab_pressed_before_the_answer_takes_what_is_marked_when_it_comes() -> None:
    gate = threading.Event()
    try:
        async with ringing(PhoneDesk(gate=gate)) as phone:
            box = await unit_box(phone)
            await phone.press(*"wjg", "tab", *"abc")
            assert box.choice is None
            gate.set()
            await phone.until(lambda: taken(box) == ("3-1201", True), "it is taken")
            assert phone.intake.fields.words.text == "abc"
    finally:
        gate.set()


async def test_whoever_comes_back_to_type_on_before_the_answer_has_nothing_taken() -> None:
    gate = threading.Event()
    try:
        async with ringing(PhoneDesk(gate=gate)) as phone:
            box = await unit_box(phone)
            await phone.press(*"3-120", "tab", "shift+tab", "1")
            gate.set()
            await phone.until(lambda: box.answered == "3-1201", "the answer")
            assert box.choice is None
            assert box.text == "3-1201"
    finally:
        gate.set()


async def test_saving_from_the_box_itself_takes_what_is_marked(home: Path) -> None:
    front = with_entrances(home)
    async with ringing(front) as phone:
        box = await unit_box(phone)
        await phone.press("tab")
        await phone.say("漏水")
        await phone.press("tab", "8", "shift+tab", "shift+tab", *"1203", "ctrl+s")
        await phone.on(BoardScreen)
        (ticket,) = front.tickets(state="open")
        assert (ticket.unit, ticket.unit_verified) == ("3-1-1203", True)
        assert box.choice is not None
    front.close()


async def test_tab_leaves_two_that_read_alike_open_unless_the_arrows_were_used() -> None:
    async with ringing(PhoneDesk()) as phone:
        box = await typed(phone, "31201")
        await phone.press("tab")
        assert box.choice is None
        await phone.press("shift+tab", "down", "tab")
        await phone.until(lambda: taken(box) == ("31-201", True), "the second is taken")


async def test_looking_at_another_window_takes_nothing() -> None:
    async with ringing(PhoneDesk()) as phone:
        box = await typed(phone, "wj")
        assert box.hits.chosen is not None
        phone.app.post_message(events.AppBlur())
        await phone.until(lambda: phone.app.focused is None, "another window is in front")
        await phone.pilot.pause()
        phone.app.post_message(events.AppFocus())
        await phone.focus_on("unit-line-box")
        assert box.choice is None
        assert box.text == "wj"


@pytest.mark.parametrize(
    ("text", "unit"), [("1-203", ("1-203", False)), ("1203", ("3-1-1203", True))]
)
async def test_a_draft_keeps_the_unit_that_was_taken_and_reads_what_was_not(
    home: Path, text: str, unit: tuple[str, bool]
) -> None:
    front = with_entrances(home)
    front.save_draft(draft="d", received_at=front.now(), form={"unit": text, "words": "x"})
    async with ringing(front) as phone:
        await phone.press("f2")
        await phone.on(Choose)
        await phone.press("1")
        await phone.on(IntakeScreen)
        box = phone.intake.fields.unit_box("unit")
        await phone.until(lambda: taken(box) == unit, "the unit is back")
    front.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_line_says_what_enter_and_tab_take(size: tuple[int, int], code: str) -> None:
    t = language(code)
    async with ringing(PhoneDesk(language=code), size, code) as phone:
        box = await typed(phone, "1234")
        assert len(box.hits.choices) > 1
        assert t("Enter/Tab: marked line. Up/Down: another") in phone.text()
        await phone.press("ctrl+u", *"9-999")
        await phone.until(lambda: box.answered == "9-999", "hits are shown")
        await phone.pilot.pause()
        assert t("Enter/Tab: this line") in phone.text()
        await phone.press("ctrl+u")
        await phone.pilot.pause()
        assert t("Enter/Tab: this line") not in phone.text()


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_chooser_of_drafts_shows_no_phone_that_stands_in_the_words(code: str) -> None:
    form = {"words": "水管漏请打13911110000", "unit": "1-203"}
    desk = PhoneDesk(language=code, kept={"d": DraftView("d", NOON - 60, NOON, form)})
    async with ringing(desk, code=code) as phone:
        await phone.press("f2")
        await phone.on(Choose)
        assert "水管漏请打139****0000" in phone.text()
        assert "13911110000" not in phone.text()
