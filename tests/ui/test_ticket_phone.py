"""The caller's phone on a ticket: masked, shown whole for half a minute by a key, each look on record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.language.translator import language
from concierge.services.views import EventView, TicketView
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import AskLine, Choose
from concierge.ui.screens.emergency import EmergencyScreen
from concierge.ui.screens.find import FindScreen
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.widgets.action_bar import ActionBar
from concierge.ui.widgets.paragraph import Paragraph
from tests.ui.at_the_phone import LANGUAGES, SIZES, Phone, ringing
from tests.ui.set_clock import Said, stopped, taken

WHOLE, MASKED = "13987654321", "139****4321"
Made = tuple[Phone, Front, FixedClock, TicketView]


@asynccontextmanager
async def opened(
    home: Path, size: tuple[int, int] = (80, 24), code: str = "en", *, shift: bool = True
) -> AsyncIterator[Made]:
    """A desk with one matter of a caller whose phone is known, its ticket in front."""
    front, clock = stopped(home)
    ticket = taken(front, caller="Mrs Wang", phone=WHOLE)
    if not shift:
        front.end_shift(actor="陈丽", alone="无人接班")
    async with ringing(front, size, code) as phone:
        phone.app.open_ticket(ticket.number)
        await ready(phone)
        yield phone, front, clock, ticket
    front.close()


async def ready(phone: Phone) -> None:
    await phone.on(TicketScreen)
    await phone.until(lambda: MASKED in plain(phone, "facts"), "the ticket is read")


def plain(phone: Phone, name: str) -> Said:
    screen = next(each for each in phone.app.screen_stack if isinstance(each, TicketScreen))
    return Said(screen.query_one(f"#{name}", Paragraph).plain)


def looks(front: Front, ticket: TicketView) -> list[EventView]:
    events = front.ticket(ticket.number).events
    return [each for each in events if each.kind == "ticket.revealed"]


async def in_clear(phone: Phone) -> None:
    await phone.until(lambda: WHOLE in plain(phone, "ticket-title"), "in clear")
    await phone.until(lambda: WHOLE in phone.text(), "in sight without scrolling")


async def masked(phone: Phone) -> None:
    await phone.until(lambda: WHOLE not in plain(phone, "ticket-title"), "masked again")
    await phone.pilot.pause()
    assert WHOLE not in phone.text()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_callers_phone_is_shown_whole_for_thirty_seconds_and_the_look_is_on_record(
    tmp_path: Path, size: tuple[int, int], code: str
) -> None:
    t = language(code)
    async with opened(tmp_path / "home", size, code) as (phone, front, clock, ticket):
        assert WHOLE not in phone.text()
        assert not looks(front, ticket)
        await phone.press("ctrl+k")
        await in_clear(phone)
        assert [(each.actor, each.at) for each in looks(front, ticket)] == [("陈丽", clock.at)]
        said = t("Looked at the phones unmasked")
        await phone.until(lambda: said in plain(phone, "log"), "in the log at once")

        clock.at += 29
        phone.app.ticker.tick()
        last = t("in clear for {n} s", n=1)
        await phone.until(lambda: last in plain(phone, "ticket-title"), "the last second")
        assert WHOLE in plain(phone, "ticket-title")
        clock.at += 1
        phone.app.ticker.tick()
        await masked(phone)
        assert MASKED in plain(phone, "facts")
        assert len(looks(front, ticket)) == 1


async def test_the_same_key_hides_it_and_its_letter_does_the_same(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, front, _, ticket):
        assert "P whole phones ^K" in phone.screen.query_one(ActionBar).plain
        await phone.press("p")
        await in_clear(phone)
        await phone.press("ctrl+k")
        await masked(phone)
        assert len(looks(front, ticket)) == 1


async def test_behind_another_screen_it_is_masked_behind_a_question_it_stays(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path / "home") as (phone, _, _, _):
        await phone.press("ctrl+k")
        await in_clear(phone)
        await phone.press("4")
        await phone.on(AskLine)
        assert WHOLE in plain(phone, "ticket-title")
        await phone.press("escape")
        await phone.on(TicketScreen)
        await phone.press("f3")
        await phone.on(FindScreen)
        assert WHOLE not in plain(phone, "ticket-title")
        await phone.press("escape")
        await phone.on(TicketScreen)
        assert WHOLE not in phone.text()


async def test_a_clock_set_back_does_not_leave_it_in_clear(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, _, clock, _):
        await phone.press("ctrl+k")
        await in_clear(phone)
        clock.at -= 3600
        phone.app.ticker.tick()
        await masked(phone)


async def test_another_ticket_in_the_same_place_shows_no_phone(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (phone, front, _, ticket):
        worst = taken(front, "emergency", phone="13711112222")
        phone.app.reload()
        await phone.until(lambda: bool(phone.app.board and phone.app.board.alarms), "an alarm")
        await phone.press("ctrl+k")
        await in_clear(phone)
        await phone.press("f9")
        await phone.until(lambda: worst.number in plain(phone, "ticket-title"), "the worst")
        await masked(phone)
        assert "13711112222" not in phone.text()
        assert (len(looks(front, ticket)), looks(front, worst)) == (1, [])


async def test_who_looks_is_asked_when_nobody_works_here(tmp_path: Path) -> None:
    async with opened(tmp_path / "home", shift=False) as (phone, front, _, ticket):
        await phone.press("ctrl+k")
        await phone.on(Choose)
        await phone.press("escape")
        await phone.on(TicketScreen)
        assert WHOLE not in phone.text()
        assert not looks(front, ticket)
        await phone.press("ctrl+k")
        await phone.on(Choose)
        await phone.press("2")
        await phone.on(TicketScreen)
        await in_clear(phone)
        assert [each.actor for each in looks(front, ticket)] == ["周强"]


async def test_without_a_phone_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    ticket = taken(front, caller="Mrs Wang")
    async with ringing(front) as phone:
        phone.app.open_ticket(ticket.number)
        await phone.on(TicketScreen)
        await phone.until(lambda: "Mrs Wang" in plain(phone, "facts"), "the ticket is read")
        assert "whole phones" not in phone.screen.query_one(ActionBar).plain
        await phone.press("ctrl+k")
        await phone.pilot.pause()
        assert not looks(front, ticket)


@pytest.mark.parametrize("code", LANGUAGES)
async def test_no_other_screen_at_the_desk_shows_a_callers_or_residents_phone_whole(
    tmp_path: Path, code: str
) -> None:
    """Colleagues' numbers are there to be rung and stay whole."""
    front, _ = stopped(tmp_path / "home")
    taken(front, caller="Mrs Wang", phone=WHOLE)
    seen: list[str] = []
    async with ringing(front, (120, 36), code) as phone:
        await phone.until(lambda: "楼上打电钻" in phone.text(), "the row's panel")
        seen.append(phone.text())
        for key, screen in (("f2", IntakeScreen), ("f8", EmergencyScreen), ("f3", FindScreen)):
            await phone.press(key)
            await phone.on(screen)
            await phone.press(*"31201")
            await phone.until(lambda: "王建国" in phone.text(), "found")
            seen.append(phone.text())
            await phone.press("enter")
            if screen is IntakeScreen:
                await phone.until(lambda: bool(phone.intake.open_here), "the card")
                seen.append(phone.text())
                await phone.press("escape")
                await phone.on(Choose)
                await phone.press("2")
                await phone.on(BoardScreen)
            if screen is EmergencyScreen:
                await phone.until(lambda: "周强 138-0000-1234" in phone.text(), "whom to ring")
                seen.append(phone.text())
                await phone.press("escape")
                await phone.on(BoardScreen)
        await phone.pilot.pause()
        seen.append(phone.text())
    assert len(seen) == 7
    assert not [text for text in seen if WHOLE in text or "13800001234" in text]
