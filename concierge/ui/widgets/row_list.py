"""Rows of text with a cursor that skips the headings; long ones take several lines."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
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
from concierge.ui.widgets.paragraph import NARROWEST, hanging
from concierge.ui.widgets.translated import Translated

SIGN, NONE = "> ", "  "


@dataclass(frozen=True)
class Row:
    """A row: ``key`` names it, None is a heading that the cursor skips; ``body`` wraps beside ``head``."""

    key: Hashable | None
    head: Content
    body: Content = Content("")  # noqa: RUF009  (it is never changed)


Say = Callable[[Language, int], Sequence[Row]]


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

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._say: Say = _nothing
        self._rows: tuple[Row, ...] = ()
        self._at: int | None = None
        self._first: list[int] = []
        self._lines: list[tuple[int, Content]] = []
        self._painted: dict[int, Strip] = {}

    @property
    def room(self) -> int:
        """The cells of a line beside the scroll bar."""
        return self.scrollable_content_region.width

    # -- what stands here
    @property
    def key(self) -> Hashable | None:
        """The row under the cursor, by its key."""
        return None if self._at is None else self._rows[self._at].key

    @property
    def keys(self) -> tuple[Hashable, ...]:
        """The keys of all rows that have one."""
        return tuple(row.key for row in self._rows if row.key is not None)

    @property
    def plain(self) -> str:
        """Everything that stands here, in sight or not."""
        return "\n".join(line.plain for _, line in self._lines)

    def say(self, words: Say) -> None:
        """Show these rows from now on; the cursor keeps its row, or its place where that has gone."""
        self._say = words
        self._lay_out()

    def go_to(self, key: Hashable) -> None:
        """Put the cursor on a row, if it is there."""
        found = next((at for at, row in enumerate(self._rows) if row.key == key), None)
        if found is not None:
            self._put(found)

    # -- laying out
    def _lay_out(self) -> None:
        if not self.is_mounted:
            return
        width = max(NARROWEST, self.room - len(SIGN))
        before, place = self.key, self._at or 0
        self._rows = tuple(self._say(self.t, width))
        self._first, self._lines = [], []
        for at, row in enumerate(self._rows):
            self._first.append(len(self._lines))
            laid = hanging(row.head, row.body, width) if row.body.plain else row.head
            # A heading has nothing to wrap beside; what is alone wraps as it is.
            for line in laid.split("\n", allow_blank=True):
                self._lines += [(at, each) for each in line.wrap(width)] or [(at, Content(""))]
        self._painted.clear()
        self._at = self._row_for(before, place)
        self.virtual_size = Size(self.room, len(self._lines))
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved())

    def _row_for(self, key: Hashable | None, place: int) -> int | None:
        able = [at for at, row in enumerate(self._rows) if row.key is not None]
        if not able:
            return None
        same = next((at for at in able if key is not None and self._rows[at].key == key), None)
        return same if same is not None else min(able, key=lambda at: (abs(at - place), at))

    def on_resize(self) -> None:
        """Rows wrap by the width."""
        self._lay_out()

    def retranslate(self, t: Language) -> None:  # noqa: ARG002  (the mixin's signature)
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
        first = self._first[self._at]
        last = (
            self._first[self._at + 1] if self._at + 1 < len(self._first) else len(self._lines)
        ) - 1
        while first > 0 and self._rows[self._lines[first - 1][0]].key is None:
            first -= 1  # its heading comes along
        top, height = self._top, self.size.height
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False, force=True)

    def action_move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        able = [at for at, row in enumerate(self._rows) if row.key is not None]
        if self._at is not None:
            self._put(able[max(0, min(len(able) - 1, able.index(self._at) + by))])

    def action_page(self, by: int) -> None:
        """Move the cursor by about a screenful."""
        self.action_move(by * max(1, self.size.height - 2))

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first (0) or last (-1) row."""
        able = [at for at, row in enumerate(self._rows) if row.key is not None]
        if able:
            self._put(able[end])

    def on_click(self, event: events.Click) -> None:
        """A click selects; a click on the selected row opens it."""
        event.stop()
        y = self._top + event.y
        at = self._lines[y][0] if 0 <= y < len(self._lines) else None
        if at is None or self._rows[at].key is None:
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
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        row, line = self._lines[at]
        if row == self._at:
            style = self.get_component_rich_style("rows--cursor")
            sign = SIGN if self._first[row] == at else NONE
            text = Strip([Segment(sign, style), Segment(line.plain, style)])
            return text.adjust_cell_length(width, style)
        if at not in self._painted:
            shown = Visual.to_strips(
                self, Content(NONE) + line, width, 1, self.visual_style, pad=True
            )
            self._painted[at] = shown[0].adjust_cell_length(width, self.rich_style)
        return self._painted[at]


def _nothing(_: Language, __: int) -> tuple[Row, ...]:
    return ()
