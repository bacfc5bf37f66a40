"""The summary as CSV for a spreadsheet: one table whose first column names the section of each row.

Lines end in CRLF, every row has the same number of cells, and before the first one stands the mark by
which Excel knows UTF-8.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator

from concierge.export.document import Cell, Document, Moment, Piece, Said, Section
from concierge.export.report import document
from concierge.services.summary import ShiftSummary

# What a spreadsheet takes for a formula at the start of a cell: ASCII, full-width, small and typographic.
_FORMULA = frozenset("=+-@＝＋－＠﹦﹢﹣﹫−")
_UTF8_MARK = "\ufeff"
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def text(summary: ShiftSummary, languages: tuple[str, ...]) -> str:
    """The summary as one CSV file; arguments as ``concierge.export.render``."""
    paper = document(summary, languages)
    rows = [[harmless(cell) for cell in row] for row in _rows(paper)]
    width = max(map(len, rows))
    out = io.StringIO()
    # Everything is quoted: where Excel splits at semicolons, one inside of a text starts no new cell.
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows(row + [""] * (width - len(row)) for row in rows)
    return _UTF8_MARK + out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before one that could be.

    What cannot be seen at its start (blanks, zero-width characters) does not hide a formula.
    """
    for character in cell:
        if character in _FORMULA or character in "\t\r":
            return "'" + cell
        if unicodedata.category(character) not in _UNSEEN:
            break
    return cell


def _rows(paper: Document) -> Iterator[list[str]]:
    yield from _top(paper)
    for section in paper.sections:
        yield from _section(section, paper.nothing)
    for name, cell in paper.log:
        yield [paper.log_title.text, name.text, _cell(cell)]
    yield [paper.sign_title.text, "", *(blank.text for blank in paper.sign_blanks)]
    for who in paper.sign:
        yield [paper.sign_title.text, who.text]


def _top(paper: Document) -> Iterator[list[str]]:
    title = paper.title.text
    if paper.mark:
        yield [title, paper.mark.text]
    for name, cell in paper.facts:
        yield [title, name.text, _cell(cell)]
    for _, told in paper.story.parts:
        yield [title, told]
    for decision in paper.decisions or (paper.no_decision,):
        yield [paper.decisions_title.text, decision.text]


def _section(section: Section, nothing: Said) -> Iterator[list[str]]:
    name = section.title.text
    yield [name, *(column.head.text for column in section.columns)]
    for row in (*section.rows, *([section.total] if section.total else [])):
        yield [name, *map(_cell, row)]
    if not section.rows:
        yield [name, nothing.text]
    for line in section.lines:
        yield [name, line.text]


def _cell(cell: Cell) -> str:
    return " · ".join(map(_piece, cell.pieces))


def _piece(piece: Piece) -> str:
    return piece.text if isinstance(piece, (Said, Moment)) else str(piece)
