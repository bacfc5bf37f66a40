"""A roster in the format of old spreadsheet programs (.xls), read by xlrd where that is installed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing, redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from concierge.domain.refusal import Refusal
from concierge.services import roster_sheet
from concierge.services.roster_sheet import Merged, RosterFile, Sheet, lines_of
from concierge.services.roster_watch import Watch

_NOTHING = frozenset({0, 5, 6})  # xlrd's types of a cell that is empty, an error, or blank
_DATE, _TRUTH = 3, 4


def read_xls(path: Path, watch: Watch) -> RosterFile:
    """Read an .xls workbook; formulas count by the result that was saved with them.

    Raises:
        Refusal: ``roster.xls-extra`` without xlrd, ``roster.encrypted``, ``roster.broken``,
            ``roster.too-large``, ``roster.too-many-rows``, ``roster.cancelled``.
    """
    if find_spec("xlrd") is None:
        raise Refusal("roster.xls-extra", path=str(path))
    import xlrd

    if path.stat().st_size > roster_sheet.MOST_BYTES:
        raise Refusal("roster.too-large", path=str(path), limit=roster_sheet.MOST_BYTES)
    try:
        # It complains of odd files on the standard output, which is a screen or JSON.
        with redirect_stdout(io.StringIO()):
            book: Any = xlrd.open_workbook(
                str(path), logfile=io.StringIO(), on_demand=True, formatting_info=True
            )
    except xlrd.XLRDError as problem:
        code = "roster.encrypted" if "encrypted" in str(problem).lower() else "roster.broken"
        raise Refusal(code, path=str(path), problem=str(problem)) from problem
    except Exception as problem:
        # Bytes at random raise anything: struct.error, AssertionError, IndexError, MemoryError.
        raise Refusal("roster.broken", path=str(path), problem=str(problem)) from problem
    with closing(_Book(book)) as opened:
        return RosterFile("xls", tuple(opened.sheets(path, watch)))


class _Book:
    """xlrd's workbook, closed in the end."""

    def __init__(self, book: Any) -> None:
        self._book = book

    def close(self) -> None:
        self._book.release_resources()

    def sheets(self, path: Path, watch: Watch) -> Iterator[Sheet]:
        for name in self._book.sheet_names():
            sheet = self._book.sheet_by_name(name)
            rows = (
                [self._cell(cell) for cell in sheet.row(number)] for number in range(sheet.nrows)
            )
            # Their rows and columns are from 0, the last ones left out.
            merged = [
                Merged(top + 1, bottom, left + 1)
                for top, bottom, left, _ in sheet.merged_cells
                if bottom - top > 1
            ]
            yield Sheet(name, lines_of(rows, path, watch, merged))

    def _cell(self, cell: Any) -> object:
        from xlrd.xldate import XLDateError, xldate_as_datetime

        if cell.ctype in _NOTHING:
            return None
        if cell.ctype == _DATE:
            try:
                return xldate_as_datetime(cell.value, self._book.datemode)
            except (XLDateError, OverflowError, ValueError):
                return cell.value
        return bool(cell.value) if cell.ctype == _TRUTH else cell.value
