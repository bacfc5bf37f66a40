"""Who lives where a ticket comes from, and what matters of them now."""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from concierge.domain.refusal import Refusal
from concierge.language.translator import Language
from concierge.services.household_views import HouseholdCardNow
from concierge.services.views import TicketView
from concierge.ui.port import DeskPort
from concierge.ui.widgets.now_lines import MEALS, instruction_lines, now_lines
from concierge.ui.widgets.paragraph import stacked


def household_of(
    desk: DeskPort, view: TicketView, viewer: str | None
) -> tuple[str | None, HouseholdCardNow | None]:
    """Who lives there and what matters of them now, if the unit is in the books."""
    if view.unit is None or not view.unit_verified:
        return None, None
    try:
        members = desk.household(view.unit).members
        card = desk.card_now(view.unit, viewer=viewer)
    except Refusal:  # taken out of the books since
        return None, None
    return members[0].name if members else None, card


def household_lines(
    view: TicketView, card: HouseholdCardNow | None, t: Language, width: int
) -> Content:
    """What to know of the household, its instructions in red while they hold."""
    if card is None:
        return stacked(instruction_lines(view.instructions, t))
    told = replace(card, instructions=view.instructions)
    return stacked(now_lines(told, t, width, meals=view.category == MEALS))
