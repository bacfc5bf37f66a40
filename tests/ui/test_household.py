"""A household's file at the desk: found, read, added to, looked into, mended and taken back, keys counted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.language.translator import language
from concierge.services.facts import NewFact
from concierge.services.instructions import NewInstruction
from concierge.services.intake import Intake
from concierge.services.verify import verify
from concierge.store.tables import Event
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm
from concierge.ui.screens.fact_talk import ChooseAspect
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.household import HouseholdScreen
from concierge.ui.screens.household_list import HouseholdListScreen
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.screens.part_form import PartForm
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.screens.ticket_dialogs import ReadDialog
from concierge.ui.widgets.file_rows import Ref
from concierge.ui.widgets.household_card import HouseholdCard
from concierge.ui.widgets.paragraph import Paragraph
from concierge.ui.widgets.row_list import RowList
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.set_clock import ODD, Said, stopped, taken

UNIT, CHEN = "3-1201", "陈丽"
BOTH = [(size, code) for size in SIZES for code in LANGUAGES]
SEEN = "楼上打电钻 [/b] [link=x]y[/link]"
"""The part of ``ODD`` in which nothing is taken out or widened."""


def file_screen(phone: Phone) -> HouseholdScreen:
    assert isinstance(phone.screen, HouseholdScreen), phone.screen
    return phone.screen


def rows(phone: Phone) -> RowList:
    return phone.screen.query_one(RowList)


def top(phone: Phone) -> str:
    return Said(phone.screen.query_one("#file-top", Paragraph).plain)


async def read(phone: Phone) -> None:
    await phone.on(HouseholdScreen)
    await phone.until(lambda: file_screen(phone).shown is not None, "the file is read")
    await phone.pilot.pause()


@asynccontextmanager
async def opened(
    home: Path, size: tuple[int, int] = (80, 24), code: str = "en"
) -> AsyncIterator[tuple[Phone, Front, FixedClock]]:
    """The file of 3-1201 in front, keys counted from here."""
    front, clock = stopped(home)
    async with ringing(front, size, code) as phone:
        phone.app.open_household(UNIT)
        await read(phone)
        yield phone, front, clock
    front.close()


def events(front: Front, kind: str) -> list[Event]:
    """What is on record of a kind."""
    from sqlmodel import col, select

    with front.opened.desk.store.read() as session:
        return list(session.exec(select(Event).where(Event.kind == kind).order_by(col(Event.id))))


# -- finding and opening ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_a_file_is_found_and_opened_by_its_unit_with_seven_keys(
    home: Path, size: tuple[int, int], code: str
) -> None:
    front, _ = stopped(home)
    async with ringing(front, size, code) as phone:
        await phone.press("f3", *"31201", "enter")
        await read(phone)
        assert phone.keys <= 8
        assert file_screen(phone).unit == UNIT
        assert "138****1234" in phone.text()
        await phone.press("escape")
        await phone.on(FindScreen)
    front.close()


async def test_enter_pressed_before_the_answer_is_not_lost(home: Path) -> None:
    front, _ = stopped(home)
    async with ringing(front) as phone:
        await phone.press("f3")
        await phone.on(FindScreen)
        box = phone.screen.query_one(Input)
        box.value = UNIT
        box.post_message(Input.Submitted(box, UNIT))
        await read(phone)
    front.close()


async def test_no_line_of_the_file_runs_under_the_scroll_bar(home: Path) -> None:
    front, _ = stopped(home)
    for number in range(30):
        front.add_fact(unit=UNIT, fact=NewFact("habits", f"{number} " + "字" * 90), actor=CHEN)
    async with ringing(front) as phone:
        phone.app.open_household(UNIT)
        await read(phone)
        shown = rows(phone)
        widest = max(cell_len(line) for line in shown.plain.splitlines())
        assert widest + 2 <= shown.room < 80
    front.close()


# -- facts -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_a_fact_takes_three_keys_and_its_words_and_stands_as_typed(
    home: Path, size: tuple[int, int], code: str
) -> None:
    async with opened(home, size, code) as (phone, front, _):
        await phone.press("ctrl+f")
        await phone.on(ChooseAspect)
        await phone.press("6")
        await phone.on(AskLine)
        await phone.say(ODD)
        await phone.press("enter")
        await phone.on(HouseholdScreen)
        await phone.until(lambda: SEEN in Said(rows(phone).plain), "the fact stands there")
        assert phone.keys <= 4
        assert "\x1b" not in phone.text()
        assert "\u202e" not in phone.text()
        fact = front.household_file(UNIT).members[0].facts[0]
        assert (fact.aspect, fact.source, fact.written_by) == ("food", "said", CHEN)
        assert "[/b] [link=x]y[/link]" in fact.text
        assert rows(phone).key == Ref("fact", fact.id), "the cursor is on it"


@pytest.mark.parametrize(
    ("key", "aspect"), [("9", "business"), ("minus", "children"), ("equals_sign", "religion")]
)
async def test_each_aspect_has_a_key_and_tab_says_whom_it_is_about(
    home: Path, key: str, aspect: str
) -> None:
    async with opened(home) as (phone, front, _):
        await phone.press("ctrl+f")
        await phone.on(ChooseAspect)
        assert "about: 王建国" in phone.text(), "whom the cursor is on"
        await phone.press("tab")
        await phone.until(lambda: "the whole household" in phone.text(), "the household")
        await phone.press(key)
        await phone.on(AskLine)
        await phone.say("x")
        await phone.press("enter")
        await phone.until(lambda: bool(front.household_file(UNIT).facts), "it is kept")
        assert [fact.aspect for fact in front.household_file(UNIT).facts] == [aspect]


async def test_a_key_date_asks_for_its_day_and_says_what_is_no_day(home: Path) -> None:
    async with opened(home) as (phone, front, _):
        await phone.press("ctrl+f")
        await phone.on(ChooseAspect)
        await phone.press("0")
        await phone.on(AskLine)
        await phone.say("wedding day")
        await phone.press("enter")
        await phone.until(lambda: "On which day?" in phone.text(), "the day is asked")
        await phone.say("02-30")
        await phone.press("enter")
        await phone.pilot.pause()
        assert isinstance(phone.screen, AskLine)
        await phone.press("ctrl+u")
        await phone.say("05-06")
        await phone.press("enter")
        await phone.on(HouseholdScreen)
        await phone.until(lambda: "05-06  wedding day" in rows(phone).plain, "it stands there")
        assert front.household_file(UNIT).members[0].facts[0].day == "--05-06"


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_health_fact_asks_who_agreed_and_stands_masked(home: Path, code: str) -> None:
    async with opened(home, code=code) as (phone, front, _):
        await phone.press("ctrl+f")
        await phone.on(ChooseAspect)
        await phone.press("8")
        await phone.on(AskLine)
        await phone.say("asthma")
        await phone.press("enter")
        await phone.on(Choose)
        assert not front.household_file(UNIT).members[0].facts, "nothing is kept without an answer"
        await phone.press("1")
        await phone.on(AskLine)
        await phone.say("ambulance")
        await phone.press("enter")
        await phone.on(HouseholdScreen)
        said = language(code)("agreed by {name} on {day}", name="王建国", day="2026-11-23")
        await phone.until(lambda: Said(said) in Said(rows(phone).plain), "the consent stands there")
        assert "asthma" not in phone.text()
        consent = front.household_file(UNIT).members[0].facts[0].consent
        assert consent is not None
        assert (consent.by, consent.scope) == ("王建国", "****")


async def test_consent_may_be_asked_later_and_the_file_says_that_it_is_missing(home: Path) -> None:
    async with opened(home) as (phone, front, _):
        await phone.press("ctrl+f")
        await phone.on(ChooseAspect)
        await phone.press("8")
        await phone.on(AskLine)
        await phone.say("asthma")
        await phone.press("enter")
        await phone.on(Choose)
        await phone.press("3")
        await phone.on(HouseholdScreen)
        await phone.until(
            lambda: "consent not asked for yet" in Said(rows(phone).plain), "it says so"
        )
        assert front.household_file(UNIT).members[0].facts[0].consent_missing


# -- what is masked --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_what_is_masked_is_shown_for_thirty_seconds_and_the_look_is_on_record(
    home: Path, size: tuple[int, int], code: str
) -> None:
    async with opened(home, size, code) as (phone, front, clock):
        assert "138****1234" in phone.text()
        assert not events(front, "household.revealed")
        await phone.press("ctrl+r")
        await phone.until(lambda: "13800001234" in rows(phone).plain, "in clear")
        looked = events(front, "household.revealed")
        assert [(each.actor_id is not None, each.at) for each in looked] == [(True, clock.at)]
        clock.at += 29
        phone.app.ticker.tick()
        one = language(code)("in clear for {n} s", n=1)
        await phone.until(lambda: one in top(phone), "the last second")
        assert "13800001234" in rows(phone).plain
        clock.at += 1
        phone.app.ticker.tick()
        await phone.until(lambda: "13800001234" not in rows(phone).plain, "masked again")
        assert "138****1234" in rows(phone).plain
        assert len(events(front, "household.revealed")) == 1


async def test_the_same_key_hides_it_before_the_time_is_over(home: Path) -> None:
    async with opened(home) as (phone, front, _):
        await phone.press("ctrl+r")
        await phone.until(lambda: "13800001234" in rows(phone).plain, "in clear")
        await phone.press("ctrl+r")
        await phone.until(lambda: "13800001234" not in rows(phone).plain, "masked")
        assert len(events(front, "household.revealed")) == 1


async def test_a_clock_set_back_does_not_leave_it_open(home: Path) -> None:
    async with opened(home) as (phone, _, clock):
        await phone.press("ctrl+r")
        await phone.until(lambda: "13800001234" in rows(phone).plain, "in clear")
        clock.at -= 3600
        phone.app.ticker.tick()
        await phone.until(lambda: "13800001234" not in rows(phone).plain, "masked")


async def test_a_masked_number_stays_as_it_is_when_something_else_is_changed(home: Path) -> None:
    async with opened(home) as (phone, front, _):
        await phone.press("enter")
        await phone.on(PartForm)
        assert phone.screen.query_one("#phone-box", Input).value == ""
        await phone.press("tab", "end")
        await phone.say(" 2")
        await phone.press("enter")
        await phone.on(HouseholdScreen)
        await phone.until(lambda: "业主 2" in rows(phone).plain, "changed")
        clear = front.reveal(unit=UNIT, what="phones", actor=CHEN)
        assert clear.members[0].phone == "13800001234"


# -- changing and taking back ----------------------------------------------------------------------------------
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_row_is_edited_and_the_last_change_is_taken_back(home: Path, code: str) -> None:
    async with opened(home, code=code) as (phone, front, _):
        await phone.press("enter")
        await phone.on(PartForm)
        await phone.press("end")
        await phone.say(" [/b]")
        await phone.press("down", "down", "1", "enter")
        await phone.on(HouseholdScreen)
        await phone.until(lambda: "王建国 [/b]" in rows(phone).plain, "the name is changed")
        assert front.household_file(UNIT).members[0].role == "owner"
        await phone.press("f7")
        await phone.on(Confirm)
        await phone.press("enter")  # the safe answer has the focus
        await phone.on(HouseholdScreen)
        assert "王建国 [/b]" in rows(phone).plain
        await phone.press("f7")
        await phone.on(Confirm)
        await phone.press("y")
        await phone.until(lambda: "王建国 [/b]" not in rows(phone).plain, "taken back")
        assert front.household_file(UNIT).members[0].name == "王建国"
        await phone.press("f6")
        await phone.on(ReadDialog)
        back = language(code)("undone: {change}", change="")
        await phone.until(lambda: back.strip() in phone.text(), "both are in the history")
        assert verify(front.opened.desk).problems == ()


async def test_what_is_refused_is_said_in_the_form_and_nothing_typed_is_lost(home: Path) -> None:
    async with opened(home) as (phone, front, _):
        await phone.press("enter")
        await phone.on(PartForm)
        for _ in range(4):
            await phone.press("tab")
        await phone.say("02-30")
        await phone.press("enter")
        await phone.until(
            lambda: isinstance(phone.screen, PartForm) and "02-30 is no" in phone.text(),
            "it says why",
        )  # fmt: skip
        box = phone.screen.query_one("#birthday-box", Input)
        assert (box.value, box.has_focus) == ("02-30", True)
        assert front.household_file(UNIT).members[0].birthday is None


@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_a_field_of_the_household_a_flag_and_a_pet_are_written_and_seen(
    home: Path, size: tuple[int, int], code: str
) -> None:
    async with opened(home, size, code) as (phone, front, _):
        rows(phone).go_to(Ref("empty"))
        await phone.press("enter")
        await phone.on(Choose)
        await phone.press("5")  # do not disturb from
        await phone.on(AskLine)
        await phone.say("9")
        await phone.press("enter")
        await phone.until(
            lambda: front.household_file(UNIT).quiet_from == "09:00", "quiet from nine"
        )
        await phone.on(HouseholdScreen)
        rows(phone).go_to(Ref("care"))
        await phone.press("enter")
        await phone.on(Choose)
        await phone.press("2")
        await phone.until(lambda: front.household_file(UNIT).care_flags == ("infant",), "flagged")
        await phone.on(HouseholdScreen)
        await phone.press("f5")
        await phone.on(Choose)
        await phone.press("5")
        await phone.on(PartForm)
        await phone.say(ODD)
        await phone.press("enter")
        await phone.on(HouseholdScreen)
        await phone.until(lambda: SEEN in Said(rows(phone).plain), "the pet is there")
        care = language(code)("care: {flags}", flags=language(code)("infant at home"))
        await phone.until(lambda: care in top(phone), "on top too")


async def test_a_row_is_taken_out_after_a_question_and_an_instruction_ends(home: Path) -> None:
    front, _ = stopped(home)
    front.add_part(unit=UNIT, part="pet", values={"name": "豆豆"}, actor=CHEN)
    front.add_instruction(unit=UNIT, instruction=NewInstruction("no parcels"), actor=CHEN)
    file = front.household_file(UNIT)
    async with ringing(front) as phone:
        phone.app.open_household(UNIT)
        await read(phone)
        rows(phone).go_to(Ref("pet", file.pets[0].id))
        await phone.press("delete")
        await phone.on(Confirm)
        await phone.press("enter")
        await phone.on(HouseholdScreen)
        assert front.household_file(UNIT).pets, "the safe answer has the focus"
        await phone.press("delete")
        await phone.on(Confirm)
        await phone.press("y")
        await phone.until(lambda: not front.household_file(UNIT).pets, "taken out")
        await phone.on(HouseholdScreen)
        rows(phone).go_to(Ref("instruction", file.instructions[0].id))
        assert "!! instruction: no parcels" in top(phone)
        await phone.press("delete")
        await phone.on(Choose)
        await phone.press("1")
        await phone.until(lambda: "no parcels" not in top(phone), "no longer in force")
        assert front.household_file(UNIT).instructions[0].ended_at is not None
    front.close()


# -- where it matters ------------------------------------------------------------------------------------------
def known(front: Front) -> None:
    """An allergy, a diet, an instruction, do not disturb at this hour."""
    front.add_fact(unit=UNIT, fact=NewFact("allergy", f"peanuts {ODD}"), actor=CHEN)
    front.add_fact(unit=UNIT, fact=NewFact("food", "no coriander"), actor=CHEN)
    front.add_instruction(unit=UNIT, instruction=NewInstruction("cleaner may enter"), actor=CHEN)
    front.set_household(unit=UNIT, values={"quiet_from": "12", "quiet_to": "15"}, actor=CHEN)


@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_at_intake_the_card_is_loud_and_a_fact_is_added_without_leaving(
    home: Path, size: tuple[int, int], code: str
) -> None:
    front, _ = stopped(home)
    known(front)
    async with ringing(front, size, code) as phone:
        await phone.press("f2")
        await phone.on(IntakeScreen)
        await phone.say(UNIT)
        box = phone.intake.fields.unit_box("unit")
        await phone.until(lambda: box.hits.chosen is not None, "found")
        await phone.press("enter")
        card = phone.intake.query_one(HouseholdCard)
        await phone.until(lambda: card.card.about is not None, "what matters now is read")
        await phone.pilot.pause()
        lines = Said("\n".join(line.plain for line in card.card.lines(phone.app.t, 76)))
        t = language(code)
        assert f"peanuts {SEEN}" in lines
        assert t("do not disturb now, until {time}", time="15:00") in lines
        assert "!! " + t("instruction: {text}", text="cleaner may enter") in lines
        assert "no coriander" not in lines, "what they eat belongs to an order for food"
        assert "peanuts" in phone.text()
        reds = [line for line in card.card.lines(phone.app.t, 76) if "peanuts" in line.plain]
        assert any("$error" in str(span.style) for span in reds[0].spans)
        await phone.press("ctrl+f")
        await phone.on(ChooseAspect)
        await phone.press("5")
        await phone.on(AskLine)
        await phone.say("rings twice")
        await phone.press("enter")
        await phone.on(IntakeScreen)
        await phone.until(lambda: len(front.household_file(UNIT).facts) == 3, "the fact is kept")
        assert box.choice is not None, "the form is as it was"
    front.close()


@pytest.mark.parametrize("code", LANGUAGES)
async def test_on_a_small_terminal_the_list_of_categories_leaves_allergy_and_instruction_in_sight(
    home: Path, code: str
) -> None:
    t = language(code)
    front, _ = stopped(home)
    known(front)
    taken(front, "emergency")  # whose alarm takes a line of its own
    async with ringing(front, code=code) as phone:
        await phone.press("f2")
        await phone.on(IntakeScreen)
        await phone.say(UNIT)
        box = phone.intake.fields.unit_box("unit")
        await phone.until(lambda: box.hits.chosen is not None, "found")
        await phone.press("enter", "tab")
        await phone.until(lambda: phone.intake.is_picking, "the list is open")
        card = phone.intake.query_one(HouseholdCard)
        await phone.until(lambda: card.card.about is not None, "what matters now is read")
        await phone.pilot.pause()
        assert t("allergy") in phone.text()
        assert t("do not disturb now, until {time}", time="15:00")[:6] in phone.text()
        assert t("instruction: {text}", text="cleaner")[:12] in phone.text()
        categories = phone.app.category_names(code)
        assert f"10 {categories['other-complaint']}" in phone.text(), "the whole list stands too"
        await phone.press("tab")
        await phone.until(lambda: t("{n} person", n=1)[:3] in phone.text(), "the whole card again")
        assert not card.card.brief
    front.close()


async def test_an_order_for_food_shows_what_they_eat_beside_the_words(home: Path) -> None:
    front, _ = stopped(home)
    known(front)
    async with ringing(front, (120, 36)) as phone:
        await phone.press("f2")
        await phone.on(IntakeScreen)
        await phone.say(UNIT)
        box = phone.intake.fields.unit_box("unit")
        await phone.until(lambda: box.hits.chosen is not None, "found")
        await phone.press("enter", "tab", "1", "8", "enter")
        await phone.until(lambda: "no coriander" in phone.text(), "the diet is shown")
        assert "peanuts" in phone.text()
    front.close()


@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_an_instruction_is_red_on_each_ticket_of_the_flat_while_it_holds(
    home: Path, size: tuple[int, int], code: str
) -> None:
    front, _ = stopped(home)
    front.add_instruction(
        unit=UNIT, instruction=NewInstruction(f"cleaner {ODD}", ends_on="2026-11-23"), actor=CHEN
    )
    ticket = taken(front)
    async with ringing(front, size, code) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.on(TicketScreen)
        shown = phone.screen.query_one("#ticket-household", Paragraph)
        await phone.until(lambda: f"cleaner {SEEN}" in Said(shown.plain), "the instruction")
        assert shown.plain.startswith("!! ")
        held = front.household_file(UNIT).instructions[0]
        front.end_instruction(unit=UNIT, instruction=held.id, actor=CHEN)
        phone.app.reload()
        await phone.until(lambda: "cleaner" not in shown.plain, "it holds no longer")
    front.close()


async def test_on_the_ticket_one_key_adds_a_fact_and_the_ticket_stays(home: Path) -> None:
    front, _ = stopped(home)
    ticket = taken(front)
    async with ringing(front) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.on(TicketScreen)
        await phone.until(lambda: "fact" in {each.id for each in phone.app.offered()}, "offered")
        phone.keys = 0
        await phone.press("ctrl+f")
        await phone.on(ChooseAspect)
        await phone.press("1")
        await phone.on(AskLine)
        await phone.say("peanuts")
        await phone.press("enter")
        await phone.on(TicketScreen)
        assert phone.keys <= 4
        shown = phone.screen.query_one("#ticket-household", Paragraph)
        await phone.until(lambda: "allergy: peanuts" in shown.plain, "it is loud at once")
    front.close()


async def test_a_place_or_a_unit_nobody_knows_has_no_file_to_add_to(home: Path) -> None:
    front, _ = stopped(home)
    ticket = front.add_ticket(
        intake=Intake(category="neighbour", words="x", place="B1"), actor=CHEN
    )
    async with ringing(front) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.on(TicketScreen)
        await phone.until(lambda: "note" in {each.id for each in phone.app.offered()}, "read")
        assert "fact" not in {each.id for each in phone.app.offered()}
    front.close()


async def test_beside_the_board_the_household_of_the_selected_matter_is_shown(home: Path) -> None:
    front, _ = stopped(home)
    known(front)
    taken(front)
    async with ringing(front, (120, 36)) as phone:
        await phone.until(lambda: "peanuts" in phone.text(), "the allergy beside the board")
        assert "cleaner may enter" in phone.text()
    front.close()


async def test_a_matter_for_the_household_goes_into_the_form_that_waits_behind(home: Path) -> None:
    front, _ = stopped(home)
    async with ringing(front) as phone:
        await phone.press("f2")
        await phone.on(IntakeScreen)
        await phone.press("tab")
        await phone.say("half a sentence")
        await phone.press("f3", *"31201", "enter")
        await read(phone)
        await phone.press("f2")
        await phone.on(IntakeScreen)
        box = phone.intake.fields.unit_box("unit")
        await phone.until(lambda: box.choice is not None, "the unit is taken")
        assert (box.text, phone.intake.fields.words.text) == (UNIT, "half a sentence")
    front.close()


# -- the list --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("size", "code"), BOTH)
async def test_households_are_listed_by_what_the_desk_looks_for(
    home: Path, size: tuple[int, int], code: str
) -> None:
    front, _ = stopped(home)
    front.mark_care(unit=UNIT, marks={"lives-alone": True}, actor=CHEN)
    front.set_household(
        unit="31-201", values={"away_from": "2026-11-20", "moved_in": "2026-11-02"}, actor=CHEN
    )
    front.edit_part(unit="31-201", part="member", row=front.household_file("31-201").members[0].id,
                    values={"phone": "", "name": ODD}, actor=CHEN)  # fmt: skip
    async with ringing(front, size, code) as phone:
        await phone.press("f3", "enter")
        await phone.on(HouseholdListScreen)

        def units() -> list[str]:
            assert isinstance(phone.screen, HouseholdListScreen)
            return [row.unit for row in phone.screen.rows]

        await phone.until(lambda: units() == [UNIT, "31-201"], "everybody")
        for key, found in [("1", [UNIT]), ("2", []), ("f5", [UNIT, "31-201"]), ("5", ["31-201"]),
                           ("6", ["31-201"]), ("7", ["31-201"]), ("1", [])]:  # fmt: skip
            await phone.press(key)
            await phone.until(lambda found=found: units() == found, f"after {key}")  # type: ignore[misc]
        await phone.press("f5")
        await phone.until(lambda: len(units()) == 2, "everybody again")
        await phone.pilot.click("#households-top", offset=(3, 0))
        await phone.until(lambda: units() == [UNIT], "the first chip was clicked")
        await phone.press("1")
        await phone.until(lambda: len(units()) == 2, "off again")
        assert "\x1b" not in phone.text()
        await phone.press("down", "enter")
        await read(phone)
        assert file_screen(phone).unit == "31-201"
    front.close()


async def test_a_long_list_is_read_page_by_page_as_the_cursor_comes_to_its_end(home: Path) -> None:
    from concierge.services.households import add_household

    front, _ = stopped(home)
    for number in range(60):
        add_household(front.opened.desk, unit=f"7-{101 + number}", name=f"N{number}")
    async with ringing(front) as phone:
        await phone.press("f3", "enter")
        await phone.on(HouseholdListScreen)
        screen = phone.screen
        assert isinstance(screen, HouseholdListScreen)
        await phone.until(lambda: len(screen.rows) == 50, "the first page")
        await phone.press("end")
        await phone.until(lambda: len(screen.rows) == 62, "the second")
        await phone.press("end")
        assert screen.chosen is not None
        assert screen.chosen.unit == "7-160"
    front.close()
