"""A handover put in order to be shown: made once of each look at it, off the UI thread; what comes next."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from concierge.domain.masking import holds_masked
from concierge.services.handover_views import HandoverView


class Ref(NamedTuple):
    """A row: its part (matter, group, instruction, note, count, sign) and which of these."""

    part: str
    name: str = ""


class Listed:
    """A handover's matters by number, by the part they belong to and by their place in the list; its notes too.

    Of thousands of matters it is made in a few milliseconds: in the thread that reads. After that nothing on
    the screen looks through them.

    Args:
        view: The handover.
    """

    def __init__(self, view: HandoverView) -> None:
        self.view = view
        self.matters = {each.number: each for each in view.matters}
        self.singly = tuple(each for each in view.matters if each.why and not each.grouped)
        """What is acknowledged one by one."""
        self.group = tuple(each for each in view.matters if not each.why or each.grouped)
        """The rest."""
        self.keys = tuple(Ref("matter", each.number) for each in self.singly)
        self.places: dict[Hashable, int] = {key: at for at, key in enumerate(self.keys)}
        self.left = frozenset(view.left)
        # What is for the next shift first: the rest is there to be looked up.
        self.notes = tuple(sorted(view.notes, key=lambda note: (note.flag != "next", note.at)))
        self.phoned = tuple(each for each in view.notes if holds_masked(each.text))
        """The notes with a phone in them."""
        self.note_keys = tuple(Ref("note", str(each.id)) for each in self.notes)
        self.note_places: dict[Hashable, int] = {key: at for at, key in enumerate(self.note_keys)}


def first_left(view: HandoverView) -> Ref | None:
    """What comes next: a single matter, the group, a count, then the signatures."""
    if view.state != "open":
        return None
    if view.left:
        return Ref("matter", view.left[0])
    if view.group_left:
        return Ref("group")
    if view.uncounted:
        return Ref("count", view.uncounted[0])
    return Ref("sign")


def next_left(view: HandoverView, after: Ref | None) -> Ref | None:
    """The same, but of single matters and counts the one behind the one just done."""
    found = first_left(view)
    if found is None or after is None or found.part != after.part:
        return found
    order = (
        [each.number for each in view.matters]
        if found.part == "matter"
        else [each.item for each in view.counts]
    )
    open_ones = frozenset(view.left if found.part == "matter" else view.uncounted)
    behind = order[order.index(after.name) + 1 :] if after.name in order else []
    return Ref(found.part, next((name for name in behind if name in open_ones), found.name))


def first_signature(view: HandoverView) -> Ref | None:
    """The first row of the signatures; None before anybody takes over."""
    if view.incoming is None:
        return None
    return Ref("sign", "outgoing" if view.absent is None else "absent")
