"""What the handover's screen reads in one go, what is new in it, and how it finds the handover before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from concierge.domain.refusal import Refusal
from concierge.language.translator import Language
from concierge.services.copies_made import CopyMade
from concierge.services.handover_views import HandoverView, MatterView
from concierge.services.views import StaffView
from concierge.ui.format import one_line, place_of
from concierge.ui.port import DeskPort
from concierge.ui.widgets.handover_listed import Listed, Ref, next_left

FURTHEST = 50
"""Shifts that are looked through for a signed handover: those of other desks lie between."""


@dataclass(frozen=True, slots=True)
class Look:
    """A handover as one look found it, beside the look before.

    ``same``: nothing but the instant is another. ``came`` is to be taken note of and was not there before,
    ``pressing`` was in the group. ``next`` is what comes after what was just done.
    """

    listed: Listed
    before: Listed | None
    same: bool
    came: tuple[MatterView, ...]
    pressing: tuple[MatterView, ...]
    next: Ref | None


@dataclass(frozen=True, slots=True)
class Read:
    """A handover, the planned end of its shift, who is active, what became of its copies."""

    look: Look
    planned_until: int | None
    staff: tuple[StaffView, ...]
    copies: tuple[CopyMade, ...]


def look_at(view: HandoverView, before: Listed | None, after: Ref | None = None) -> Look:
    """Put a handover in order and beside the look before; in a thread, for it goes through all matters."""
    listed = Listed(view)
    came: tuple[MatterView, ...] = ()
    pressing: tuple[MatterView, ...] = ()
    if before is not None and view.state == before.view.state == "open":
        came = tuple(each for each in view.matters if each.number not in before.matters)
        late = listed.left - before.left
        pressing = tuple(
            each for each in view.matters if each.number in late and each.number in before.matters
        )
    same = before is not None and replace(before.view, at=view.at) == view
    return Look(listed, before, same, came, pressing, next_left(view, after))


def read_one(desk: DeskPort, shift: int | None, before: Listed | None) -> Read:
    """The handover of a shift; None is the one that runs."""
    view = desk.handover(shift=shift)
    copies = desk.copies_made(shift=view.shift) if view.state == "signed" else ()
    staff = tuple(each for each in desk.staff() if each.active)
    planned = desk.shift_summary(view.shift).planned_until
    return Read(look_at(view, before), planned, staff, copies)


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


def news(look: Look, t: Language) -> Iterator[str]:
    """What another terminal or the clock added to what has to be taken note of."""
    for each in look.came:
        yield t("New since then: {where}. Take note of it too.", where=_where(each))
    for each in look.pressing:
        yield t("{where} presses now: take note of it by itself.", where=_where(each))


def _where(each: MatterView) -> str:
    return one_line(place_of(each.unit, each.place or each.number))
