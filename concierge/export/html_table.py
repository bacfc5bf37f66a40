"""The tables of a paper in HTML: what folds stands under the column before it, a picture for its table."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from concierge.export.document import (
    Cell,
    Document,
    Moment,
    Piece,
    Row,
    Said,
    Section,
    Span,
    folded,
    plain_text,
)
from concierge.export.html_words import said
from concierge.export.svg import picture

_FIGURE = ' class="figure"'
_BAR = 100  # units of width of a bar that is full


def sections(paper: Document) -> Iterable[str]:
    """Each headed table with its lines."""
    for section in paper.sections:
        yield f'<section>\n<h2 class="two">{said(section.title)}</h2>'
        if section.chart is not None:
            yield picture(section.chart)
        elif section.rows:
            yield _table(section)
        else:
            yield f'<p class="note two">{said(paper.nothing)}</p>'
        yield from (f'<p class="note two">{said(line)}</p>' for line in section.lines)
        yield "</section>"


def piece(value: Piece) -> str:
    """A piece of a cell."""
    match value:
        case Said():
            return said(value)
        case Span():
            return said(value.said)
        case Moment():
            day, time = value.text.split(" ")
            return f'<time datetime="{value.iso}"><u>{day}</u> <u>{time}</u></time>'
        case _:
            return escape(plain_text(value))


def pieces(cell: Cell) -> str:
    """The pieces of a cell outside of a table, one below the other."""
    return "".join(f"<span{_kind(each, [])}>{piece(each)}</span>" for each in cell.pieces)


def _table(section: Section) -> str:
    rows = [_row(section, row, _bar(section, n)) for n, row in enumerate(section.rows)]
    if section.total:
        spare = '<td class="bar"></td>' if section.bars else ""
        rows.append(_row(section, section.total, spare, kind=' class="total"'))
    body = "\n".join(rows)
    return (
        f'<div class="wide"><table>\n<thead><tr>{_heads(section)}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def _heads(section: Section) -> str:
    heads = _under(
        section, [f'<span class="two">{said(column.head)}</span>' for column in section.columns]
    )
    ths = "".join(f'<th scope="col"{kind}>{head}</th>' for kind, head in _shown(section, heads))
    return ths + ("<td></td>" if section.bars else "")


def _shown(section: Section, cells: list[str]) -> Iterable[tuple[str, str]]:
    """The columns that are left after folding: class and content."""
    kinds = [_FIGURE if column.figure else "" for column in section.columns if not column.folds]
    return zip(kinds, cells, strict=True)


def _row(section: Section, row: Row, more: str, kind: str = "") -> str:
    stacks = zip(section.columns, row, strict=True)
    cells = _under(section, [_stacked(cell, under=column.folds) for column, cell in stacks])
    tds = "".join(f"<td{kind}>{inner}</td>" for kind, inner in _shown(section, cells))
    return f"<tr{kind}>{tds}{more}</tr>"


def _under(section: Section, cells: list[str]) -> list[str]:
    """What folds goes under the cell before it."""
    return ["".join(parts) for parts in folded(section.columns, cells)]


def _stacked(cell: Cell, *, under: bool) -> str:
    """The pieces of a cell, one below the other."""
    lines = []
    for n, each in enumerate(cell.pieces):
        names = ["under"] if under or n else []
        names += [cell.tone] if cell.tone else []
        lines.append(f"<span{_kind(each, names)}>{piece(each)}</span>")
    return "".join(lines)


def _kind(value: Piece, names: list[str]) -> str:
    more = ["two"] if isinstance(value, (Said, Span)) and _many(value) else []
    more += ["typed"] if isinstance(value, str) else []
    return f' class="{" ".join(names + more)}"' if names or more else ""


def _many(value: Said | Span) -> bool:
    return len((value if isinstance(value, Said) else value.said).parts) > 1


def _bar(section: Section, n: int) -> str:
    """Kept and broken as lengths of one bar; the figures stand beside it."""
    if not section.bars:
        return ""
    met, broken = section.bars[n]
    most = max(1, *(sum(bar) for bar in section.bars))
    good, bad = (round(_BAR * part / most, 2) for part in (met, broken))
    return (
        f'<td class="bar"><svg viewBox="0 0 {_BAR} 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="kept" width="{good}" height="10"></rect>'
        f'<rect class="broke" x="{good}" width="{bad}" height="10"></rect></svg></td>'
    )
