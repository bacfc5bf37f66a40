"""A sheet of a roster as rows of text, whatever program wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from concierge.domain.refusal import Refusal
from concierge.services.roster_watch import NOBODY, Watch

MOST_ROWS = 200_000
"""Of a sheet, its header and titles included."""
MOST_BYTES = 256 * 1024 * 1024
"""Unpacked; a roster of 200 000 rows takes about a fifth of it."""
MOST_COLUMNS = 64


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds something: its number in the sheet, from 1, and its cells as text.

    ``filled`` names the columns, from 0, whose text stands further up in a merged cell.
    """

    number: int
    cells: tuple[str, ...]
    filled: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet that hold something; a text file is a sheet without a name."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What a file holds: ``format`` is xlsx, xls or csv, ``encoding`` and ``delimiter`` belong to csv."""

    format: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that were made one over several rows: first and last row and the column, from 1."""

    top: int
    bottom: int
    column: int


def lines_of(
    rows: Iterable[Sequence[object]],
    path: Path,
    watch: Watch = NOBODY,
    merged: Iterable[Merged] = (),
) -> tuple[Line, ...]:
    """The rows that hold something, as text; what merged cells hold stands in each of their rows.

    Raises:
        Refusal: ``roster.too-many-rows`` (limit), ``roster.cancelled``.
    """
    lines: list[Line] = []
    filled = _Filling(merged)
    for number, row in enumerate(watch.over(rows), start=1):
        cells = tuple(text_of(cell) for cell in row[:MOST_COLUMNS])
        if not any(cells):
            continue
        if len(lines) >= MOST_ROWS:
            raise Refusal("roster.too-many-rows", path=str(path), limit=MOST_ROWS)
        lines.append(filled.line(number, cells))
    return tuple(lines)


class _Filling:
    """Carries the text of merged cells down; rows are given in order, blank ones left out."""

    def __init__(self, merged: Iterable[Merged]) -> None:
        self._waiting = sorted(
            (each for each in merged if each.column <= MOST_COLUMNS),
            key=lambda each: each.top,
            reverse=True,
        )
        self._open: dict[int, tuple[int, str]] = {}

    def line(self, number: int, cells: tuple[str, ...]) -> Line:
        if not self._waiting and not self._open:
            return Line(number, cells)
        self._open = {column: held for column, held in self._open.items() if held[0] >= number}
        row = list(cells)
        filled = set()
        for column, (_, text) in self._open.items():
            row += [""] * (column - len(row))
            if text and not row[column - 1]:
                row[column - 1] = text
                filled.add(column - 1)
        while self._waiting and self._waiting[-1].top <= number:
            area = self._waiting.pop()
            if area.top == number and area.column <= len(row):
                self._open[area.column] = (area.bottom, row[area.column - 1])
        return Line(number, tuple(row), frozenset(filled))


def column_number(text: str) -> int:
    """The number of a column written as 3 or C."""
    if text.isdecimal():
        return int(text)
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def text_of(cell: object) -> str:
    """Write a cell as a person reads it: 13800001234.0 is 13800001234, never 1.38E+10."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        whole = cell.is_integer()
        return str(int(cell)) if whole else format(Decimal(repr(cell)), "f")
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).strip()
