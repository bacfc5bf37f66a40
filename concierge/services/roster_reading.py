"""A roster read into rows: its file, the row that is its header, and what stands below it.

Nothing is stored here. Titles above the header, merged building cells, several people in one cell and
other habits of real rosters are read as their writers meant them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from concierge.domain.refusal import Refusal
from concierge.services.roster_files import read_file
from concierge.services.roster_headers import HeaderGuess, guess_headers, missing_fields
from concierge.services.roster_rows import RejectedRow, RosterRow, RowReader
from concierge.services.roster_sheet import Sheet
from concierge.services.roster_watch import NOBODY, Watch

HEADER_WITHIN = 10
"""Rows of a sheet among which the header is looked for."""


@dataclass(frozen=True, slots=True)
class Roster:
    """What a roster's file holds; ``format`` is xlsx, xls or csv, ``read`` counts rows below the header."""

    headers: tuple[HeaderGuess, ...]
    rows: tuple[RosterRow, ...]
    rejected: tuple[RejectedRow, ...]
    format: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str = ""
    header_row: int = 1
    read: int = 0
    header: tuple[str, ...] = ()


def read_roster(
    path: Path,
    *,
    known: Mapping[str, str | None] | None = None,
    mapped: Mapping[int, str | None] | None = None,
    watch: Watch = NOBODY,
) -> Roster:
    """Read a roster.

    Args:
        path: an .xlsx or .xls workbook or a .csv file with headers in Chinese or English.
        known: what headers stand for, from earlier rosters.
        mapped: what columns, from 1, hold, said by hand; None leaves one out.
        watch: whoever waits for it.

    Raises:
        Refusal: as ``read_file``, and ``roster.empty``, ``roster.no-header`` (missing, columns).
    """
    file = read_file(path, watch)
    sheet, place, headers = _find_header(file.sheets, path, known, mapped)
    body = [line for line in sheet.lines[place + 1 :] if line.cells != sheet.lines[place].cells]
    if not body:
        raise Refusal("roster.empty", path=str(path))
    reader = RowReader(headers, body)
    for line in watch.over(body):
        reader.take(line)
    return Roster(
        headers=headers,
        rows=tuple(reader.rows),
        rejected=tuple(reader.rejected),
        format=file.format,
        encoding=file.encoding,
        delimiter=file.delimiter,
        sheet=sheet.name,
        header_row=sheet.lines[place].number,
        read=len(body),
        header=sheet.lines[place].cells,
    )


def _find_header(
    sheets: Sequence[Sheet],
    path: Path,
    known: Mapping[str, str | None] | None,
    mapped: Mapping[int, str | None] | None,
) -> tuple[Sheet, int, tuple[HeaderGuess, ...]]:
    """Find the first sheet with a header, and where it stands among the sheet's lines."""
    best: tuple[Sheet, int, tuple[HeaderGuess, ...]] | None = None
    nearest: tuple[str, ...] = missing_fields(())
    for sheet in sheets:
        for place, line in enumerate(sheet.lines):
            if line.number > HEADER_WITHIN:
                break
            headers = guess_headers(line.cells, known=known)
            missing = missing_fields(headers)
            if not missing:
                return sheet, place, guess_headers(line.cells, known=known, mapped=mapped)
            if best is None or _weight(headers) > _weight(best[2]):
                best, nearest = (sheet, place, headers), missing
    if best is None:
        raise Refusal("roster.empty", path=str(path))
    sheet, place, headers = best
    by_hand = guess_headers(sheet.lines[place].cells, known=known, mapped=mapped)
    if not missing_fields(by_hand):
        return sheet, place, by_hand
    columns = tuple(f"{guess.column} {guess.header}" for guess in headers)
    missing = missing_fields(by_hand) if mapped else nearest
    raise Refusal("roster.no-header", path=str(path), missing=missing, columns=columns)


def _weight(headers: Sequence[HeaderGuess]) -> tuple[int, int]:
    """How likely a row is the header: by columns that are known, then by cells that hold anything."""
    return sum(guess.field is not None for guess in headers), len(headers)
