"""A phone that somebody typed: masked on every screen, whole for half a minute where a key shows it."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Input

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.language.translator import language
from concierge.services.facts import NewFact
from concierge.services.instructions import NewInstruction
from concierge.services.intake import Intake
from concierge.services.views import EventView, TicketView
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine
from concierge.ui.screens.emergency import EmergencyScreen
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.household import HouseholdScreen
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.screens.ticket_dialogs import ReadDialog
from concierge.ui.widgets.action_bar import ActionBar
from concierge.ui.widgets.file_rows import Ref
from concierge.ui.widgets.household_card import HouseholdCard
from concierge.ui.widgets.paragraph import Paragraph
from concierge.ui.widgets.row_list import RowList
from concierge.ui.widgets.typed_text_view import TypedTextView
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.set_clock import Said

WHOLE, MASKED = "13987654321", "139****4321"
PARTED = "139 8765 4321"
UNIT, CHEN = "3-1201", "陈丽"
BOTH = [(size, code) for size in SIZES for code in LANGUAGES]
Desk = tuple[Front, FixedClock]


def told(front: Front, category: str = "emergency", **changed: Any) -> TicketView:
    """A matter whose words hold a number, of a caller who left none."""
    said = {"words": f"漏水 {WHOLE} 请回电", "unit": UNIT, "caller": f"王女士 {WHOLE}", **changed}
    return front.add_ticket(intake=Intake(category=category, channel="phone", **said), actor=CHEN)


def plain(phone: Phone, name: str) -> Said:
    return Said(phone.screen.query_one(f"#{name}", Paragraph).plain)


def hidden(text: str) -> bool:
    """Whether a text has the phone masked, and nowhere whole."""
    said = Said(text)
    return MASKED in said and WHOLE not in said and PARTED not in said


def looks(front: Front, number: str) -> list[EventView]:
    return [each for each in front.ticket(number).events if each.kind == "ticket.revealed"]


def everything(phone: Phone) -> str:
    """All that stands on a ticket, in sight or not."""
    parts = ("ticket-title", "ticket-household", "clocks", "ladder", "facts", "log")
    said = phone.screen.query_one(TypedTextView).content
    return "\n".join([str(said), *(plain(phone, part) for part in parts)])


# -- a ticket ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_the_numbers_in_a_tickets_texts_are_shown_for_thirty_seconds_and_the_look_is_on_record(
    desk: Desk, size: tuple[int, int], code: str
) -> None:
    front, clock = desk
    t = language(code)
    ticket = told(front)
    front.note(number=ticket.number, text=f"已告知 {PARTED}", actor=CHEN)
    front.add_instruction(unit=UNIT, instruction=NewInstruction(text=f"保洁 {WHOLE}"), actor=CHEN)
    async with ringing(front, size, code) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.on(TicketScreen)
        await phone.until(lambda: everything(phone).count(MASKED) == 4, "words, caller, note, held")
        assert hidden(everything(phone))
        assert t("whole phones") in phone.screen.query_one(ActionBar).plain
        assert not looks(front, ticket.number)

        await phone.press("ctrl+k")
        await phone.until(lambda: WHOLE in str(everything(phone)), "in clear")
        seen = everything(phone)
        assert (seen.count(WHOLE), seen.count(PARTED), seen.count(MASKED)) == (3, 1, 0)
        assert [(each.actor, each.at) for each in looks(front, ticket.number)] == [(CHEN, clock.at)]
        assert t("in clear for {n} s", n=30) in plain(phone, "ticket-title")

        clock.at += 29
        phone.app.ticker.tick()
        last = t("in clear for {n} s", n=1)
        await phone.until(lambda: last in plain(phone, "ticket-title"), "the last second")
        assert WHOLE in everything(phone)
        clock.at += 1
        phone.app.ticker.tick()
        await phone.until(lambda: hidden(everything(phone)), "masked again")
        assert hidden(phone.text())
        assert len(looks(front, ticket.number)) == 1


async def test_the_key_hides_the_numbers_too_and_a_new_note_is_typed_whole_and_then_masked(
    desk: Desk,
) -> None:
    front, _ = desk
    ticket = told(front)
    async with ringing(front) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.on(TicketScreen)
        await phone.until(lambda: hidden(everything(phone)), "read")
        await phone.press("ctrl+k")
        await phone.until(lambda: WHOLE in everything(phone), "in clear")
        await phone.press("p")
        await phone.until(lambda: hidden(everything(phone)), "masked")
        await phone.press("4")
        await phone.on(AskLine)
        await phone.say(f"again {WHOLE}")
        assert WHOLE in phone.text()
        await phone.press("enter")
        await phone.on(TicketScreen)
        await phone.until(lambda: f"again {MASKED}" in plain(phone, "log"), "written, masked")
        assert hidden(everything(phone))
        assert front.ticket(ticket.number).events[-1].personal == {"text": f"again {WHOLE}"}


async def test_units_times_and_numbers_of_tickets_are_no_phones(desk: Desk) -> None:
    front, _ = desk
    words = "3-1201 14:30 漏水, 见 T-20261123-001, 2026-11-30 18:00 前, 12500.00 元"
    ticket = told(front, words=words, caller="王女士")
    async with ringing(front) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.on(TicketScreen)
        await phone.until(lambda: Said(words) in Said(everything(phone)), "as typed")
        assert "whole phones" not in phone.screen.query_one(ActionBar).plain
        await phone.press("ctrl+k")
        await phone.pilot.pause()
        assert not looks(front, ticket.number)


# -- where nothing is revealed -------------------------------------------------------------------------------
@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_board_alarm_find_and_emergency_only_mask(
    desk: Desk, size: tuple[int, int], code: str
) -> None:
    front, clock = desk
    ticket = told(front, unit=None, place=f"大堂 {WHOLE}")
    clock.at += 3600
    front.sweep()
    async with ringing(front, size, code) as phone:
        await phone.until(lambda: bool(phone.app.board and phone.app.board.alarms), "an alarm")
        await phone.until(lambda: "139" in phone.text(), "the row")
        seen = [phone.text()]
        await phone.press("ctrl+k")
        await phone.pilot.pause()
        assert WHOLE not in phone.text()
        await phone.press("f3")
        await phone.on(FindScreen)
        await phone.say(ticket.number)
        await phone.until(lambda: "漏水" in phone.text(), "found")
        seen.append(phone.text())
        await phone.press("escape")
        await phone.on(BoardScreen)
        await phone.press("f8")
        await phone.on(EmergencyScreen)
        await phone.say(f"门口 {WHOLE}")
        await phone.press("enter")
        await phone.until(lambda: "门口 139" in phone.text(), "saved and told")
        seen.append(phone.text())
    assert all(map(hidden, seen))
    assert not looks(front, ticket.number)


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_card_at_the_phone_masks_and_the_end_of_a_phone_still_finds(
    desk: Desk, code: str
) -> None:
    front, _ = desk
    front.set_household(unit=UNIT, values={"notes": f"保洁 {WHOLE}"}, actor=CHEN)
    front.add_fact(unit=UNIT, fact=NewFact(aspect="allergy", text=f"花生 {WHOLE}"), actor=CHEN)
    async with ringing(front, (120, 36), code) as phone:
        await phone.press("f3")
        await phone.on(FindScreen)
        await phone.press(*"1234")
        await phone.until(lambda: "王建国" in phone.text(), "found by the end of a phone")
        await phone.until(lambda: "花生" in phone.text(), "the card")
        card = phone.screen.query_one(HouseholdCard)
        await phone.until(lambda: "保洁" in str(card.content), "its notes")
        assert hidden(str(card.content))
        assert hidden(phone.text())
        await phone.press("escape")
        await phone.press("f2")
        await phone.until(lambda: bool(phone.screen.query("#side")), "intake")
        await phone.press(*"31201")
        await phone.until(lambda: "王建国" in phone.text(), "found")
        await phone.press("enter")
        card = phone.screen.query_one(HouseholdCard)
        await phone.until(lambda: "花生" in str(card.content), "the card at intake")
        assert hidden(str(card.content))


# -- a household ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_a_households_texts_are_whole_for_thirty_seconds_by_its_own_key(
    desk: Desk, size: tuple[int, int], code: str
) -> None:
    front, clock = desk
    front.set_household(unit=UNIT, values={"notes": f"保洁 {WHOLE}"}, actor=CHEN)
    front.add_instruction(unit=UNIT, instruction=NewInstruction(text=f"送水 {WHOLE}"), actor=CHEN)
    async with ringing(front, size, code) as phone:
        phone.app.open_household(UNIT)
        await phone.on(HouseholdScreen)
        file = phone.screen.query_one(RowList)

        def shown() -> str:
            return plain(phone, "file-top") + file.plain

        await phone.until(lambda: shown().count(MASKED) == 3, "notes, and the instruction twice")
        assert hidden(shown())
        await phone.press("ctrl+r")
        await phone.until(lambda: shown().count(WHOLE) == 3, "in clear")
        assert MASKED not in shown()
        clock.at += 30
        phone.app.ticker.tick()
        await phone.until(lambda: hidden(shown()), "masked again")
        assert shown().count(MASKED) == 3
        await phone.press("f6")
        await phone.on(ReadDialog)
        await phone.until(lambda: MASKED in phone.text(), "what was changed")
        assert hidden(phone.text())


async def test_notes_are_edited_as_they_were_typed(desk: Desk) -> None:
    front, _ = desk
    front.set_household(unit=UNIT, values={"notes": f"保洁 {WHOLE}"}, actor=CHEN)
    async with ringing(front) as phone:
        phone.app.open_household(UNIT)
        await phone.on(HouseholdScreen)
        file = phone.screen.query_one(RowList)
        await phone.until(lambda: MASKED in file.plain, "the file")
        file.go_to(Ref("household", field="notes"))
        await phone.press("enter")
        await phone.on(AskLine)
        assert phone.screen.query_one(Input).value == f"保洁 {WHOLE}"
        await phone.press("end", "exclamation_mark", "enter")
        await phone.on(HouseholdScreen)
        await phone.until(lambda: f"{MASKED}!" in file.plain, "written")
        assert front.household_file(UNIT).notes == f"保洁 {WHOLE}!"
