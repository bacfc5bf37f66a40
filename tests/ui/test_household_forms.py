"""Forms over a household's file: nothing typed is lost, nothing in clear outlasts its time."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from concierge.front import Front
from concierge.language.translator import language
from concierge.services.facts import NewFact
from concierge.ui.screens.dialogs import AskLine, Choose, Confirm
from concierge.ui.screens.fact_talk import ChooseAspect
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.household import HouseholdScreen
from concierge.ui.screens.part_form import PartForm
from concierge.ui.screens.shift import ShiftScreen
from concierge.ui.widgets.file_rows import Ref
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone
from tests.ui.set_clock import Said
from tests.ui.test_household import CHEN, UNIT, file_screen, opened, rows, top

PHONE = "13800001234"


def box(phone: Phone, name: str) -> Input:
    return phone.screen.query_one(f"#{name}-box", Input)


def line(phone: Phone) -> str:
    return phone.screen.query_one("#line", Input).value


def key_of(phone: Phone, command: str) -> str:
    return next(each.keys for each in phone.app.offered() if each.id == command)


async def in_clear(phone: Phone) -> None:
    await phone.press("ctrl+r")
    await phone.until(lambda: PHONE in rows(phone).plain, "in clear")


# -- nothing typed is lost -------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", LANGUAGES)
async def test_whoever_turns_back_from_the_question_of_consent_finds_the_words_again(
    home: Path, code: str
) -> None:
    async with opened(home, code=code) as (phone, front, _):
        await phone.press("ctrl+f")
        await phone.on(ChooseAspect)
        await phone.press("8")
        await phone.on(AskLine)
        await phone.say("asthma [/b]")
        await phone.press("enter")
        await phone.on(Choose)
        await phone.press("escape")
        await phone.on(AskLine)
        assert line(phone) == "asthma [/b]"
        await phone.say("!")
        await phone.press("enter")
        await phone.on(Choose)
        await phone.press("3")
        await phone.on(HouseholdScreen)
        await phone.until(lambda: bool(front.household_file(UNIT).members[0].facts), "kept")
        clear = front.reveal(unit=UNIT, what="all", actor=CHEN)
        assert clear.members[0].facts[0].text == "asthma [/b]!"


async def test_turning_back_from_the_day_of_a_key_date_leads_to_its_words(home: Path) -> None:
    async with opened(home) as (phone, front, _):
        await phone.press("ctrl+f")
        await phone.on(ChooseAspect)
        await phone.press("0")
        await phone.on(AskLine)
        await phone.say("wedding day")
        await phone.press("enter")
        await phone.until(lambda: "On which day?" in phone.text(), "the day is asked")
        await phone.press("escape")
        await phone.until(lambda: "On which day?" not in phone.text(), "back")
        assert line(phone) == "wedding day"
        await phone.press("escape")
        await phone.on(HouseholdScreen)
        assert not front.household_file(UNIT).members[0].facts


async def test_a_form_that_needs_consent_comes_back_with_what_was_typed(home: Path) -> None:
    async with opened(home) as (phone, front, _):
        front.add_fact(unit=UNIT, fact=NewFact("habits", "wheezes"), actor=CHEN)
        phone.app.reload()
        await phone.until(lambda: "wheezes" in rows(phone).plain, "it stands there")
        rows(phone).go_to(Ref("fact", front.household_file(UNIT).facts[0].id))
        await phone.press("enter")
        await phone.on(PartForm)
        await phone.press("end")
        await phone.say(" at night")
        await phone.press("tab")
        box(phone, "aspect").value = "8"
        await phone.press("enter")
        await phone.on(Choose)
        await phone.press("escape")
        await phone.on(PartForm)
        assert box(phone, "text").value == "wheezes at night"
        assert front.household_file(UNIT).facts[0].text == "wheezes"


# -- what is in clear ------------------------------------------------------------------------------------------
async def test_a_form_opened_in_clear_is_masked_when_the_time_is_over_and_keeps_what_was_typed(
    home: Path,
) -> None:
    async with opened(home) as (phone, front, clock):
        await in_clear(phone)
        await phone.press("enter")
        await phone.on(PartForm)
        assert box(phone, "phone").value == PHONE
        await phone.press("end")
        await phone.say(" 2")
        clock.at += 30
        phone.app.ticker.tick()
        await phone.until(lambda: PHONE not in phone.text(), "masked in the form too")
        assert (box(phone, "name").value, box(phone, "phone").value) == ("王建国 2", "")
        assert "hidden; typed anew it is replaced" in phone.text()
        await phone.press("enter")
        await phone.on(HouseholdScreen)
        await phone.until(lambda: "王建国 2" in rows(phone).plain, "saved")
        assert front.reveal(unit=UNIT, what="phones", actor=CHEN).members[0].phone == PHONE


@pytest.mark.parametrize(("typed", "kept"), [("13911112222", "13911112222"), ("", None)])
async def test_a_number_changed_in_clear_is_saved_although_the_time_is_over(
    home: Path, typed: str, kept: str | None
) -> None:
    async with opened(home) as (phone, front, clock):
        await in_clear(phone)
        await phone.press("enter")
        await phone.on(PartForm)
        box(phone, "phone").value = typed
        clock.at += 30
        phone.app.ticker.tick()
        await phone.until(lambda: file_of(phone).clear_until is None, "the time is over")
        await phone.pilot.pause()
        assert box(phone, "phone").value == typed
        await phone.press("enter")
        await phone.on(HouseholdScreen)
        assert front.reveal(unit=UNIT, what="phones", actor=CHEN).members[0].phone == kept


def file_of(phone: Phone) -> HouseholdScreen:
    return next(each for each in phone.app.screen_stack if isinstance(each, HouseholdScreen))


async def test_a_form_refused_after_the_time_comes_back_masked(home: Path) -> None:
    async with opened(home) as (phone, _, clock):
        await in_clear(phone)
        await phone.press("enter")
        await phone.on(PartForm)
        box(phone, "birthday").value = "02-30"
        clock.at += 30
        phone.app.ticker.tick()
        await phone.until(lambda: PHONE not in phone.text(), "masked")
        await phone.press("enter")
        await phone.until(
            lambda: isinstance(phone.screen, PartForm) and "02-30 is no" in phone.text(), "refused"
        )
        assert (box(phone, "birthday").value, box(phone, "phone").value) == ("02-30", "")


@pytest.mark.parametrize(("key", "screen"), [("f3", FindScreen), ("f4", ShiftScreen)])
async def test_whoever_goes_to_another_screen_finds_the_file_masked(
    home: Path, key: str, screen: type
) -> None:
    async with opened(home) as (phone, _, __):
        await in_clear(phone)
        await phone.press(key)
        await phone.on(screen)
        await phone.until(lambda: file_of(phone).clear_until is None, "masked at once")
        await phone.press("escape")
        await phone.on(HouseholdScreen)
        assert PHONE not in phone.text()
        assert "138****1234" in phone.text()


async def test_a_question_over_the_file_leaves_it_in_clear(home: Path) -> None:
    async with opened(home) as (phone, _, __):
        await in_clear(phone)
        await phone.press(key_of(phone, "add"))
        await phone.on(Choose)
        await phone.press("escape")
        await phone.on(HouseholdScreen)
        await phone.pilot.pause()
        assert PHONE in rows(phone).plain


CHILD, SECRET = "小明", {"child": "2018-05-06", "habit": "sleeps at two", "illness": "asthma"}


def sensitive(front: Front) -> dict[Ref, dict[str, str]]:
    """A child, something known of it, and a health fact; what each row's form hides, by field."""
    file = front.add_part(
        unit=UNIT,
        part="member",
        values={"name": CHILD, "birthday": SECRET["child"], "background": "hearsay"},
        actor=CHEN,
    )
    child = file.members[-1].id
    front.add_fact(unit=UNIT, fact=NewFact("habits", SECRET["habit"], member_id=child), actor=CHEN)
    agreed = NewFact("health", SECRET["illness"], consent_by="王建国", consent_scope="inhaler")
    file = front.add_fact(unit=UNIT, fact=agreed, actor=CHEN)
    return {
        Ref("member", child): {"birthday": SECRET["child"], "background": "hearsay"},
        Ref("fact", file.members[-1].facts[0].id): {"text": SECRET["habit"]},
        Ref("fact", file.facts[0].id): {"text": SECRET["illness"], "consent_scope": "inhaler"},
    }


