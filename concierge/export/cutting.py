"""What of a document goes on paper: long tables and texts are cut there; the table files have them whole."""

from __future__ import annotations

from dataclasses import replace

from concierge.export.document import Cell, Column, Document, Piece, Row, Section
from concierge.export.plain import fitted

_NAME_CELLS = 200
"""Terminal cells of a text outside of tables, such as why a shift ended without a relief."""


def on_paper(paper: Document) -> Document:
    """The document as a page shows it."""
    facts = tuple((name, _cell(cell, _NAME_CELLS)) for name, cell in paper.facts)
    return replace(
        paper,
        property_name=fitted(paper.property_name, _NAME_CELLS),
        facts=facts,
        sections=tuple(map(_section, paper.sections)),
    )


def _section(section: Section) -> Section:
    rows = tuple(_row(section.columns, row) for row in section.rows[: section.shown])
    lines = section.lines if section.cut is None else (section.cut, *section.lines)
    return replace(section, rows=rows, lines=lines)


def _row(columns: tuple[Column, ...], row: Row) -> Row:
    return tuple(_cell(cell, column.longest) for column, cell in zip(columns, row, strict=True))


def _cell(cell: Cell, longest: int) -> Cell:
    return replace(cell, pieces=tuple(_piece(piece, longest) for piece in cell.pieces))


def _piece(piece: Piece, longest: int) -> Piece:
    return fitted(piece, longest) if isinstance(piece, str) else piece
