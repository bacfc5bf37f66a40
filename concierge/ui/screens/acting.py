"""Who does this: whoever is on shift at this desk, else asked once."""

from __future__ import annotations

from typing import Any, cast

from concierge.services.views import StaffView
from concierge.ui.format import one_line
from concierge.ui.screens.base import DeskScreen
from concierge.ui.screens.dialogs import Choose


async def who_acts(screen: DeskScreen[Any]) -> str | None:
    """The name of who works here; None when nobody said. Await it inside ``steps``."""
    if screen.acting is not None:
        return screen.acting
    staff = await screen.gateway.reading(lambda desk: desk.staff())
    name = await ask_who(screen, staff)
    if name is not None:
        cast(Any, screen.app).act_as(name)
    return name


async def ask_who(screen: DeskScreen[Any], staff: tuple[StaffView, ...]) -> str | None:
    """Ask for one of the active staff by digit."""
    choices = [(one_line(each.name), each.name) for each in staff if each.active]
    answer: str | None = await screen.app.push_screen_wait(
        Choose(
            lambda t: t("Who are you?"),
            choices,
            hint=lambda t: t(
                "Nobody is on shift at this desk. You are asked once; F4 starts a shift."
            ),
        )
    )
    return answer
