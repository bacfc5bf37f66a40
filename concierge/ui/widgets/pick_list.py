"""Choices by number or by typing: which of them fit what was typed, and how they look."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from textual.content import Content

from concierge.language.translator import Language
from concierge.ui.format import pad

# Of the width, how much the groups of a list in columns take: complaints have the longest names.
_SHARES = (40, 34, 26)


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to choose.

    Args:
        value: The code that is the answer.
        zh: Its name in Chinese.
        en: Its name in English.
        group: The heading it stands under (a msgid), or nothing.
    """

    value: str
    zh: str
    en: str
    group: str = ""

    def name(self, code: str) -> str:
        """Its name in a language."""
        return self.zh if code == "zh" else self.en


def matching(picks: Sequence[Pick], text: str) -> tuple[int, ...]:
    """Which choices fit what was typed, best first, as places in ``picks``.

    Digits, full-width ones too, are the number shown (1 also leads on to 10, 11, ...); anything else is
    looked for in the names in both languages and in the code, first where it begins.
    """
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    if not said:
        return tuple(range(len(picks)))
    if said.isdecimal():
        return tuple(place for place in range(len(picks)) if str(place + 1).startswith(said))
    begins, holds = [], []
    for place, pick in enumerate(picks):
        names = [name.casefold() for name in (pick.value, pick.zh, pick.en)]
        if any(name.startswith(said) for name in names):
            begins.append(place)
        elif any(said in name for name in names):
            holds.append(place)
    return (*begins, *holds)


@dataclass(frozen=True, slots=True)
class PickList:
    """The choices as they look: those that do not fit the typing dimmed, the chosen one marked.

    Args:
        picks: All of them.
        fits: The places of those that fit what was typed.
        chosen: The place of the one chosen.
    """

    picks: tuple[Pick, ...] = ()
    fits: tuple[int, ...] = ()
    chosen: int | None = None

    def in_columns(self, width: int, t: Language) -> Content:
        """A column for each group under its heading."""
        groups = list(dict.fromkeys(pick.group for pick in self.picks))
        room = _widths(len(groups), width)
        columns = [
            [
                Content(pad(t(group), cells)).stylize("bold $primary"),
                *(
                    self._cell(place, cells, t)
                    for place, pick in enumerate(self.picks)
                    if pick.group == group
                ),
            ]
            for group, cells in zip(groups, room, strict=True)
        ]
        blanks = [Content(" " * cells) for cells in room]
        lines = [
            Content("").join(cell or blank for cell, blank in zip(row, blanks, strict=True))
            for row in zip_longest(*columns)
        ]
        return Content("\n").join(lines)

    def in_a_line(self, width: int, t: Language) -> Content:
        """One after the other, as many lines as they need."""
        lines: list[Content] = []
        line, used = Content(""), 0
        for place, pick in enumerate(self.picks):
            cells = min(width, cell_len(f"{place + 1} {pick.name(t.code)}") + 3)
            if used and used + cells > width:
                lines.append(line)
                line, used = Content(""), 0
            line += self._cell(place, cells, t, digits=1)
            used += cells
        return Content("\n").join([*lines, line])

    def _cell(self, place: int, cells: int, t: Language, *, digits: int = 2) -> Content:
        """Number and name in exactly so many cells, the last one blank."""
        number = f"{place + 1:>{digits}} "
        name = pad(self.picks[place].name(t.code), cells - len(number) - 1)
        if place == self.chosen:
            cursor = "bold $block-cursor-foreground on $block-cursor-background"
            return Content(number + name).stylize(cursor) + " "
        if place not in self.fits:
            return Content(number + name + " ").stylize("$foreground 50%")
        return Content(number).stylize("$accent") + Content(name + " ")


def _widths(columns: int, width: int) -> list[int]:
    if columns != len(_SHARES):
        return [width // max(1, columns)] * columns
    return [width * share // 100 for share in _SHARES]
