"""Whoever closes a ticket whose promise was broken is asked why, on every way there; for one kept nobody is."""

from __future__ import annotations

import pytest

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.ui.screens.board import BoardScreen
from concierge.ui.screens.dialogs import Choose
from concierge.ui.screens.ticket import TicketScreen
from concierge.ui.screens.ticket_dialogs import RecordDialog
from tests.ui.at_the_phone import Phone, ringing
from tests.ui.set_clock import MINUTE, taken

DAYS = 24 * 60 * MINUTE


async def asked(phone: Phone) -> bool:
    """Whether the cause is asked for once what was done is taken."""
    await phone.on(RecordDialog)
    await phone.press("enter")
    await phone.until(
        lambda: isinstance(phone.screen, (Choose, TicketScreen, BoardScreen)), "what comes next"
    )
    await phone.pilot.pause()
    return isinstance(phone.screen, Choose)


@pytest.mark.parametrize(
    ("category", "keys"),
    [
        ("neighbour", ("ctrl+r",)),  # from the board
        ("neighbour", ("enter", "3")),  # on the ticket
        ("fees", ("ctrl+o",)),  # an answer closes an inquiry
        ("fees", ("enter", "2")),
        ("fees", ("enter", "3")),
    ],
)
async def test_the_cause_is_asked_on_every_way_to_the_end(
    desk: tuple[Front, FixedClock], category: str, keys: tuple[str, ...]
) -> None:
    front, clock = desk
    number = taken(front, category).number
    clock.at += 9 * DAYS
    front.sweep()
    async with ringing(front) as phone:
        await phone.press(keys[0])
        if len(keys) > 1:
            await phone.on(TicketScreen)
            await phone.until(lambda: getattr(phone.screen, "view", None) is not None, "the ticket")
            await phone.press(keys[1])
        assert await asked(phone)
        await phone.press("escape")  # without a cause it stays open
        await phone.pilot.pause()
        assert front.ticket(number).state == "open"


async def test_a_kept_promise_needs_no_cause(desk: tuple[Front, FixedClock]) -> None:
    front, _ = desk
    number = taken(front).number
    async with ringing(front) as phone:
        await phone.press("ctrl+r")
        assert not await asked(phone)
        await phone.until(lambda: front.ticket(number).state == "closed", "closed")


async def test_a_promise_broken_long_before_the_end_is_asked_for_at_the_end(
    desk: tuple[Front, FixedClock],
) -> None:
    front, clock = desk
    number = taken(front).number
    clock.at += 16 * MINUTE
    front.sweep()
    front.record(action="attend", number=number, actor="陈丽")
    async with ringing(front) as phone:
        await phone.press("ctrl+r")
        assert await asked(phone)
        await phone.press("1")
        await phone.until(lambda: front.ticket(number).state == "closed", "closed")
        (broken,) = front.shift_summary().broken
        assert (broken.number, broken.cause) == (number, "waiting-part")


async def test_a_promise_that_breaks_while_one_types_is_asked_for_before_the_screen_knows(
    desk: tuple[Front, FixedClock],
) -> None:
    front, clock = desk
    number = taken(front).number
    async with ringing(front) as phone:
        await phone.press("ctrl+r")
        await phone.on(RecordDialog)
        clock.at += 9 * DAYS
        assert await asked(phone)
        await phone.press("1")
        await phone.until(lambda: front.ticket(number).state == "closed", "closed")
