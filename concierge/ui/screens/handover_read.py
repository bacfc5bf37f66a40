"""What the handover's screen reads in one go, and how it finds the handover before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from concierge.domain.refusal import Refusal
from concierge.language.translator import Language
from concierge.services.copies_made import CopyMade
from concierge.services.handover_views import HandoverView
from concierge.services.views import StaffView
from concierge.ui.format import one_line
from concierge.ui.port import DeskPort

FURTHEST = 50
"""Shifts that are looked through for a signed handover: those of other desks lie between."""


@dataclass(frozen=True, slots=True)
class Read:
    """A handover, the planned end of its shift, who is active, what became of its copies."""

    view: HandoverView
    planned_until: int | None
    staff: tuple[StaffView, ...]
    copies: tuple[CopyMade, ...]


def read_one(desk: DeskPort, shift: int | None) -> Read:
    """The handover of a shift; None is the one that runs."""
    view = desk.handover(shift=shift)
    copies = desk.copies_made(shift=view.shift) if view.state == "signed" else ()
    staff = tuple(each for each in desk.staff() if each.active)
    return Read(view, desk.shift_summary(view.shift).planned_until, staff, copies)


def one_before(desk: DeskPort, shift: int, name: str) -> int | None:
    """The last signed handover at the desk of that name before that of a shift; None when none is near."""
    for number in range(shift - 1, max(0, shift - 1 - FURTHEST), -1):
        try:
            view = desk.handover(shift=number)
            if view.state == "signed" and view.desk == name:
                return number
        except Refusal:  # ended with nobody to take over, or never was
            continue
    return None


def news(before: HandoverView, view: HandoverView, t: Language) -> Iterator[str]:
    """What another terminal or the clock added to what has to be taken note of."""
    if view.state != "open" or before.state != "open":
        return
    known = {each.number for each in before.matters}
    pressing = set(view.left) - set(before.left)
    for each in view.matters:
        where = one_line(each.unit or each.place or each.number)
        if each.number not in known:
            yield t("New since then: {where}. Take note of it too.", where=where)
        elif each.number in pressing:
            yield t("{where} presses now: take note of it by itself.", where=where)
