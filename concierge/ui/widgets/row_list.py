"""Rows of text with a cursor that skips the headings; long ones take several lines."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from rich.segment import Segment
from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from concierge.ui.widgets.row_scroll import RowScroll

SIGN, NONE = "> ", "  "


class RowList(RowScroll, can_focus=True):
    """Rows of a file or a list, known by their key: what is read again moves the cursor to no other matter."""

    MARGIN = len(SIGN)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
    ]

    class Moved(Message):
        """The cursor came to another row."""

    class Clicked(Message):
        """The row under the cursor was clicked again."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._at: int | None = None

    # -- what stands here
    @property
    def key(self) -> Hashable | None:
        """The row under the cursor, by its key."""
        return None if self._at is None else self._rows.key(self._at)

    @property
    def keys(self) -> tuple[Hashable, ...]:
        """The keys of all rows that have one."""
        return tuple(self._rows.keys())

    def go_to(self, key: Hashable) -> None:
        """Put the cursor on a row, if it is there."""
        found = self._rows.find(key)
        if found is not None:
            self._put(found)

    def _lay_out(self) -> None:
        """The cursor keeps its row, or its place where that has gone."""
        if not self.is_mounted:
            return
        before, place = self.key, self._at or 0
        super()._lay_out()
        same = self._rows.find(before)
        self._at = same if same is not None else self._rows.nearest(place)
        self._show_cursor()
        self.post_message(self.Moved())

    # -- the cursor
    def _put(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self._show_cursor()
            self.refresh()
            self.post_message(self.Moved())

    def _show_cursor(self) -> None:
        if self._at is None or not self.size.height:
            return
        rows, head = self._rows, self._at
        while head > 0 and rows.key(head - 1) is None:
            head -= 1  # its heading comes along
        first, (start, end) = rows.span(head)[0], rows.span(self._at)
        if first < self._top:
            self._put_on_top(head, 0)
        elif end >= self._top + self._high:
            self._put_on_top(*rows.walk(self._at, end - start, 1 - self._high))

    def action_move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        if self._at is not None:
            nth = self._rows.nth(self._at) + by
            self._put(self._rows.of_nth(max(0, min(self._rows.keyed - 1, nth))))

    def action_page(self, by: int) -> None:
        """Move the cursor by about a screenful."""
        self.action_move(by * max(1, self.size.height - 2))

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first (0) or last (-1) row."""
        if self._rows.keyed:
            self._put(self._rows.of_nth(end % self._rows.keyed))

    def on_click(self, event: events.Click) -> None:
        """A click selects; a click on the selected row opens it."""
        event.stop()
        y = self._top + event.y
        at = self._rows.row_of(y) if 0 <= y < self._rows.height else None
        if at is None or self._rows.key(at) is None:
            return
        if at == self._at:
            self.post_message(self.Clicked())
        else:
            self._put(at)

    @on(events.Focus)
    @on(events.Blur)
    def _show_focus(self) -> None:
        self.refresh()

    # -- painting
    def _line(self, y: int, width: int) -> Strip:
        row = self._rows.row_of(y)
        if row != self._at:
            return super()._line(y, width)
        style = self.get_component_rich_style("rows--cursor")
        sign = SIGN if self._rows.span(row)[0] == y else NONE
        text = Strip([Segment(sign, style), Segment(self._rows.line(y).plain, style)])
        return text.adjust_cell_length(width, style)
