"""Writing down by which number a colleague is rung: an alarm without one says where this is done."""

from __future__ import annotations

from typing import Any

from concierge.domain.roles import STAFF_FROM, may
from concierge.language.translator import Language
from concierge.services.views import StaffView
from concierge.ui.format import one_line
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.dialogs import AskLine, Choose, Words


async def write_phone(screen: Any) -> None:
    """Ask whose number and which, and write it down; await it inside ``steps``.

    Args:
        screen: The screen of the desk that is in front.
    """
    staff: tuple[StaffView, ...] = await screen.gateway.reading(lambda desk: desk.staff())
    # Whoever has no number comes first: that is what somebody was sent here for.
    active = sorted((each for each in staff if each.active), key=lambda each: bool(each.phone))
    whose: StaffView | None = await screen.app.push_screen_wait(
        Choose(lambda t: t("Whose phone number?"), [(_words(each), each) for each in active])
    )
    if whose is None:
        return
    phone: str | None = await screen.app.push_screen_wait(
        AskLine(
            lambda t: t("Phone number of {name}", name=whose.name),
            lambda t: t("It is shown where something escalates. Empty takes it out."),
            value=whose.phone or "",
            needed=False,
        )
    )
    actor = await _who_writes(screen, whose, active) if phone is not None else None
    if phone is None or actor is None:
        return
    number = phone
    kept: StaffView = await screen.gateway.writing(
        lambda desk: desk.set_staff_phone(name=whose.name, phone=number, actor=actor)
    )
    said = f"{one_line(kept.name)}  {one_line(kept.phone or '-')}"
    screen.app.notify(said, markup=False)
    screen.app.reload()


async def _who_writes(screen: Any, whose: StaffView, active: list[StaffView]) -> str | None:
    """Whoever works here, if it is their own number or they are a supervisor; else which supervisor says so."""
    acting = await who_acts(screen)
    able = [each for each in active if may(each.role, STAFF_FROM)]
    if acting is None or acting == whose.name or not able or acting in {e.name for e in able}:
        return acting
    name: str | None = await screen.app.push_screen_wait(
        Choose(
            lambda t: t("Which supervisor decides this?"),
            [(one_line(each.name), each.name) for each in able],
        )
    )
    return name


def _words(staff: StaffView) -> Words:
    name, phone = one_line(staff.name), one_line(staff.phone or "")

    def said(t: Language) -> str:
        known = phone or t("no number on file")
        return f"{name}  {known}"

    return said
