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
    """A row that holds something: its number in the sheet, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


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


def lines_of(
    rows: Iterable[Sequence[object]], path: Path, watch: Watch = NOBODY
) -> tuple[Line, ...]:
    """The rows that hold something, as text.

    Raises:
        Refusal: ``roster.too-many-rows`` (limit), ``roster.cancelled``.
    """
    lines: list[Line] = []
    for number, row in enumerate(watch.over(rows), start=1):
        cells = tuple(text_of(cell) for cell in row[:MOST_COLUMNS])
        if not any(cells):
            continue
        if len(lines) >= MOST_ROWS:
            raise Refusal("roster.too-many-rows", path=str(path), limit=MOST_ROWS)
        lines.append(Line(number, cells))
    return tuple(lines)


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
