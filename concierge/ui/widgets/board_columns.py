"""Where the board's columns stand at a given width, and what stands in their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from concierge.domain.masking import masked_text
from concierge.language import terms
from concierge.language.translator import Language, later
from concierge.ui.format import SIGNS, clip, left, pad, place_of, state_of, step_name

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import BoardRow

SIGN = 2
LEFT = 11
# How wide the cells are that change with time: sign and what is left, with blanks around.
COUNTDOWN = 1 + SIGN + 1 + LEFT + 1
GAP = 2
NARROW, WIDE = 70, 100  # below and from which columns are smaller and larger
HEADINGS = (later("left"), later("unit"), later("what"), later("who"), later("step"))


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells; one blank stands between columns and at both ends."""

    unit: int
    what: int
    who: int
    step: int

    @classmethod
    def fitting(cls, width: int) -> Columns:
        """The columns of a board ``width`` cells wide."""
        if width < NARROW:
            unit, who, step = 8, 6, 7
        elif width < WIDE:
            # A place has a longer name than a unit: it gets half of what a wider board has more.
            unit, who, step = 9 + min(5, (width - NARROW) // 2), 9, 8
        else:
            unit, who, step = 14, 14, 10
        rest = width - COUNTDOWN - (unit + 1) - (1 + who + 1) - (step + 1)
        return cls(unit=unit, what=max(6, rest), who=who, step=step)


@dataclass(frozen=True, slots=True)
class Cells:
    """One row's fixed cells, each padded to its column.

    All but ``what`` with the blank after it.
    """

    unit: str
    major: str
    category: str
    words: str
    who: str
    step: str


def countdown(row: BoardRow, now: int, zone: ZoneInfo, t: Language) -> tuple[str, str]:
    """The state of a row and its countdown cells.

    ``~`` marks a due time that rests on unverified days.
    """
    state = state_of(row, now)
    rest = ("~" if row.provisional else "") + left(row.due_at, now, zone, t)
    return state, f" {SIGNS[state]} {pad(rest, LEFT, right=True)} "


def fixed_cells(row: BoardRow, columns: Columns, names: Mapping[str, str], t: Language) -> Cells:
    """Everything in a row that time does not change."""
    room = columns.what
    major = clip(terms.grade(t, "major") + " ", room) if row.grade == "major" else ""
    room -= cell_len(major)
    # The category gets up to half of the column, all of it when there are no words.
    category = short_name(
        names.get(row.category, row.category), max(8, room // 2) if row.words else room
    )
    room -= cell_len(category)
    gap = "  " if row.words and room > GAP + 2 else ""
    # Masked before it is cut: a number that the cut goes through would be none any more.
    said = masked_text(row.words) if gap else ""
    words = pad(gap + clip(said, room - len(gap)) if gap else "", room)
    return Cells(
        unit=pad(place_of(row.unit, row.place), columns.unit) + " ",
        major=major,
        category=category,
        words=words,
        who=" " + pad(row.assignee or "-", columns.who) + " ",
        step=pad(step_name(row, t), columns.step) + " ",
    )


def short_name(name: str, cells: int) -> str:
    """A category's name in at most ``cells``.

    Without its explanation after a colon or bracket where it is long.
    """
    if cell_len(name) > cells:
        name = re.split(r"[:\uff1a(\uff08]", name, maxsplit=1)[0].rstrip() or name
    return clip(name, cells)


def heading(columns: Columns, t: Language) -> str:
    """The line of column titles."""
    rest, unit, what, who, step = (t(each) for each in HEADINGS)
    return (
        f" {pad('', SIGN)} {pad(rest, LEFT, right=True)} {pad(unit, columns.unit)} "
        f"{pad(what, columns.what)} {pad(who, columns.who)} {pad(step, columns.step)} "
    )
