"""Tables on a sheet: as wide as what is in them, with their head again on each further page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from concierge.export.document import (
    Cell,
    Column,
    Moment,
    Piece,
    Row,
    Said,
    Section,
    Span,
    folded,
    plain_text,
)
from concierge.export.pdf_sheet import LEFT, WIDTH, Run, Sheet, line_height

_SIZE, _SMALL, _HEAD = 8.4, 7.4, 7.2
_GAP = 3.0  # between columns
_PAD = 1.1  # above and under a row
_WIDEST_WORD = 34.0
_WIDEST = 95.0
_NARROWEST = 9.0

Stack = tuple[Run, ...]


def table(sheet: Sheet, section: Section) -> None:
    """Write a table with its total.

    Args:
        sheet: where.
        section: at least one row, cut for paper.
    """
    columns = [column for column in section.columns if not column.folds]
    head = _under(section.columns, [_head(column) for column in section.columns])
    rows = [_stacks(section, row) for row in section.rows]
    total = None if section.total is None else tuple(
        tuple(replace(run, bold=True) for run in stack) for stack in _stacks(section, section.total)
    )  # fmt: skip
    room = WIDTH * 0.58 if section.bars else WIDTH
    widths = _widths(sheet, [head, *rows, *([total] if total else [])], room)
    lines = _Lines(sheet, widths, [column.figure for column in columns])
    first = lines.height(head) + (lines.height(rows[0]) if rows else 0)
    sheet.needs(first)
    lines.head(head)
    for n, row in enumerate(rows):
        if sheet.needs(lines.height(row)):
            lines.head(head)
        top = sheet.y
        lines.row(row)
        if section.bars:
            _bar(sheet, section, n, top, room)
    if total:
        if sheet.needs(lines.height(total)):
            lines.head(head)
        sheet.rule(sheet.y, "soft")
        lines.row(total, ruled=False)


class _Lines:
    """Rows of one set of columns."""

    def __init__(self, sheet: Sheet, widths: list[float], figures: list[bool]) -> None:
        self._sheet, self._widths, self._figures = sheet, widths, figures

    def height(self, row: tuple[Stack, ...]) -> float:
        """How high a row is."""
        tall = (
            sum(line_height(run.size) * len(self._sheet.lines(run, width)) for run in stack)
            for stack, width in zip(row, self._widths, strict=True)
        )
        return max(tall) + 2 * _PAD

    def head(self, row: tuple[Stack, ...]) -> None:
        """The head: its lines stand on the ground."""
        height = self.height(row)
        self._put(row, height)
        self._sheet.y += height
        self._sheet.rule(self._sheet.y)

    def row(self, row: tuple[Stack, ...], *, ruled: bool = True) -> None:
        """A row under what is there."""
        height = self.height(row)
        self._put(row, height)
        self._sheet.y += height
        if ruled:
            self._sheet.rule(self._sheet.y)

    def _put(self, row: tuple[Stack, ...], height: float) -> None:
        x = LEFT
        for stack, width, figure in zip(row, self._widths, self._figures, strict=True):
            y = self._sheet.y + _PAD
            for run in stack:
                y += self._sheet.put(run, x, y, width, right=figure)
            x += width + _GAP
        assert height > 0


def _head(column: Column) -> Stack:
    return (Run(column.head.text, _HEAD, "soft"),)


def _stacks(section: Section, row: Row) -> tuple[Stack, ...]:
    cells = zip(section.columns, row, strict=True)
    return _under(section.columns, [_stack(cell, under=column.folds) for column, cell in cells])


def _under(columns: tuple[Column, ...], stacks: list[Stack]) -> tuple[Stack, ...]:
    return tuple(tuple(chain.from_iterable(parts)) for parts in folded(columns, stacks))


def _stack(cell: Cell, *, under: bool) -> Stack:
    return tuple(
        run
        for n, piece in enumerate(cell.pieces)
        for run in runs(piece, cell.tone, under=under or n > 0)
    )


def runs(piece: Piece, tone: str, *, under: bool) -> Iterator[Run]:
    """A piece in its first language, and smaller under that in each further one."""
    said = piece.said if isinstance(piece, Span) else piece
    size = _SMALL if under else _SIZE
    shade = tone or ("soft" if under else "")
    if isinstance(said, Said):
        (_, first), *rest = said.parts
        whole = isinstance(piece, Span)
        yield Run(first, size, shade, bold=tone == "bad", whole=whole)
        yield from (Run(text, _SMALL - 0.4, "soft", whole=whole) for _, text in rest)
    else:
        whole = isinstance(said, Moment)
        yield Run(plain_text(said), size, shade, bold=tone == "bad", whole=whole)


def _widths(sheet: Sheet, rows: list[tuple[Stack, ...]], room: float) -> list[float]:
    """As wide as each column's words need, and then by what its texts want."""
    columns = list(zip(*rows, strict=True))
    free = room - _GAP * (len(columns) - 1)
    least = [
        min(_WIDEST_WORD, max((sheet.least(run) for stack in column for run in stack), default=0.0))
        for column in columns
    ]
    least = [max(_NARROWEST, each + 0.2) for each in least]
    wanted = [
        min(_WIDEST, max((sheet.wanted(run) for stack in column for run in stack), default=0.0))
        for column in columns
    ]
    more = [max(0.0, want + 0.2 - each) for want, each in zip(wanted, least, strict=True)]
    spare = free - sum(least)
    if spare < 0:
        return [each * free / sum(least) for each in least]
    if sum(more) <= spare:  # there is room for all: what is left is shared out
        over = (spare - sum(more)) / sum(wanted)
        full = zip(least, more, wanted, strict=True)
        return [each + add + over * want for each, add, want in full]
    return [each + add * spare / sum(more) for each, add in zip(least, more, strict=True)]


def _bar(sheet: Sheet, section: Section, n: int, top: float, room: float) -> None:
    met, broken = section.bars[n]
    most = max(1, *(sum(bar) for bar in section.bars))
    x, wide = LEFT + room + 2 * _GAP, WIDTH - room - 2 * _GAP
    y = (top + sheet.y) / 2 - 1.3
    good = wide * met / most
    sheet.box(x, y, good, 2.6, "good")
    sheet.box(x + good, y, wide * broken / most, 2.6, "bad")