async def test_what_the_file_masks_its_forms_mask_and_what_it_shows_they_show(home: Path) -> None:
    async with opened(home) as (phone, front, _):
        known = sensitive(front)
        phone.app.reload()
        await phone.until(lambda: CHILD in rows(phone).plain, "the child is in the file")
        for clear in (False, True):
            if clear:
                await in_clear(phone)
            for ref, hidden in known.items():
                shown = Said(rows(phone).plain)
                rows(phone).go_to(ref)
                await phone.press("enter")
                await phone.on(PartForm)
                for field, value in hidden.items():
                    assert (value in shown) is clear, value
                    assert box(phone, field).value == (value if clear else ""), field
                await phone.press("escape")
                await phone.on(HouseholdScreen)


# -- what comes of it ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_an_instruction_says_when_it_will_hold_before_it_is_saved(
    home: Path, size: tuple[int, int], code: str
) -> None:
    t = language(code)

    def said(phone: Phone) -> str:
        return Said(phone.screen.query_one("#becomes", Static).render())

    async with opened(home, size, code) as (phone, front, _):
        await phone.press(key_of(phone, "add"))
        await phone.on(Choose)
        await phone.press("2")
        await phone.on(PartForm)
        always = t(", ").join((t("every day"), t("all day"), t("until further notice")))
        assert t("It holds: {when}", when=always) in said(phone)
        assert always.split()[0] in phone.text()
        await phone.say("cleaner [/b] may enter")
        box(phone, "weekdays").value = "tue thu"
        box(phone, "from_time").value = "9"
        box(phone, "to_time").value = "1x"
        box(phone, "ends_on").value = "2026-12-30"
        await phone.until(lambda: "09:00-?" in said(phone), "what cannot be read yet")
        box(phone, "to_time").value = "12:00"
        await phone.until(lambda: "09:00-12:00" in said(phone), "the hours")
        until = t("until {day}", day="2026-12-30")
        assert until in said(phone)
        assert t("every day") not in said(phone)
        await phone.press("enter")
        await phone.on(HouseholdScreen)
        await phone.until(lambda: bool(front.household_file(UNIT).instructions), "kept")
        assert front.household_file(UNIT).instructions[0].weekdays == (2, 4)


