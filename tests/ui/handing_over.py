"""Taking over at a real desk, by its screens or past them."""

from __future__ import annotations

from typing import Any

from concierge.front import Front
from concierge.services.handover_views import HandoverView
from concierge.ui.screens.handover import HandoverScreen
from concierge.ui.widgets.handover_listed import Ref
from concierge.ui.widgets.paragraph import Paragraph
from concierge.ui.widgets.row_list import RowList
from tests.ui.at_the_phone import Phone
from tests.ui.set_clock import Said


def take_over(front: Front, incoming: str, **counted: int) -> HandoverView:
    """Everything but the signatures, past the screens; what is not named is counted as 1."""
    view = front.begin_handover(actor=incoming)
    for number in view.left:
        view = front.acknowledge_matter(number=number, actor=incoming)
    if view.group_left:
        view = front.acknowledge_rest(count=view.group_left, actor=incoming)
    for each in view.counts:
        n = counted.get(each.item, 1)
        word = None if each.expected in (None, n) else "盘点过"
        view = front.count_item(item=each.item, counted=n, actor=incoming, word=word)
    return view


def handed_over(front: Front, incoming: str, **counted: int) -> HandoverView:
    """A whole handover, past the screens."""
    view = take_over(front, incoming, **counted)
    for name in (view.outgoing, incoming):
        view = front.sign_handover(actor=name)
    return view


def top(phone: Phone) -> Said:
    """Who hands over to whom, and what is left."""
    return Said(phone.screen.query_one("#handover-top", Paragraph).plain)


def rows(phone: Phone) -> Said:
    """Every row, in sight or not."""
    return Said(phone.screen.query_one(RowList).plain)


def whole(phone: Phone) -> Said:
    """What stands beside the list."""
    return Said(phone.screen.query_one("#detail", Paragraph).plain)


async def open_handover(phone: Phone) -> HandoverScreen:
    """By 9 from the board."""
    await phone.press("9")
    await phone.on(HandoverScreen)
    screen: Any = phone.screen
    await phone.until(lambda: screen.view is not None, "the handover is read")
    await phone.pilot.pause()
    found: HandoverScreen = screen
    return found


async def begin(phone: Phone, digit: str) -> HandoverScreen:
    """Open it and say who takes over."""
    screen = await open_handover(phone)
    await phone.press(digit)
    await stands(phone, screen, state="open")
    return screen


async def at(phone: Phone, screen: HandoverScreen, ref: Ref) -> None:
    """Wait for the cursor."""
    await phone.until(lambda: phone.screen is screen and screen.ref == ref, f"the cursor on {ref}")


async def stands(phone: Phone, screen: HandoverScreen, **values: object) -> None:
    """Wait until the handover on the screen has these values."""
    await phone.until(
        lambda: all(getattr(screen.view, name, phone) == value for name, value in values.items()),
        f"a handover with {values}",
    )
