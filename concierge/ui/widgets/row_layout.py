"""Where the rows of a list stand, and which comes next; long stretches are made as they come in sight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from concierge.ui.widgets.paragraph import hanging


@dataclass(frozen=True, slots=True)
class Row:
    """A row: ``key`` names it, None is a heading that the cursor skips; ``body`` wraps beside ``head``."""

    key: Hashable | None
    head: Content
    body: Content = Content("")  # noqa: RUF009  (it is never changed)


@dataclass(frozen=True, slots=True)
class Flat:
    """Rows of one line each, made only when they come in sight: there may be thousands.

    ``keys`` are theirs in order, ``places`` says where each stands among them, ``row`` makes one by its place.
    Whoever makes one cuts it to the width.
    """

    keys: Sequence[Hashable]
    places: Mapping[Hashable, int]
    row: Callable[[int], Row]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row with its lines, or many flat ones, and how many rows, lines and keys stand before it."""

    what: Row | Flat
    lines: tuple[Content, ...]
    rows_before: int
    lines_before: int
    keys_before: int


class Layout:
    """Rows laid out for a width in cells; every question costs the same however many rows there are.

    Args:
        parts: Rows and stretches of flat ones.
        width: Cells of a line.
        before: What stood there last: a row that is still the very same is not wrapped again.
    """

    def __init__(
        self, parts: Iterable[Row | Flat] = (), width: int = 0, before: Layout | None = None
    ) -> None:
        self.width = width
        known = before.single if before is not None and before.width == width else {}
        self._pieces: list[_Piece] = []
        self.single: dict[Hashable, _Piece] = {}
        self.rows = self.height = self.keyed = 0
        for what in parts:
            many = len(what.keys) if isinstance(what, Flat) else 1
            if not many:
                continue
            lines = () if isinstance(what, Flat) else _lines(what, width, known)
            piece = _Piece(what, lines, self.rows, self.height, self.keyed)
            self._pieces.append(piece)
            if isinstance(what, Row) and what.key is not None:
                self.single.setdefault(what.key, piece)
            self.rows += many
            self.height += len(lines) or many
            self.keyed += 0 if isinstance(what, Row) and what.key is None else many

    # -- rows
    def key(self, at: int) -> Hashable | None:
        """The key of a row."""
        piece = self._of_row(at)
        what = piece.what
        return what.keys[at - piece.rows_before] if isinstance(what, Flat) else what.key

    def keys(self) -> Iterator[Hashable]:
        """The keys of all rows that have one."""
        for piece in self._pieces:
            if isinstance(piece.what, Flat):
                yield from piece.what.keys
            elif piece.what.key is not None:
                yield piece.what.key

    def find(self, key: Hashable | None) -> int | None:
        """Where the row of a key stands."""
        if key in self.single:
            return self.single[key].rows_before
        for piece in self._pieces if key is not None else ():
            if isinstance(piece.what, Flat) and key in piece.what.places:
                return piece.rows_before + piece.what.places[key]
        return None

    def nearest(self, place: int) -> int | None:
        """The row with a key that is nearest to a place, the upper one of two."""
        n = self.nth(place)
        near = [self.of_nth(each) for each in (n - 1, n) if 0 <= each < self.keyed]
        return min(near, key=lambda at: (abs(at - place), at), default=None)

    def nth(self, at: int) -> int:
        """How many rows with a key stand before a row."""
        if at >= self.rows:
            return self.keyed
        piece = self._of_row(at)
        return piece.keys_before + at - piece.rows_before

    def of_nth(self, n: int) -> int:
        """The row that has so many with a key before it, and a key."""
        # A heading counts as many before it as the row below: the last of the two is meant.
        where = bisect_right(self._pieces, n, key=lambda piece: piece.keys_before) - 1
        piece = self._pieces[where]
        return piece.rows_before + n - piece.keys_before

    # -- lines
    def span(self, at: int) -> tuple[int, int]:
        """The first line of a row and the last."""
        piece = self._of_row(at)
        if isinstance(piece.what, Flat):
            first = piece.lines_before + at - piece.rows_before
            return first, first
        return piece.lines_before, piece.lines_before + len(piece.lines) - 1

    def row_of(self, y: int) -> int:
        """Whose line it is."""
        piece = self._of_line(y)
        inside = y - piece.lines_before if isinstance(piece.what, Flat) else 0
        return piece.rows_before + inside

    def line(self, y: int) -> Content:
        """A line."""
        piece = self._of_line(y)
        nth = y - piece.lines_before
        if isinstance(piece.what, Flat):
            row = piece.what.row(nth)
            return row.head + row.body
        return piece.lines[nth]

    def _of_row(self, at: int) -> _Piece:
        return self._pieces[bisect_right(self._pieces, at, key=lambda each: each.rows_before) - 1]

    def _of_line(self, y: int) -> _Piece:
        return self._pieces[bisect_right(self._pieces, y, key=lambda each: each.lines_before) - 1]


def _lines(row: Row, width: int, known: Mapping[Hashable, _Piece]) -> tuple[Content, ...]:
    same = known.get(row.key)
    if same is not None and same.what is row:
        return same.lines
    laid = hanging(row.head, row.body, width) if row.body.plain else row.head
    # A heading has nothing to wrap beside; what is alone wraps as it is.
    return tuple(
        each
        for line in laid.split("\n", allow_blank=True)
        for each in (line.wrap(width) or [Content("")])
    )
