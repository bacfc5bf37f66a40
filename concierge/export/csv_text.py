"""A paper as CSV for a spreadsheet: one table whose first column names the section of each row.

Lines end in CRLF, every row has the same number of cells, and before the first one stands the mark by
which Excel knows UTF-8.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from concierge.export.document import Cell, Change, Document, Said, Section, SignLine, plain_text

# What a spreadsheet takes for a formula at the start of a cell: ASCII, full-width, small and typographic.
_FORMULA = frozenset("=+-@＝＋－＠﹦﹢﹣﹫−")
_UTF8_MARK = "\ufeff"
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


class _Number(str):
    """A figure of the program, whose sign makes no formula."""

    __slots__ = ()


def text(paper: Document) -> str:
    """The whole paper as one CSV file: tables are cut nowhere."""
    rows = list(_rows(paper))
    width = max(map(len, rows))
    return written(row + [""] * (width - len(row)) for row in rows)


def written(rows: Iterable[Sequence[str]]) -> str:
    """Rows of one length as a spreadsheet takes them, and no cell a formula."""
    out = io.StringIO()
    # Everything is quoted: where Excel splits at semicolons, one inside of a text starts no new cell.
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows(
        [cell if isinstance(cell, _Number) else harmless(cell) for cell in row] for row in rows
    )
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
    if paper.sign:
        yield [paper.sign_title.text, "", *(blank.text for blank in paper.sign_blanks)]
    for line in paper.sign:
        yield [paper.sign_title.text, *_signed(line)]


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
    match cell.pieces:
        case (Change(by=by),):
            return _Number(by)
    return " · ".join(map(plain_text, cell.pieces))


def _signed(line: SignLine) -> list[str]:
    when = "" if line.at is None else line.at.text
    return [line.part.text, line.name or "", when, "" if line.how is None else line.how.text]
