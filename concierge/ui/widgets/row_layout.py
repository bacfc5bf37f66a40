"""Where the rows of a list stand, and which comes next; long stretches are made as they come in sight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from concierge.ui.widgets.paragraph import hanging_lines
from concierge.ui.widgets.row_heights import Heights

SAMPLE = 8
"""Rows of a stretch that are wrapped at once: how high they are in the mean is guessed of the rest."""


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
    Whoever makes one cuts it to the width; or it ``wraps`` over as many lines as it needs, and then only those
    that came in sight are counted, the rest guessed.
    """

    keys: Sequence[Hashable]
    places: Mapping[Hashable, int]
    row: Callable[[int], Row]
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row with its lines, or many flat ones, and how many rows, lines and keys stand before it."""

    what: Row | Flat
    lines: tuple[Content, ...]
    rows_before: int
    lines_before: int
    keys_before: int
    heights: Heights | None


class Layout:
    """Rows laid out for a width in cells; every question costs the same however many rows there are.

    Of rows that wrap by themselves as they come in sight the lines are guessed until then: a place in it that
    lasts is a row and a line of that row, not a line counted from the top.

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
        self._wrapped: dict[int, tuple[Content, ...]] = {}
        self._guessed: list[_Piece] = []
        self.single: dict[Hashable, _Piece] = {}
        self.rows = self.keyed = self._lines = 0
        for what in parts:
            many = len(what.keys) if isinstance(what, Flat) else 1
            if many:
                self._add(what, many, known)

    def _add(self, what: Row | Flat, many: int, known: Mapping[Hashable, _Piece]) -> None:
        lines = () if isinstance(what, Flat) else _lines(what, self.width, known)
        heights, high = None, len(lines) or many
        if isinstance(what, Flat) and what.wraps:
            guess = self._guess(what, many)
            heights, high = Heights(many, guess), guess * many
        piece = _Piece(what, lines, self.rows, self._lines, self.keyed, heights)
        self._pieces.append(piece)
        if heights is not None:
            self._guessed.append(piece)
        if isinstance(what, Row) and what.key is not None:
            self.single.setdefault(what.key, piece)
        self.rows += many
        self._lines += high
        self.keyed += 0 if isinstance(what, Row) and what.key is None else many

    def _guess(self, what: Flat, many: int) -> int:
        """How many lines a row of a stretch takes in the mean of the first."""
        first = [len(_wrap(what.row(nth), self.width)) for nth in range(min(SAMPLE, many))]
        return round(sum(first) / len(first))

    @property
    def height(self) -> int:
        """How many lines all rows take, those that were never in sight as it is guessed."""
        return self._lines + sum(each.heights.grown for each in self._guessed if each.heights)

    @property
    def laid_out(self) -> int:
        """How many of the rows that wrap by themselves were wrapped."""
        return len(self._wrapped)

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
        first, nth = self._before(piece), at - piece.rows_before
        if piece.heights is not None:
            high = len(self._wrap(piece, nth))
            first += piece.heights.before(nth)
            return first, first + high - 1
        if isinstance(piece.what, Flat):
            return first + nth, first + nth
        return first, first + len(piece.lines) - 1

    def row_of(self, y: int) -> int:
        """Whose line it is."""
        piece = self._of_line(y)
        inside = y - self._before(piece)
        if piece.heights is not None:
            return piece.rows_before + piece.heights.row_of(inside)
        return piece.rows_before + (inside if isinstance(piece.what, Flat) else 0)

    def line(self, y: int) -> Content:
        """A line."""
        piece = self._of_line(y)
        nth = y - self._before(piece)
        if piece.heights is not None:
            row = piece.heights.row_of(nth)
            lines = self._wrap(piece, row)
            return lines[min(nth - piece.heights.before(row), len(lines) - 1)]
        if isinstance(piece.what, Flat):
            made = piece.what.row(nth)
            return made.head + made.body
        return piece.lines[nth]

    def walk(self, at: int, inside: int, by: int) -> tuple[int, int]:
        """So many lines on (or back, below zero) from a line of a row: the row there and its line.

        What is passed is laid out, so that the way back is as long. It ends at the first line and at the last.
        """
        inside += by
        while inside < 0 and at > 0:
            at -= 1
            inside += self._high(at)
        while inside >= (high := self._high(at)) and at < self.rows - 1:
            inside -= high
            at += 1
        return at, max(0, min(inside, high - 1))

    def all_lines(self) -> Iterator[Content]:
        """Every line; all that wraps is laid out for it."""
        for at in range(self.rows):
            first, last = self.span(at)
            yield from map(self.line, range(first, last + 1))

    def _high(self, at: int) -> int:
        first, last = self.span(at)
        return last - first + 1

    def _wrap(self, piece: _Piece, nth: int) -> tuple[Content, ...]:
        """The lines of a row that wraps by itself; from now on it is known how many they are."""
        at = piece.rows_before + nth
        if at not in self._wrapped:
            assert isinstance(piece.what, Flat)
            assert piece.heights is not None
            self._wrapped[at] = _wrap(piece.what.row(nth), self.width)
            piece.heights.learn(nth, len(self._wrapped[at]))
        return self._wrapped[at]

    def _before(self, piece: _Piece) -> int:
        """The lines before a piece."""
        grown = (
            each.heights.grown
            for each in self._guessed
            if each.heights and each.rows_before < piece.rows_before
        )
        return piece.lines_before + sum(grown)

    def _of_row(self, at: int) -> _Piece:
        return self._pieces[bisect_right(self._pieces, at, key=lambda each: each.rows_before) - 1]

    def _of_line(self, y: int) -> _Piece:
        return self._pieces[bisect_right(self._pieces, y, key=self._before) - 1]


def _lines(row: Row, width: int, known: Mapping[Hashable, _Piece]) -> tuple[Content, ...]:
    same = known.get(row.key)
    if same is not None and same.what is row:
        return same.lines
    return _wrap(row, width)


def _wrap(row: Row, width: int) -> tuple[Content, ...]:
    # A heading has nothing to wrap beside; what is alone wraps as it is.
    laid = hanging_lines(row.head, row.body, width) if row.body.plain else [row.head]
    return tuple(
        each
        for many in laid
        for line in (many.split("\n", allow_blank=True) if "\n" in many.plain else (many,))
        for each in ([line] if line.cell_length <= width else line.wrap(width))
    )
