"""The board: every open matter, what is due next on top, counting down.

Painted line by line: only visible rows, and each second only the countdown cells whose text
changed (a table widget costs thirty times as much). Rows are known by ticket, so neither a new
order nor a reload moves the cursor to another matter; a new order waits until the keyboard has
been quiet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from rich.segment import Segment
from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from concierge.language.translator import Language
from concierge.ui.format import clip, order_key, pad, tally
from concierge.ui.widgets.board_columns import COUNTDOWN, Columns, countdown
from concierge.ui.widgets.board_rows import RowPainter
from concierge.ui.widgets.translated import Translated

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import BoardRow

# Ticks without a key before the rows may take a new order: one to two seconds, 1.5 on average.
QUIET_TICKS = 2
UTC = ZoneInfo("UTC")


class Board(Translated, ScrollView, can_focus=True):
    """Open tickets in the order in which they press."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "board--row",
        "board--cursor",
        "board--overdue",
        "board--soon",
        "board--calm",
        "board--major",
        "board--quiet",
        "board--empty",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,g", "edge(0)", show=False),
        Binding("end,G", "edge(-1)", show=False),
    ]

    now: reactive[int] = reactive(0, repaint=False, init=False)
    cursor: reactive[int | None] = reactive(None, repaint=False, init=False)

    class Opened(Message):
        """Somebody wants to see a ticket."""

        def __init__(self, ticket_id: int, number: str) -> None:
            super().__init__()
            self.ticket_id = ticket_id
            self.number = number

    class Highlighted(Message):
        """The cursor came to another ticket; ``row`` is None when there is none."""

        def __init__(self, row: BoardRow | None) -> None:
            super().__init__()
            self.row = row

    def __init__(self) -> None:
        super().__init__()
        self.zone = UTC
        self._by_id: dict[int, BoardRow] = {}
        self._order: list[int] = []
        self._index: dict[int, int] = {}
        self._waiting: tuple[BoardRow, ...] | None = None
        self._quiet = QUIET_TICKS
        self._holds_until: int | None = None
        self._empty = ""
        self._sought: int | None = None
        # What is on the screen: the countdown cells by ticket.
        self._painted: dict[int, str] = {}
        self._painter = RowPainter(self.get_component_rich_style)

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        """The rows in the order they stand in."""
        return tuple(self._by_id[ticket] for ticket in self._order)

    @property
    def selected(self) -> BoardRow | None:
        """The row under the cursor."""
        return None if self.cursor is None else self._by_id.get(self.cursor)

    def speak(self, names: Mapping[str, str], empty: str) -> None:
        """Take the categories' names by code and the sentence for an empty board."""
        if (names, empty) == (self._painter.names, self._empty):
            return
        self._painter.names, self._empty = names, empty
        self._repaint()

    def load(self, rows: Sequence[BoardRow], *, at_once: bool = False) -> None:
        """Take the open tickets as they are now.

        Rows that are there change in place at once; coming, going and a new order wait until the
        keyboard is quiet, unless ``at_once`` (a filter was chosen) or the board was empty.
        """
        self._waiting = tuple(rows)
        at_once = at_once or any(row.ticket_id == self._sought for row in rows)
        if at_once or not self._order or self._quiet >= QUIET_TICKS:
            self._settle()
            return
        for row in rows:
            if row.ticket_id in self._by_id and self._by_id[row.ticket_id] != row:
                self._by_id[row.ticket_id] = row
                self._refresh_row(self._index[row.ticket_id])

    def select(self, ticket_id: int) -> bool:
        """Put the cursor on a ticket; false if it is not on the board."""
        if ticket_id not in self._index:
            return False
        self.cursor = ticket_id
        return True

    def seek(self, ticket_id: int) -> None:
        """Put the cursor on a ticket now, or as soon as it comes onto the board."""
        self._sought = None if self.select(ticket_id) else ticket_id

    def open_selected(self) -> None:
        """Ask for the ticket under the cursor."""
        if (row := self.selected) is not None:
            self.post_message(self.Opened(row.ticket_id, row.number))

    def watch_now(self) -> None:
        """A second passed: paint the countdowns that changed, and settle what had to wait."""
        self._quiet = min(self._quiet + 1, QUIET_TICKS)
        if self._quiet >= QUIET_TICKS and (
            self._waiting is not None
            or (self._holds_until is not None and self.now > self._holds_until)
        ):
            self._settle()
        t = self.t
        for y in range(self._first, min(self._first + self.size.height, len(self._order))):
            row = self._by_id[self._order[y]]
            text = countdown(row, self.now, self.zone, t)[1]
            if self._painted.get(row.ticket_id) != text:
                self.refresh(Region(0, y - self._first, COUNTDOWN, 1))

    def _settle(self) -> None:
        """Put the rows in order, keeping the cursor on its ticket and, where it can be.

        On its line.
        """
        rows = self._waiting if self._waiting is not None else self.rows
        self._waiting = None
        ordered = sorted(rows, key=lambda row: order_key(row, self.now))
        order = [row.ticket_id for row in ordered]
        by_id = {row.ticket_id: row for row in ordered}
        self._holds_until = tally(ordered, self.now).until
        if order == self._order:
            changed = [y for y, row in enumerate(ordered) if self._by_id[row.ticket_id] != row]
            self._by_id = by_id
            for y in changed:
                self._refresh_row(y)
            if self.cursor is not None and changed:
                self.post_message(self.Highlighted(self.selected))
            return
        before = self._index.get(self.cursor) if self.cursor is not None else None
        self._order, self._by_id = order, by_id
        self._index = {ticket: y for y, ticket in enumerate(order)}
        self._forget()
        self.virtual_size = Size(self.size.width, len(order))
        self._keep_cursor(before)
        if self._sought in self._index:
            self.cursor, self._sought = self._sought, None
        self.refresh()

    def _keep_cursor(self, before: int | None) -> None:
        top = self._first
        if self.cursor not in self._index:
            # The ticket has gone: the one that took its line is next.
            line = min(before or 0, len(self._order) - 1)
            self.cursor = self._order[line] if self._order else None
            return
        if before is not None and top > 0:
            top += self._index[self.cursor] - before
            self.scroll_to(y=max(0, top), animate=False, force=True)
        self._show_cursor()
        self.post_message(self.Highlighted(self.selected))

    def watch_cursor(self, old: int | None, new: int | None) -> None:
        """Paint the two rows concerned and keep the cursor in sight."""
        for ticket in (old, new):
            if ticket in self._index:
                self._refresh_row(self._index[ticket])
        self._show_cursor()
        self.post_message(self.Highlighted(self.selected))

    def _show_cursor(self) -> None:
        if self.cursor not in self._index or not self.size.height:
            return
        y, top, height = self._index[self.cursor], self._first, self.size.height
        if y < top:
            self.scroll_to(y=y, animate=False, force=True)
        elif y >= top + height:
            self.scroll_to(y=y - height + 1, animate=False, force=True)

    def action_move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        if self._order:
            here = self._index.get(self.cursor, 0) if self.cursor is not None else 0
            self.cursor = self._order[max(0, min(len(self._order) - 1, here + by))]

    def action_page(self, by: int) -> None:
        """Move the cursor by a screenful."""
        self.action_move(by * max(1, self.size.height - 1))

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first (0) or last (-1) row."""
        if self._order:
            self.cursor = self._order[end]

    def on_key(self) -> None:
        """The keyboard is in use: nothing changes place until it has been quiet."""
        self._quiet, self._sought = 0, None

    def on_click(self, event: events.Click) -> None:
        """A click selects; a click on the selected row opens it."""
        event.stop()
        self._quiet = 0
        y = self._first + event.y
        if not 0 <= y < len(self._order):
            return
        if self.cursor == self._order[y]:
            self.open_selected()
        else:
            self.cursor = self._order[y]

    @property
    def _first(self) -> int:
        return round(self.scroll_offset.y)

    def _forget(self) -> None:
        self._painted.clear()
        self._painter.forget()

    def _repaint(self) -> None:
        self._forget()
        self.refresh()

    def retranslate(self, t: Language) -> None:
        """Paint every row again."""
        self._repaint()

    def notify_style_update(self) -> None:
        """Colours changed: nothing painted before is of use."""
        self._forget()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Columns move with the width."""
        self.virtual_size = Size(self.size.width, len(self._order))
        self._repaint()
        self._show_cursor()

    @on(events.Focus)
    @on(events.Blur)
    def _show_focus(self) -> None:
        # The cursor's colour follows the focus.
        self._repaint()

    def _refresh_row(self, y: int) -> None:
        line = y - self._first
        if 0 <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Paint the line ``y`` of the viewport."""
        width = self.size.width
        at = self._first + y
        if at >= len(self._order):
            style = self.get_component_rich_style("board--empty")
            text = self._empty if not self._order and y == 1 else ""
            return Strip([Segment(pad("  " + clip(text, width - 2), width), style)], width)
        row = self._by_id[self._order[at]]
        state, text = countdown(row, self.now, self.zone, self.t)
        self._painted[row.ticket_id] = text
        chosen = row.ticket_id == self.cursor
        segments = self._painter.segments(
            row, state, text, Columns.fitting(width), self.t, chosen=chosen
        )
        return Strip(segments).adjust_cell_length(width, self._painter.base(chosen=chosen))
