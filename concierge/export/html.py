"""The summary as one HTML file that needs no network: what a director reads, prints and signs.

What people typed is escaped, and no text changes which elements there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from concierge.export.document import Cell, Document, Figure, Moment, Piece, Row, Said, Section
from concierge.export.html_style import STYLE
from concierge.export.report import document
from concierge.services.summary import ShiftSummary

_LANG = {"zh": "zh-Hans", "en": "en"}
_FIGURE = ' class="figure"'
_BAR = 100  # units of width of a bar that is full


def text(summary: ShiftSummary, languages: tuple[str, ...]) -> str:
    """The summary as one HTML page; arguments as ``concierge.export.render``."""
    paper = document(summary, languages)
    title = escape(f"{paper.title.text}: {paper.property_name}")
    # The policy keeps the page from loading or running anything, even if an escape were missed.
    head = f"""\
<!DOCTYPE html>
<html lang="{_LANG[languages[0]]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{STYLE}</style>
</head>
<body>
<main>
"""
    parts = [*_top(paper), *_sections(paper), _log(paper), _sign(paper)]
    return head + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"


def _top(paper: Document) -> Iterable[str]:
    yield "<header>"
    if paper.mark:
        yield f'<p class="mark two">{_said(paper.mark)}</p>'
    yield f'<p class="kicker two">{_said(paper.title)}</p>'
    yield f"<h1>{escape(paper.property_name)}</h1>"
    yield f'<dl class="facts">{_facts(paper.facts[1:])}</dl>'
    yield "</header>"
    yield f'<div class="figures">{"".join(map(_figure, paper.figures))}</div>'
    for code, told in paper.story.parts:
        yield f'<p class="story" lang="{_LANG[code]}">{escape(told)}</p>'
    yield _decisions(paper)


def _decisions(paper: Document) -> str:
    if not paper.decisions:
        return (
            f'<div class="decide"><strong class="stack">{_said(paper.no_decision)}</strong></div>'
        )
    items = "".join(f'<li class="stack">{_said(said)}</li>' for said in paper.decisions)
    title = f'<strong class="two">{_said(paper.decisions_title)}</strong>'
    return f'<div class="decide waits">{title}<ul>{items}</ul></div>'


def _facts(facts: Iterable[tuple[Said, Cell]]) -> str:
    return "".join(
        f'<div><dt class="two">{_said(name)}</dt><dd class="stack">{_pieces(cell)}</dd></div>'
        for name, cell in facts
    )


def _figure(figure: Figure) -> str:
    tone = f' class="{figure.tone}"' if figure.tone else ""
    return f'<div><b{tone}>{figure.value}</b><span class="stack">{_said(figure.name)}</span></div>'


def _sections(paper: Document) -> Iterable[str]:
    for section in paper.sections:
        yield f'<section>\n<h2 class="two">{_said(section.title)}</h2>'
        if section.rows:
            yield _table(section)
        else:
            yield f'<p class="note two">{_said(paper.nothing)}</p>'
        yield from (f'<p class="note two">{_said(line)}</p>' for line in section.lines)
        yield "</section>"


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
    heads: list[str] = []
    for column in section.columns:
        head = f'<span class="two">{_said(column.head)}</span>'
        if column.folds:
            heads[-1] += head
        else:
            heads.append(head)
    ths = "".join(f'<th scope="col"{kind}>{head}</th>' for kind, head in _shown(section, heads))
    return ths + ("<td></td>" if section.bars else "")


def _shown(section: Section, cells: list[str]) -> Iterable[tuple[str, str]]:
    """The columns that are left after folding: class and content."""
    kinds = [_FIGURE if column.figure else "" for column in section.columns if not column.folds]
    return zip(kinds, cells, strict=True)


def _row(section: Section, row: Row, more: str, kind: str = "") -> str:
    cells: list[str] = []
    for column, cell in zip(section.columns, row, strict=True):
        if column.folds:
            cells[-1] += _stacked(cell, under=True)
        else:
            cells.append(_stacked(cell, under=False))
    tds = "".join(f"<td{kind}>{inner}</td>" for kind, inner in _shown(section, cells))
    return f"<tr{kind}>{tds}{more}</tr>"


def _stacked(cell: Cell, *, under: bool) -> str:
    """The pieces of a cell, one below the other."""
    lines = []
    for n, piece in enumerate(cell.pieces):
        names = ["under"] if under or n else []
        names += [cell.tone] if cell.tone else []
        names += ["two"] if isinstance(piece, Said) else []
        names += ["typed"] if isinstance(piece, str) else []
        kind = f' class="{" ".join(names)}"' if names else ""
        lines.append(f"<span{kind}>{_piece(piece)}</span>")
    return "".join(lines)


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


def _log(paper: Document) -> str:
    rows = "".join(
        f'<dt class="two">{_said(name)}</dt><dd><code>{_pieces(cell)}</code></dd>'
        for name, cell in paper.log
    )
    return f'<section class="log">\n<h2 class="two">{_said(paper.log_title)}</h2><dl>{rows}</dl>\n</section>'


def _sign(paper: Document) -> str:
    signature, when = (_said(blank) for blank in paper.sign_blanks)
    blocks = "".join(
        f'<div><p class="two">{_said(who)}</p>'
        f'<div class="blank"></div><small class="two">{signature}</small>'
        f'<div class="blank"></div><small class="two">{when}</small></div>'
        for who in paper.sign
    )
    return (
        f'<section class="sign">\n<h2 class="two">{_said(paper.sign_title)}</h2>'
        f"<div>{blocks}</div>\n</section>"
    )


def _pieces(cell: Cell) -> str:
    return "".join(map(_piece, cell.pieces))


def _piece(piece: Piece) -> str:
    match piece:
        case Said():
            return _said(piece)
        case Moment():
            day, time = piece.text.split(" ")
            return f'<time datetime="{piece.iso}"><i>{day}</i> <i>{time}</i></time>'
        case int():
            return str(piece)
        case _:
            return escape(piece)


def _said(said: Said) -> str:
    return "".join(f'<span lang="{_LANG[code]}">{escape(told)}</span>' for code, told in said.parts)
