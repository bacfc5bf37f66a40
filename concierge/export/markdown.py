"""A paper as Markdown: reads well as text, and nothing that people typed acts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from concierge.export.bars import chart_lines
from concierge.export.cutting import on_paper
from concierge.export.document import (
    Cell,
    Document,
    Piece,
    Row,
    Said,
    Section,
    SignLine,
    folded,
    plain_text,
)
from concierge.export.speech import colon

# The first build markup wherever they stand; the others only doubled or in a bare address, so that 14:28,
# UTC+08:00, what stands in brackets and the end of a sentence stay readable.
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]#~$^@]|-(?=-)|(?<=-)-|=(?==)|(?<==)="
    r"|(?<![0-9]):(?=\S)|:(?=[^\s0-9])|(?<![0-9])\.(?=[\w/])|\.(?=[^\W0-9])"
)
# Where a text begins a line, a sign or the number of a list.
_START = re.compile(r"^([0-9]{0,9})([-+=.)])(?=\s|$)")
# A pipe ends a cell for some readers even after a backslash, and not all take "\<".
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}
_ENTITY = re.compile("[&<>|]")
_BREAK = " ⏎ "


def text(whole: Document) -> str:
    """The paper as one Markdown file."""
    paper = on_paper(whole)
    between = colon(paper.codes)
    blocks = [f"# {paper.title.text}{between}{escaped(paper.property_name)}"]
    if paper.mark:
        blocks.append(f"> **{paper.mark.text}**")
    blocks.append(_facts(paper.facts, between))
    blocks += [_said(Said((part,), paper.story.plain)) for part in paper.story.parts]
    blocks.append(_decisions(paper))
    for section in paper.sections:
        blocks += _section(section, paper.nothing)
    if paper.sign:
        blocks += [f"## {paper.sign_title.text}", _sign(paper)]
    blocks += [f"## {paper.log_title.text}", _facts(paper.log, between)]
    return "\n\n".join(blocks) + "\n"


def escaped(typed: str) -> str:
    """What people typed, on one line and without a character that Markdown acts on."""
    line = _BREAK.join(" ".join(part.split()) for part in typed.splitlines())
    marked = _START.sub(r"\1\\\2", _SPECIAL.sub(lambda found: "\\" + found[0], line))
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], marked)


def _said(said: Said) -> str:
    return said.text if said.plain else escaped(said.text)


def _piece(piece: Piece) -> str:
    if isinstance(piece, Said):
        return _said(piece)
    if isinstance(piece, str):
        return escaped(piece)
    return plain_text(piece)


def _cell(cell: Cell) -> str:
    shown = " · ".join(map(_piece, cell.pieces))
    return f"**{shown}**" if cell.tone in {"bad", "mark"} and shown else shown


def _facts(facts: Iterable[tuple[Said, Cell]], between: str) -> str:
    return "\n".join(f"- {name.text}{between}{_cell(cell)}" for name, cell in facts)


def _decisions(paper: Document) -> str:
    if not paper.decisions:
        return f"**{paper.no_decision.text}**"
    lines = "\n".join(f"- {_said(decision)}" for decision in paper.decisions)
    return f"**{paper.decisions_title.text}**\n\n{lines}"


def _section(section: Section, nothing: Said) -> list[str]:
    blocks = [f"## {section.title.text}"]
    if section.chart is not None:
        # Four blanks make it a block of code, in which nothing acts: labels and figures are the program's.
        blocks.append("\n".join(f"    {line}" for line in chart_lines(section.chart)))
    else:
        blocks.append(_table(section) if section.rows else nothing.text)
    return blocks + [line.text for line in section.lines]


def _table(section: Section) -> str:
    heads = _joined(section, [column.head.text for column in section.columns])
    shown = [column for column in section.columns if not column.folds]
    rule = " | ".join("---:" if column.figure else "---" for column in shown)
    rows = [*section.rows, *([section.total] if section.total else [])]
    return "\n".join([_line(heads), f"| {rule} |", *(_row(section, row) for row in rows)])


def _row(section: Section, row: Row) -> str:
    return _line(_joined(section, [_cell(cell) for cell in row]))


def _joined(section: Section, cells: list[str]) -> list[str]:
    """The cells with those that fold behind the one before; what is empty takes no dot."""
    return [" · ".join(filter(None, parts)) for parts in folded(section.columns, cells)]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _sign(paper: Document) -> str:
    signature, when = paper.sign_blanks
    lines = [f"| {paper.sign_title.text} | {signature.text} | {when.text} |", "| --- | --- | --- |"]
    return "\n".join([*lines, *map(_signed, paper.sign)])


def _signed(line: SignLine) -> str:
    name = "" if line.name is None else escaped(line.name)
    return _line((line.part.text, name, line.when))
