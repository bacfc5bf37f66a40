"""Which screen stands where.

A table of names, so that a screen is imported only when it is opened.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from textual.screen import Screen

ROUTES = {
    "intake": "concierge.ui.screens.intake:IntakeScreen",
    "ticket": "concierge.ui.screens.ticket:TicketScreen",
    "find": "concierge.ui.screens.find:FindScreen",
    "shift": "concierge.ui.screens.shift:ShiftScreen",
    "handover": "concierge.ui.screens.handover:HandoverScreen",
    "preview": "concierge.ui.screens.preview:PreviewScreen",
    "report": "concierge.ui.screens.report:ReportScreen",
    "roster": "concierge.ui.screens.roster:RosterScreen",
    "first_steps": "concierge.ui.screens.first_steps:FirstStepsScreen",
    "emergency": "concierge.ui.screens.emergency:EmergencyScreen",
    "household": "concierge.ui.screens.household:HouseholdScreen",
    "households": "concierge.ui.screens.household_list:HouseholdListScreen",
    "help": "concierge.ui.screens.help:HelpScreen",
}


@cache
def is_built(route: str) -> bool:
    """Whether the screen exists; its module is looked up, not imported."""
    module = ROUTES[route].partition(":")[0]
    return find_spec(module) is not None


def import_all() -> None:
    """Import every screen there is; done in a thread once the board stands, so that no key waits for it."""
    for route in ROUTES:
        if is_built(route):
            screen_class(route)


def screen_class(route: str) -> type[Screen[Any]]:
    """The screen's class, imported now if it was not before."""
    module, _, name = ROUTES[route].partition(":")
    found: type[Screen[Any]] = getattr(import_module(module), name)
    return found
