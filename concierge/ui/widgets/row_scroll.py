"""Rows of text that scroll; long ones take several lines, and only those in sight are laid out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from concierge.language.translator import Language
from concierge.ui.widgets.paragraph import NARROWEST
from concierge.ui.widgets.row_layout import Flat, Layout, Row
from concierge.ui.widgets.translated import Translated

Say = Callable[[Language, int], Sequence[Row | Flat]]
FAR = 3  # screenfuls beyond which a jump is not walked line by line


class RowScroll(Translated, ScrollView, can_focus=False):
    """Rows made by ``say`` for the language and the width; what is read again leaves the eye where it was.

    What stands on top is a line of a row. Where that is, counted from the first line, is known only as far as
    the rows above it have been in sight.
    """

    MARGIN = 0  # cells before each line

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._say: Say = _nothing
        self._rows = Layout()
        self._top_row = (0, 0)
        self._placing = False
        self._painted: dict[tuple[int, int], Strip] = {}

    @property
    def room(self) -> int:
        """The cells of a line beside the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def plain(self) -> str:
        """Everything that stands here, in sight or not; to be asked by tests, for it lays out all of it."""
        return "\n".join(line.plain for line in self._rows.all_lines())

    @property
    def laid_out(self) -> int:
        """How many of the rows that wrap by themselves were wrapped."""
        return self._rows.laid_out

    # -- laying out
    def say(self, words: Say) -> None:
        """Show these rows from now on."""
        self._say = words
        self._lay_out()

    def repeat(self) -> None:
        """Say it again: a minute passed."""
        self._lay_out()

    def _lay_out(self) -> None:
        if not self.is_mounted:
            return
        width = max(NARROWEST, self.room - self.MARGIN)
        at, inside = self._top_row
        key = self._rows.key(at) if (at or inside) and at < self._rows.rows else None
        self._rows = Layout(self._say(self.t, width), width, self._rows)
        self._painted.clear()
        same = self._rows.find(key)
        self._put_on_top(at if same is None else same, inside)
        self.refresh()

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

    # -- scrolling
    @property
    def _top(self) -> int:
        return round(self.scroll_offset.y)

    @property
    def _high(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def _put_on_top(self, at: int, inside: int) -> None:
        """Put a line of a row on top, or as near as the end allows; lay out what comes in sight with it."""
        rows, high = self._rows, self._high
        if not rows.rows:
            self.virtual_size = Size(self.room, 0)
            return
        at, inside = rows.walk(min(at, rows.rows - 1), inside, 0)
        rows.walk(at, inside, high - 1)
        if rows.span(at)[0] + inside + high > rows.height:
            at, inside = self._end()
        self._top_row = (at, inside)
        with self._placed():
            self.virtual_size = Size(self.room, rows.height)
            y = rows.span(at)[0] + inside
            if y != self._top:
                self.scroll_to(y=y, animate=False, force=True)

    def _end(self) -> tuple[int, int]:
        """What stands on top when the last line stands at the bottom."""
        last = self._rows.rows - 1
        first, end = self._rows.span(last)
        return self._rows.walk(last, end - first, 1 - self._high)

    @contextmanager
    def _placed(self) -> Iterator[None]:
        self._placing, before = True, self._placing
        try:
            yield
        finally:
            self._placing = before

    def roll(self, lines: int) -> None:
        """Scroll by so many lines; back, below zero."""
        if self._rows.rows:
            self._put_on_top(*self._rows.walk(*self._top_row, lines))

    def action_roll(self, lines: int) -> None:
        """A key was pressed for it."""
        self.roll(lines)

    def action_edge(self, end: int) -> None:
        """The first line comes to the top (0), or the last one into sight."""
        if self._rows.rows:
            self._put_on_top(*(self._end() if end else (0, 0)))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Somebody scrolls: what comes in sight is laid out, and only now is it known where it ends."""
        super().watch_scroll_y(old_value, new_value)
        if self._placing or not self._rows.rows:
            return
        y, (at, inside) = round(new_value), self._top_row
        by = y - self._rows.span(at)[0] - inside
        if not by:
            return
        if y >= self.max_scroll_y:
            self._put_on_top(*self._end())
        elif abs(by) <= FAR * self._high:
            self._put_on_top(*self._rows.walk(at, inside, by))
        else:
            there = self._rows.row_of(y)
            self._put_on_top(there, y - self._rows.span(there)[0])

    # -- painting
    def render_line(self, y: int) -> Strip:
        """Paint a line in sight."""
        at, width = self._top + y, self.room
        if at >= self._rows.height:
            return Strip.blank(width, self.rich_style)
        return self._line(at, width)

    def _line(self, y: int, width: int) -> Strip:
        at = self._rows.row_of(y)
        place = at, y - self._rows.span(at)[0]
        if place not in self._painted:
            line = Content(" " * self.MARGIN) + self._rows.line(y)
            shown = Visual.to_strips(self, line, width, 1, self.visual_style, pad=True)
            self._painted[place] = shown[0].adjust_cell_length(width, self.rich_style)
        return self._painted[place]


def _nothing(_: Language, __: int) -> tuple[Row, ...]:
    return ()


def stretch(
    name: Hashable, count: int, row: Callable[[int], tuple[Content, Content]], *,
    newest_first: bool = False,
) -> Flat:  # fmt: skip
    """So many rows that wrap by themselves; ``row`` gives the head and what stands beside it.

    Each is known by its number, counted from the other end where new ones come in before the rest.
    """
    keys = [(name, count - nth if newest_first else nth) for nth in range(count)]
    places: dict[Hashable, int] = {key: nth for nth, key in enumerate(keys)}
    return Flat(keys, places, lambda nth: Row(keys[nth], *row(nth)), wraps=True)
