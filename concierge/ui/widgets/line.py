"""The box of one line in which people type."""

from __future__ import annotations

from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Input


class Line(Input):
    """An ``Input`` whose letters move nothing else.

    The plain one lays out the whole screen at every key, for a text might become longer than its box: here only
    when it does, or did.
    """

    def _watch_value(self, value: str) -> None:
        size = Size(self.content_width, 1)
        if self.scroll_x == 0 and size.width <= self.scrollable_content_region.width:
            self.set_reactive(Widget.virtual_size, size)
            self.refresh()
        super()._watch_value(value)
