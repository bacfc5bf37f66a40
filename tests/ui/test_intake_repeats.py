"""A complaint that comes again is offered as major while it is taken in, by one key that may be left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.services.intake import Intake
from concierge.services.news_views import RepeatView
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.widgets.promise_line import PromiseLine
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.phone_desk import PhoneDesk
from tests.ui.real_desk import furnished

THIRD = RepeatView("household", 3, 30, ("T-20261101-001", "T-20261110-004"))
SPOT = RepeatView("building", 12, 30, ("T-20261101-001", "T-20261110-004"))
SAID = {
    "zh": ("该户 30 天内同类投诉第 3 次，建议列为重大：^G 列为重大",
           "已列为重大，该户 30 天内同类投诉第 3 次：^G 撤销"),
    "en": ("Complaint 3 of this household about this in 30 days: ^G makes it major",
           "Major, complaint 3 of this household about this in 30 days: ^G undoes"),
}  # fmt: skip


async def take_in(phone: Phone, category: str = "9") -> None:
    """The form with unit, words and category."""
    await phone.press("f2")
    await phone.on(IntakeScreen)
    await phone.until(lambda: len(phone.intake._categories) > 3, "categories are read")
    await phone.press(*"31201")
    box = phone.intake.fields.unit_box("unit")
    await phone.until(lambda: box.answered == "31201", "hits are shown")
    await phone.press("enter")
    await phone.focus_on("words-area")
    await phone.say("楼上中午还在打电钻")
    await phone.press("tab", category)


async def offered(phone: Phone) -> None:
    await phone.until(lambda: phone.intake.repeats.offered, "the offer is shown")
    await phone.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_offer_stands_on_one_line_and_its_key_makes_the_matter_major(
    size: tuple[int, int], code: str
) -> None:
    desk = PhoneDesk(language=code, again=(THIRD, SPOT))
    offer, taken = SAID[code]
    async with ringing(desk, size, code) as phone:
        await take_in(phone)
        await offered(phone)
        await phone.until(lambda: offer in phone.text(), "the offer is painted")
        assert phone.intake.repeats.size.height == 1
        await phone.until(
            lambda: phone.intake.query_one(PromiseLine).has_class("-promise"), "the promise stands"
        )
        await phone.press("ctrl+g")
        await phone.until(lambda: taken in phone.text(), "what was taken is painted")
        await phone.press("ctrl+s")
        await phone.on(BoardScreen)
        assert phone.keys <= 14
        assert (desk.added[0][0].grade, desk.added[0][0].offered) == ("major", True)


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_trouble_spot_of_many_households_fits_a_small_terminal(code: str) -> None:
    async with ringing(PhoneDesk(language=code, again=(SPOT,)), (80, 24), code) as phone:
        await take_in(phone)
        await offered(phone)
        assert phone.intake.repeats.size.height == 1
        await phone.until(lambda: "12" in phone.text(), "how many is painted")
        await phone.press("ctrl+g")
        assert phone.intake.repeats.size.height == 1


async def test_left_alone_the_offer_costs_no_key_and_counts_as_declined() -> None:
    desk = PhoneDesk(again=(THIRD,))
    async with ringing(desk) as phone:
        await take_in(phone)
        await offered(phone)
        await phone.press("ctrl+s")
        await phone.on(BoardScreen)
        assert phone.keys <= 14
        assert (desk.added[0][0].grade, desk.added[0][0].offered) == (None, True)


async def test_the_key_pressed_twice_leaves_it_ordinary() -> None:
    desk = PhoneDesk(again=(THIRD,))
    async with ringing(desk) as phone:
        await take_in(phone)
        await offered(phone)
        await phone.press("ctrl+g", "ctrl+g", "ctrl+s")
        await phone.on(BoardScreen)
        assert (desk.added[0][0].grade, desk.added[0][0].offered) == (None, True)


async def test_what_does_not_come_again_is_offered_nothing_and_the_key_does_nothing() -> None:
    desk = PhoneDesk()
    async with ringing(desk) as phone:
        await take_in(phone)
        await phone.press("ctrl+g")
        assert not phone.intake.repeats.display
        await phone.press("ctrl+s")
        await phone.on(BoardScreen)
        assert (desk.added[0][0].grade, desk.added[0][0].offered) == (None, False)


async def test_another_category_takes_the_offer_back_with_what_was_made_of_it() -> None:
    desk = PhoneDesk(again=(THIRD,))
    async with ringing(desk) as phone:
        await take_in(phone)
        await offered(phone)
        await phone.press("ctrl+g")
        assert phone.intake.repeats.taken
        phone.intake.fields.pick_box("category").text = "home-repair-urgent"
        await phone.until(lambda: not phone.intake.repeats.offered, "the offer is gone")
        await phone.press("ctrl+s")
        await phone.on(BoardScreen)
        intake = desk.added[0][0]
        assert (intake.category, intake.grade, intake.offered) == (
            "home-repair-urgent",
            None,
            False,
        )


async def test_the_offer_follows_the_language_in_place() -> None:
    async with ringing(PhoneDesk(again=(THIRD,))) as phone:
        await take_in(phone)
        await offered(phone)
        await phone.press("ctrl+b")
        await phone.until(lambda: SAID["zh"][0] in phone.text(), "the offer in Chinese")


@pytest.mark.parametrize("major", [True, False])
async def test_at_a_real_store_the_third_complaint_is_offered_and_what_was_chosen_is_kept(
    home: Path, *, major: bool
) -> None:
    front = furnished(home)
    for _ in range(2):
        front.add_ticket(
            intake=Intake(category="neighbour", words="noise", unit="3-1201"), actor="陈丽"
        )
    async with ringing(front) as phone:
        await take_in(phone)
        await offered(phone)
        await phone.press(*(["ctrl+g"] if major else []), "ctrl+s")
        await phone.on(BoardScreen)
        ticket = front.ticket("T-20261123-003")
        wanted = ("major", "household") if major else ("ordinary", None)
        assert (ticket.grade, ticket.grade_reason) == wanted
        assert ticket.events[0].data.get("declined", False) is not major
    front.close()
