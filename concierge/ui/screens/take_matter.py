"""From a household to the intake form: a new one, or the one that waits behind."""

from __future__ import annotations

from typing import Any

from concierge.ui.screens.intake import IntakeScreen


def take_matter(app: Any, unit: str) -> None:
    """Take a matter for a unit; a form that is open comes to the front, its empty unit filled in."""
    form = next((each for each in app.screen_stack if isinstance(each, IntakeScreen)), None)
    if form is None:
        app.open_screen("intake", unit=unit)
        return
    for _ in range(len(app.screen_stack) - 1 - app.screen_stack.index(form)):
        app.pop_screen()
    form.take_unit(unit)