@pytest.mark.parametrize("code", LANGUAGES)
async def test_taking_back_says_what_was_taken_back_masked(home: Path, code: str) -> None:
    t = language(code)
    async with opened(home, code=code) as (phone, front, _):
        member = front.household_file(UNIT).members[0].id
        front.edit_part(
            unit=UNIT, part="member", row=member, values={"phone": "13911112222"}, actor=CHEN
        )
        await phone.press("f7")
        await phone.on(Confirm)
        assert "138****1234 -> 139****2222" in phone.text()
        assert CHEN in phone.text(), "who it was"
        assert "14:13" in phone.text(), "and when"
        await phone.press("y")
        back = t("undone: {change}", change="").strip()
        await phone.until(lambda: back in phone.said(), "it says so")
        assert "王建国" in phone.said()
        assert "138****1234 -> 139****2222" in phone.said()
        assert PHONE not in phone.said()
        assert top(phone)
        assert file_screen(phone).shown is not None


async def test_what_another_terminal_changed_since_the_question_is_not_taken_back(
    home: Path,
) -> None:
    async with opened(home) as (phone, front, _):
        front.set_household(unit=UNIT, values={"parking": "B1-17"}, actor=CHEN)
        await phone.press("f7")
        await phone.on(Confirm)
        front.set_household(unit=UNIT, values={"language": "English"}, actor=CHEN)
        await phone.press("y")
        await phone.until(lambda: "changed the file of 3-1201 meanwhile" in phone.said(), "said")
        assert front.household_file(UNIT).language == "English"
        assert front.household_file(UNIT).parking == "B1-17"


async def test_a_flag_that_another_terminal_set_meanwhile_stays(home: Path) -> None:
    async with opened(home) as (phone, front, _):
        rows(phone).go_to(Ref("care"))
        await phone.press("enter")
        await phone.on(Choose)
        front.mark_care(unit=UNIT, marks={"pregnant": True}, actor=CHEN)
        await phone.press("2")
        await phone.until(
            lambda: front.household_file(UNIT).care_flags == ("infant", "pregnant"), "both flags"
        )
