"""A paper as a workbook: a sheet for what is read, and one for each table, whole, with typed cells.

Instants are real dates in the property's wall time, lengths of time real times, and what people typed is text
whatever it begins with. The same figures give the same bytes.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from rich.cells import cell_len

from concierge.export.document import (
    Change,
    Document,
    Moment,
    Piece,
    Rate,
    Said,
    Section,
    Span,
    plain_text,
)
from concierge.export.workbook_file import as_made, cell_of, sheet_names, storable

_DATE, _SPAN, _PERCENT, _SIGNED, _TEXT = "yyyy-mm-dd hh:mm", "[h]:mm:ss", "0.0%", "+0;-0;0", "@"
_NARROWEST, _WIDEST, _MEASURED = (
    9,
    56,
    300,
)  # characters of a column, and rows that are measured for it
_COLOURS = {"bad": "AD3327", "good": "3E7352", "mark": "8A6A2F"}
_HEAD = "F6F2EA"


def content(paper: Document) -> bytes:
    """The whole paper as a workbook; tables are cut nowhere."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    made = datetime.fromtimestamp(paper.made_at, UTC).replace(tzinfo=None)
    book.properties.creator, book.properties.title = "Concierge", storable(paper.title.text)
    book.properties.created = made
    names = sheet_names(
        [paper.summary_sheet, *(section.sheet or section.title for section in paper.sections)]
    )
    _summary(book.create_sheet(names[0]), paper)
    for name, section in zip(names[1:], paper.sections, strict=True):
        _table(book.create_sheet(name), section)
    out = io.BytesIO()
    book.save(out)
    return as_made(out.getvalue(), made)


def _summary(sheet: Any, paper: Document) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    sheet.freeze_panes = "A2"
    sheet.append(
        [_cell(sheet, (paper.title,), bold=True), _cell(sheet, (paper.property_name,), bold=True)]
    )
    for name, pieces, tone in _lines(paper):
        sheet.append(
            [_cell(sheet, (name,), tone="soft"), _cell(sheet, pieces, tone=tone, wraps=True)]
        )
    for line in paper.sign:
        signed = [piece for piece in (line.name, line.at, line.how) if piece is not None]
        sheet.append(
            [_cell(sheet, (line.part,), tone="soft"), *(_cell(sheet, (each,)) for each in signed)]
        )


def _lines(paper: Document) -> Iterable[tuple[Piece, tuple[Piece, ...], str]]:
    if paper.mark:
        yield paper.mark, (), "bad"
    for name, cell in paper.facts[1:]:
        yield name, cell.pieces, cell.tone
    for part in paper.story.parts:
        yield paper.summary_sheet, (Said((part,), paper.story.plain),), ""
    for figure in paper.figures:
        yield figure.name, (figure.value,), figure.tone
    for decision in paper.decisions or (paper.no_decision,):
        yield paper.decisions_title, (decision,), "bad" if paper.decisions else "good"
    for section in paper.sections:
        for line in section.lines:
            yield section.title, (line,), ""
    for name, cell in paper.log:
        yield name, cell.pieces, ""


def _table(sheet: Any, section: Section) -> None:
    from openpyxl.utils import get_column_letter

    heads = [(column.head,) for column in section.columns]
    for n, column in enumerate(section.columns):
        shown = [_width((column.head,)) + 3]  # room for the filter's arrow
        shown += [_width(row[n].pieces) for row in section.rows[:_MEASURED]]
        width = min(max(_NARROWEST, *shown) + 1, _WIDEST)
        sheet.column_dimensions[get_column_letter(n + 1)].width = width
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(section.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(section.rows) + 1}"
    sheet.append([_cell(sheet, head, bold=True, head=True) for head in heads])
    for row in section.rows:
        sheet.append([_cell(sheet, cell.pieces, tone=cell.tone, wraps=True) for cell in row])
    if section.total:
        sheet.append([_cell(sheet, cell.pieces, bold=True) for cell in section.total])


def _width(pieces: Sequence[Piece]) -> int:
    """Characters that a cell takes, its longest line alone."""
    text = " · ".join(map(plain_text, pieces))
    return max((cell_len(line) for line in text[: _WIDEST * 8].splitlines()), default=0)


def _cell(
    sheet: Any,
    pieces: Sequence[Piece],
    *,
    tone: str = "",
    bold: bool = False,
    head: bool = False,
    wraps: bool = False,
) -> Any:
    value, shape = _value(pieces)
    if value is None and not head:
        return None
    cell = cell_of(sheet, value)
    if shape != "0":
        cell.number_format = shape
    cell.alignment = _alignment(wraps=wraps and isinstance(value, str))
    if bold or tone:
        cell.font = _font(tone, bold=bold)
    if head:
        cell.fill = _fill()
    return cell


@functools.cache
def _alignment(*, wraps: bool) -> Any:
    from openpyxl.styles import Alignment

    return Alignment(vertical="top", wrap_text=wraps)


@functools.cache
def _font(tone: str, *, bold: bool) -> Any:
    from openpyxl.styles import Font

    return Font(bold=bold, color=_COLOURS.get(tone, "6D685F" if tone else "23211D"))


@functools.cache
def _fill() -> Any:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor=_HEAD)


def _value(pieces: Sequence[Piece]) -> tuple[Any, str]:
    """What a spreadsheet keeps of a cell, and how it shows it; of several pieces it is their text."""
    if not pieces:
        return None, "General"
    kept: tuple[Any, str] = storable(" · ".join(map(plain_text, pieces))), _TEXT
    match pieces:
        case (Moment(iso=iso),):
            kept = datetime.fromisoformat(iso).replace(tzinfo=None), _DATE
        case (Span(seconds=seconds),):
            kept = timedelta(seconds=seconds), _SPAN
        case (Rate(part=part, whole=whole),):
            kept = (part / whole if whole else None), _PERCENT
        case (Change(by=by),):
            kept = by, _SIGNED
        case (int(number),):
            kept = number, "0"
    return kept
