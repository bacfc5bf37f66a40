"""Finding a household or a ticket, and where one goes from there."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events

from concierge.front import Front
from concierge.services.households import add_household
from concierge.services.intake import Intake
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.find_results import open_tickets, plain_number
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.screens.log_line import LogDialog
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.widgets.field import Field
from concierge.ui.widgets.unit_choice import UnitChoice
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.fake_desk import sample_rows
from tests.ui.phone_desk import PhoneDesk
from tests.ui.real_desk import furnished


def find(phone: Phone) -> FindScreen:
    assert isinstance(phone.screen, FindScreen), phone.screen
    return phone.screen


async def look_for(phone: Phone, text: str) -> FindScreen:
    await phone.press("f3")
    await phone.on(FindScreen)
    await phone.say(text)
    await phone.until(lambda: find(phone)._looked_for == text, "the search is answered")
    await phone.pilot.pause()
    return find(phone)


@pytest.mark.parametrize("size", [*SIZES, (60, 15)])
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_household_is_found_and_its_card_opens(size: tuple[int, int], code: str) -> None:
    async with ringing(PhoneDesk(language=code), size, code) as phone:
        screen = await look_for(phone, "王建")
        found = screen.results.chosen
        assert isinstance(found, UnitChoice)
        assert (found.unit, found.match) == ("3-1201", "name")
        assert "138****1234" in phone.text()
        await phone.press("tab")
        await phone.until(lambda: screen.in_card and screen.card is not None, "the card is open")
        await phone.pilot.pause()
        text = phone.text()
        assert "Liu Min [/b]" in text
        assert "T-20261123-001" in text
        await phone.press("escape")
        assert not screen.in_card
        await phone.press("escape")
        await phone.on(BoardScreen)


async def test_enter_on_an_open_ticket_of_the_card_opens_it() -> None:
    opened: list[str] = []
    async with ringing(PhoneDesk()) as phone:
        app: Any = phone.app
        app.open_ticket = opened.append
        screen = await look_for(phone, "3-1201")
        await phone.until(lambda: screen.card is not None, "the card is read")
        await phone.press("tab", "enter")
        assert opened == ["T-20261123-001"]


@pytest.mark.parametrize("typed", ["T-20261123-004", "004", "t-20261123-004", "Ｔ-20261123-004"])
async def test_a_ticket_is_found_by_its_number_or_the_end_of_it(typed: str) -> None:
    opened: list[str] = []
    async with ringing(PhoneDesk()) as phone:
        app: Any = phone.app
        app.open_ticket = opened.append
        await look_for(phone, typed)
        await phone.press("enter")
        assert opened == ["T-20261123-004"]


async def test_f2_takes_a_matter_for_the_household_under_the_cursor() -> None:
    async with ringing(PhoneDesk()) as phone:
        await look_for(phone, "31201")
        await phone.press("down", "f2")
        await phone.on(IntakeScreen)
        box = phone.intake.fields.unit_box("unit")
        await phone.until(lambda: box.choice is not None, "the unit is taken")
        assert box.choice is not None
        assert box.choice.unit == "31-201"
        await phone.focus_on("words-area")


async def test_f2_goes_back_to_the_form_that_is_open_and_fills_its_empty_unit() -> None:
    async with ringing(PhoneDesk()) as phone:
        await phone.press("f2")
        await phone.on(IntakeScreen)
        await phone.press("tab")
        await phone.say("half a sentence")
        await look_for(phone, "5-902")
        await phone.press("f2")
        await phone.on(IntakeScreen)
        assert phone.intake.fields.words.text == "half a sentence"
        box = phone.intake.fields.unit_box("unit")
        await phone.until(lambda: box.choice is not None, "the unit is taken")
        assert box.text == "5-902"


async def test_f2_takes_what_is_typed_while_only_an_older_answer_is_here() -> None:
    gate = threading.Event()
    gate.set()
    try:
        async with ringing(PhoneDesk(gate=gate)) as phone:
            screen = await look_for(phone, "3-1201")
            gate.clear()
            screen.query_one(Field).value = "5-902"
            await phone.pilot.pause()
            assert screen._looked_for == "3-1201"
            assert screen.in_front() is None
            await phone.press("f2")
            await phone.on(IntakeScreen)
            assert phone.intake.fields.unit_box("unit").text == "5-902"
    finally:
        gate.set()


async def test_an_empty_box_and_an_empty_answer_say_what_to_press() -> None:
    async with ringing(PhoneDesk()) as phone:
        await phone.press("f3")
        await phone.on(FindScreen)
        await phone.pilot.pause()
        assert "Type a unit" in phone.text()
        await phone.say("zzz [/b]")
        await phone.until(lambda: "F2 takes" in phone.text(), "what to press")
        await phone.press("f2")
        await phone.on(IntakeScreen)
        assert phone.intake.fields.unit_box("unit").text == "zzz [/b]"


async def test_only_the_latest_question_is_answered() -> None:
    gate = threading.Event()
    desk = PhoneDesk(gate=gate)
    try:
        async with ringing(desk) as phone:
            await phone.press("f3")
            await phone.on(FindScreen)
            await phone.press(*"31201")
            gate.set()
            await phone.until(lambda: find(phone)._looked_for == "31201", "the last question")
            assert len(find(phone).results.choices) == 2
    finally:
        gate.set()


async def test_the_language_switches_in_place() -> None:
    async with ringing(PhoneDesk()) as phone:
        screen = await look_for(phone, "3-1201")
        await phone.press("ctrl+b")
        await phone.until(lambda: phone.app.language == "zh", "Chinese")
        assert screen.text == "3-1201"
        assert screen.results.chosen is not None
        assert phone.app.focused is not None
        assert phone.app.focused.id == "find-text-box"


@pytest.mark.parametrize("size", SIZES)
async def test_at_a_real_store_a_closed_ticket_is_found_by_its_whole_number(
    home: Path, size: tuple[int, int]
) -> None:
    front = furnished(home)
    view = front.add_ticket(
        intake=Intake(category="fees", words="多少钱", unit="3-1201", answered="2.8 元"),
        actor="陈丽",
    )
    opened: list[str] = []
    async with ringing(front, size, "zh") as phone:
        app: Any = phone.app
        app.open_ticket = opened.append
        screen = await look_for(phone, view.number)
        await phone.press("enter")
        assert opened == [view.number]
        await phone.press("ctrl+u")
        await phone.say("13800001234")
        await phone.until(
            lambda: screen.card is not None and screen.card.unit == "3-1201", "by phone"
        )
        assert screen.card is not None
        assert screen.card.tickets_90_days == 1
    front.close()


async def test_a_matter_that_was_resolved_meanwhile_leaves_the_card(home: Path) -> None:
    front = furnished(home)
    view = front.add_ticket(
        intake=Intake(category="neighbour", words="太吵", unit="3-1201"), actor="陈丽"
    )
    async with ringing(front) as phone:
        screen = await look_for(phone, "3-1201")
        await phone.until(lambda: len(screen.open_there.choices) == 1, "the card is read")
        front.record(action="resolve", number=view.number, actor="陈丽")
        phone.app.reload()
        await phone.until(lambda: not screen.open_there.choices, "it has gone")
        assert screen.results.chosen is not None  # what was found stands there as it did
    front.close()


def test_what_may_be_a_ticket_number() -> None:
    assert plain_number("t-20261123-00") == "T-20261123-00"
    assert plain_number("012") == "012"
    assert plain_number("3-1201") is None
    assert plain_number("王") is None


def test_bare_digits_are_the_whole_end_of_a_number() -> None:
    rows = sample_rows()
    assert [each.number for each in open_tickets("03", rows)] == ["T-20261123-003"]
    assert open_tickets("3-1201", rows) == ()


def underlined(phone: Phone) -> str:
    """What is marked on the screen."""
    strips = phone.app.screen._compositor.render_strips()
    return "".join(
        segment.text
        for strip in strips
        for segment in strip
        if segment.style and segment.style.underline
    )


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_typed_text_is_marked_in_the_results_and_never_read_as_markup(
    home: Path, code: str
) -> None:
    front = furnished(home)
    add_household(
        front.opened.desk, unit="8-801", name="Eve [b]x", notes="see [/b] peanut [link=x]"
    )
    async with ringing(front, (120, 36), code) as phone:
        screen = await look_for(phone, "peanut")
        assert screen.results.choices
        assert underlined(phone) == "peanut"
        assert "see [/b] peanut [link=x]" in phone.text()
        assert (" file " if code == "en" else "档案") in phone.text()
        await phone.press("ctrl+u")
        await phone.say("eve [b]")
        await phone.until(lambda: screen._looked_for == "eve [b]", "the search is answered")
        await phone.pilot.pause()
        assert "eve [b]" in phone.text()
        assert underlined(phone) == "Eve [b]"
    front.close()


async def ticket_over_find(phone: Phone, front: Front) -> FindScreen:
    """A search is answered, and a ticket was opened over it."""
    intake = Intake(category="neighbour", words="太吵", unit="3-1201")
    number = front.add_ticket(intake=intake, actor="陈丽").number
    screen = await look_for(phone, "3-1201")
    phone.app.open_ticket(number)
    await phone.on(TicketScreen)
    await phone.until(lambda: phone.app.focused is not None, "the ticket can be read")
    await phone.pilot.pause()
    return screen


@pytest.mark.parametrize("back", ["f3", "escape"])
async def test_what_was_looked_for_before_is_typed_over_and_its_answer_stands(
    home: Path, back: str
) -> None:
    front = furnished(home)
    async with ringing(front) as phone:
        screen = await ticket_over_find(phone, front)
        await phone.press(back)
        await phone.on(FindScreen)
        assert find(phone) is screen
        assert screen.found is not None  # Enter would still open it
        await phone.press(*"31-201")
        await phone.until(lambda: screen._looked_for == "31-201", "the new search is answered")
        assert screen.text == "31-201"
    front.close()


async def test_digits_that_arrive_at_once_behind_f3_replace_the_old_text_and_none_is_lost(
    home: Path,
) -> None:
    front = furnished(home)
    async with ringing(front) as phone:
        screen = await ticket_over_find(phone, front)
        for key in ("f3", *"5902"):
            phone.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await phone.until(lambda: screen.text == "5902", "all four digits and nothing else")
        assert find(phone) is screen
    front.close()


async def test_a_line_for_the_log_leaves_a_half_typed_search_to_be_typed_on() -> None:
    async with ringing(PhoneDesk()) as phone:
        screen = await look_for(phone, "3-12")
        await phone.press("ctrl+l")
        await phone.on(LogDialog)
        await phone.press("escape")
        await phone.on(FindScreen)
        await phone.press("0", "1")
        assert screen.text == "3-1201"
