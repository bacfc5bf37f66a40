"""Rows of text with a cursor that skips the headings; long ones take several lines."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from concierge.language.translator import Language
from concierge.ui.widgets.paragraph import NARROWEST
from concierge.ui.widgets.row_layout import Flat, Layout, Row
from concierge.ui.widgets.translated import Translated

SIGN, NONE = "> ", "  "
Say = Callable[[Language, int], Sequence[Row | Flat]]


class RowList(Translated, ScrollView, can_focus=True):
    """Rows of a file or a list, known by their key: what is read again moves the cursor to no other matter."""

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
        self._say: Say = _nothing
        self._rows = Layout()
        self._at: int | None = None
        self._painted: dict[int, Strip] = {}

    @property
    def room(self) -> int:
        """The cells of a line beside the scroll bar."""
        return self.scrollable_content_region.width

    # -- what stands here
    @property
    def key(self) -> Hashable | None:
        """The row under the cursor, by its key."""
        return None if self._at is None else self._rows.key(self._at)

    @property
    def keys(self) -> tuple[Hashable, ...]:
        """The keys of all rows that have one."""
        return tuple(self._rows.keys())

    @property
    def plain(self) -> str:
        """Everything that stands here, in sight or not."""
        return "\n".join(self._rows.line(y).plain for y in range(self._rows.height))

    def say(self, words: Say) -> None:
        """Show these rows from now on; the cursor keeps its row, or its place where that has gone."""
        self._say = words
        self._lay_out()

    def go_to(self, key: Hashable) -> None:
        """Put the cursor on a row, if it is there."""
        found = self._rows.find(key)
        if found is not None:
            self._put(found)

    # -- laying out
    def _lay_out(self) -> None:
        if not self.is_mounted:
            return
        width = max(NARROWEST, self.room - len(SIGN))
        before, place = self.key, self._at or 0
        self._rows = Layout(self._say(self.t, width), width, self._rows)
        self._painted.clear()
        same = self._rows.find(before)
        self._at = same if same is not None else self._rows.nearest(place)
        self.virtual_size = Size(self.room, self._rows.height)
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Rows wrap by the width."""
        self._lay_out()

    def retranslate(self, t: Language) -> None:
        """Say it in the other language."""
        self._lay_out()

    def notify_style_update(self) -> None:
        """Colours changed: nothing painted before is of use."""
        self._painted.clear()
        super().notify_style_update()

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
        first, last = self._rows.span(self._at)
        while first > 0 and self._rows.key(self._rows.row_of(first - 1)) is None:
            first -= 1  # its heading comes along
        top, height = self._top, self.size.height
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False, force=True)

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
    @property
    def _top(self) -> int:
        return round(self.scroll_offset.y)

    def render_line(self, y: int) -> Strip:
        """Paint a line in sight."""
        at, width = self._top + y, self.room
        if at >= self._rows.height:
            return Strip.blank(width, self.rich_style)
        row = self._rows.row_of(at)
        if row == self._at:
            style = self.get_component_rich_style("rows--cursor")
            sign = SIGN if self._rows.span(row)[0] == at else NONE
            text = Strip([Segment(sign, style), Segment(self._rows.line(at).plain, style)])
            return text.adjust_cell_length(width, style)
        if at not in self._painted:
            line = Content(NONE) + self._rows.line(at)
            shown = Visual.to_strips(self, line, width, 1, self.visual_style, pad=True)
            self._painted[at] = shown[0].adjust_cell_length(width, self.rich_style)
        return self._painted[at]


def _nothing(_: Language, __: int) -> tuple[Row, ...]:
    return ()
