"""The two lines over the board: which matters are shown, and the columns' titles."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from concierge.language.translator import later
from concierge.ui.format import pad
from concierge.ui.widgets.board_columns import Columns, heading
from concierge.ui.widgets.translated import Translated

FILTERS = ("all", "mine", "unassigned")
_NAMES = {"all": later("all"), "mine": later("mine"), "unassigned": later("unassigned")}


class BoardHeading(Translated, Widget):
    """Filters with the one in force marked, and the titles of the columns."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heading--chosen",
        "heading--other",
        "heading--key",
        "heading--titles",
    }

    shown: reactive[str] = reactive("all")

    def render_line(self, y: int) -> Strip:
        """Paint the line of filters (0) or of titles (1)."""
        width = self.size.width
        if y == 1:
            # The board's scrollbar takes one column; without it the titles still stand over their
            # cells.
            text = pad(heading(Columns.fitting(width), self.t), width)
            return Strip([Segment(text, self.get_component_rich_style("heading--titles"))])
        other = self.get_component_rich_style("heading--other")
        segments = [Segment(" F5 ", self.get_component_rich_style("heading--key"))]
        for name in FILTERS:
            word = self.t(_NAMES[name])
            chosen = name == self.shown
            # Brackets besides colour, for terminals and eyes that see none.
            segments.append(
                Segment(
                    f"[{word}]" if chosen else f" {word} ",
                    self.get_component_rich_style("heading--chosen") if chosen else other,
                )
            )
            segments.append(Segment(" ", other))
        return Strip(segments).adjust_cell_length(width, other)

    def watch_shown(self) -> None:
        """Another filter is in force."""
        self.refresh(Region(0, 0, self.size.width, 1))
