"""What each paragraph of a ticket's screen says, by its id."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from concierge.language.translator import Language
from concierge.services.household_views import HouseholdCardNow
from concierge.services.views import TicketView
from concierge.ui.screens.ticket_household import household_lines
from concierge.ui.widgets.clock_list import clock_lines
from concierge.ui.widgets.event_list import event_lines
from concierge.ui.widgets.ladder_view import ladder_lines
from concierge.ui.widgets.paragraph import Say, stacked, styled
from concierge.ui.widgets.ticket_card import fact_lines, phone_line, title_lines


def parts_of(screen: Any, view: TicketView, card: HouseholdCardNow | None) -> dict[str, Say]:
    """The words of every paragraph.

    Args:
        screen: The ``TicketScreen``, which imports this: it knows the time, the zone and the names.
        view: The ticket as it is shown, masked or in clear.
        card: What matters of the household, as it is shown.
    """
    household, zone, names = screen.household, screen.zone, screen.names_in

    def title(t: Language, _: int) -> Content:
        left = phone_line(view, screen.time_left(t)) if screen.in_clear else None
        return stacked((title_lines(view, household, names(t.code), t), left))

    def log(t: Language, width: int) -> Content:
        lines = event_lines(view.events, t, width, now=screen.now, zone=zone, names=names(t.code))
        return _titled(t("Log"), lines)

    return {
        "ticket-title": title,
        "ticket-household": lambda t, width: household_lines(view, card, t, width),
        "clocks": lambda t, width: clock_lines(view.clocks, screen.now, zone, t, width),
        "ladder": lambda t, width: _titled(
            t("Escalation"), ladder_lines(view, screen.now, zone, t, width)
        ),
        "facts": lambda t, width: fact_lines(view, screen.now, zone, t, width),
        "log": log,
    }


def _titled(title: str, lines: Content) -> Content:
    """A heading over lines, nothing over none."""
    return Content.assemble(styled(title, "bold $secondary"), "\n", lines) if lines.plain else lines
