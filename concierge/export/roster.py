"""A roster as a file: the households of the books, or the rows that an import could not take over.

Every cell is text: phones keep their zeros, and nothing that was typed becomes a formula.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import count
from pathlib import Path

from concierge.domain.refusal import Refusal
from concierge.export.csv_text import written
from concierge.export.files import write_new
from concierge.export.workbook_file import cell_of
from concierge.language import terms
from concierge.language.household_said import value
from concierge.language.refusals import row_sentence
from concierge.language.translator import Language
from concierge.services.roster_views import RosterLine, RosterReport, Said, columns_of

FORMATS = (".xlsx", ".csv")
_WIDTHS = {"name": 16, "phone": 18, "plate": 16, "notes": 40, "moved_in": 14, "birthday": 14, "background": 40,
           "employer": 20}  # fmt: skip
_WIDTH = 10  # characters of the other columns


def roster_file(lines: Collection[RosterLine], suffix: str, t: Language) -> bytes:
    """A whole roster in the layout that an import reads.

    Args:
        lines: one a person.
        suffix: ``.xlsx`` or ``.csv``.
        t: the language of the headers; what people typed stays as it is.

    Raises:
        Refusal: ``roster.unknown-output`` for another suffix.
    """
    if suffix not in FORMATS:
        raise Refusal("roster.unknown-output", suffix=suffix)
    columns = columns_of(lines)
    head = [terms.column(t, column) for column in columns]
    rows = ([_cell(line.cell(column), column, t) for column in columns] for line in lines)
    if suffix == ".xlsx":
        return _workbook(head, rows, [_WIDTHS.get(column, _WIDTH) for column in columns])
    return written([head, *rows]).encode()


def write_rejected(report: RosterReport, roster: Path, t: Language) -> Path | None:
    """Write the rows that were not taken over beside the roster: their own cells, and why.

    Args:
        report: what the import says.
        roster: the roster's file; ``roster.xlsx`` gets ``roster.rejected.csv``, or the next free number.
        t: the language of the reasons.

    Returns:
        The file that was written; None without such rows.

    Raises:
        Refusal: ``output.unwritable``, ``output.full``.
    """
    if not report.rejected:
        return None
    cells = (report.header, *(row.cells for row in report.rejected))
    width = max(map(len, cells))
    rows = [[*report.header, *[""] * (width - len(report.header)), t("row"), t("why not")]]
    for row in report.rejected:
        why = row_sentence(t, row.reason, row.values)
        rows.append([*row.cells, *[""] * (width - len(row.cells)), str(row.row), why])
    content = written(rows)
    return _numbered(roster, lambda path: write_new(path, content, force=False))


def _numbered(roster: Path, write: Callable[[Path], None]) -> Path:
    for number in count(1):
        path = roster.with_name(f"{roster.stem}.rejected{'' if number == 1 else f'-{number}'}.csv")
        try:
            write(path)
        except Refusal as refusal:
            if refusal.code != "output.exists":
                raise
        else:
            return path
    raise AssertionError  # there is always one more number


def _cell(said: Said, column: str, t: Language) -> str:
    """Codes in words that an import reads; everything else as it is."""
    if isinstance(said, tuple):
        return (t(", ") if t.code == "zh" else ", ").join(said)
    return value(t, column, said)


def _workbook(head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    for number, row in enumerate([head, *rows]):
        cells = []
        for text in row:
            cell = cell_of(sheet, text)
            cell.number_format = "@"
            if not number:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
