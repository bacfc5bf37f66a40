"""A row of the board in its colours, kept ready until it, the width, the colours or the words change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from concierge.language.translator import Language
from concierge.ui.widgets.board_columns import Columns, fixed_cells

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import BoardRow

KEPT = 500  # rows kept ready to paint: several screenfuls


class RowPainter:
    """Paints rows.

    Args:
        style_of: Gives the style of a component class such as ``board--overdue``.
    """

    def __init__(self, style_of: Callable[[str], Style]) -> None:
        self.names: Mapping[str, str] = {}
        self._style_of = style_of
        self._rows: dict[tuple[int, bool], tuple[object, list[Segment]]] = {}
        self._looks: dict[str, Style] = {}

    def forget(self) -> None:
        """Colours, words or width changed: nothing painted before is of use."""
        self._rows.clear()
        self._looks.clear()

    def base(self, *, chosen: bool) -> Style:
        """The style of a row's ground."""
        return self._look("board--cursor" if chosen else "board--row")

    def segments(
        self,
        row: BoardRow,
        state: str,
        countdown: str,
        columns: Columns,
        t: Language,
        *,
        chosen: bool,
    ) -> list[Segment]:
        """The whole row: the countdown cells in the colour of its state, then what time leaves alone."""
        base = self.base(chosen=chosen)
        first = Segment(countdown, base + self._tint(f"board--{state}"))
        return [first, *self._fixed(row, base, columns, t, chosen=chosen)]

    def _look(self, name: str) -> Style:
        # Textual forgets a component's style at every refresh; working it out costs more than the row.
        if name not in self._looks:
            self._looks[name] = self._style_of(name)
        return self._looks[name]

    def _tint(self, name: str) -> Style:
        """A component's colour and weight without its background, which is the row's."""
        style = self._look(name)
        return Style(color=style.color, bold=style.bold)

    def _fixed(
        self, row: BoardRow, base: Style, columns: Columns, t: Language, *, chosen: bool
    ) -> list[Segment]:
        key = (row, columns)
        kept = self._rows.get((row.ticket_id, chosen))
        if kept is not None and kept[0] == key:
            return kept[1]
        cells = fixed_cells(row, columns, self.names, t)
        quiet = base + self._tint("board--quiet")
        segments = [
            Segment(cells.unit, base),
            Segment(cells.major, base + self._tint("board--major")),
            Segment(cells.category, base),
            Segment(cells.words, quiet),
            Segment(cells.who, base if row.assignee else quiet),
            Segment(cells.step, quiet),
        ]
        if len(self._rows) > KEPT:
            self._rows.clear()
        self._rows[row.ticket_id, chosen] = (key, segments)
        return segments
