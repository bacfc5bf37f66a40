"""The summary as Markdown: reads well as text, and nothing that people typed acts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from concierge.export.document import Cell, Document, Moment, Piece, Row, Said, Section
from concierge.export.report import document
from concierge.services.summary import ShiftSummary

# The first build markup wherever they stand; the others only at a word's edge, in a bare address or after
# the number of a list, so that T-20261123-012, 14:28 and the end of a sentence stay readable.
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]()#+!~=$^@]|(?<![0-9A-Za-z])-|-(?![0-9A-Za-z])"
    r"|(?<![0-9])[.:](?=\S)|[.:](?=[^\s0-9])|(?<=[0-9])\.(?=\s|$)"
)
# A pipe ends a cell for some readers even after a backslash, and not all take "\<".
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}
_ENTITY = re.compile("[&<>|]")
_BREAK = " ⏎ "


def text(summary: ShiftSummary, languages: tuple[str, ...]) -> str:
    """The summary as one Markdown file; arguments as ``concierge.export.render``."""
    paper = document(summary, languages)
    blocks = [f"# {paper.title.text}: {escaped(paper.property_name)}"]
    if paper.mark:
        blocks.append(f"> **{paper.mark.text}**")
    blocks.append(_facts(paper.facts))
    blocks += [_said(Said((part,))) for part in paper.story.parts]
    blocks.append(_decisions(paper))
    for section in paper.sections:
        blocks += _section(section, paper.nothing)
    blocks += [f"## {paper.log_title.text}", _facts(paper.log)]
    blocks += [f"## {paper.sign_title.text}", _sign(paper)]
    return "\n\n".join(blocks) + "\n"


def escaped(typed: str) -> str:
    """What people typed, on one line and without a character that Markdown acts on."""
    line = _BREAK.join(" ".join(part.split()) for part in typed.splitlines())
    marked = _SPECIAL.sub(lambda found: "\\" + found[0], line)
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], marked)


def _said(said: Said) -> str:
    return said.text if said.plain else escaped(said.text)


def _piece(piece: Piece) -> str:
    match piece:
        case Said():
            return _said(piece)
        case Moment():
            return piece.text
        case int():
            return str(piece)
        case _:
            return escaped(piece)


def _cell(cell: Cell) -> str:
    shown = " · ".join(map(_piece, cell.pieces))
    return f"**{shown}**" if cell.tone == "bad" else shown


def _facts(facts: Iterable[tuple[Said, Cell]]) -> str:
    return "\n".join(f"- {name.text}: {_cell(cell)}" for name, cell in facts)


def _decisions(paper: Document) -> str:
    if not paper.decisions:
        return f"**{paper.no_decision.text}**"
    lines = "\n".join(f"- {_said(decision)}" for decision in paper.decisions)
    return f"**{paper.decisions_title.text}**\n\n{lines}"


def _section(section: Section, nothing: Said) -> list[str]:
    blocks = [f"## {section.title.text}"]
    blocks.append(_table(section) if section.rows else nothing.text)
    return blocks + [line.text for line in section.lines]


def _table(section: Section) -> str:
    heads = " | ".join(column.head.text for column in section.columns)
    rule = " | ".join("---:" if column.figure else "---" for column in section.columns)
    rows = [*section.rows, *([section.total] if section.total else [])]
    return "\n".join([f"| {heads} |", f"| {rule} |", *map(_row, rows)])


def _row(row: Row) -> str:
    return f"| {' | '.join(map(_cell, row))} |"


def _sign(paper: Document) -> str:
    signature, when = paper.sign_blanks
    lines = [f"| {paper.sign_title.text} | {signature.text} | {when.text} |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {who.text} |  |  |" for who in paper.sign)])
