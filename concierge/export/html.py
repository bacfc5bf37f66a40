"""A paper as one HTML file that needs no network: what a director reads, prints and signs.

What people typed is escaped, and no text changes which elements there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from concierge.export.cutting import on_paper
from concierge.export.document import Cell, Document, Figure, Said, SignLine
from concierge.export.html_style import STYLE
from concierge.export.html_table import piece as shown
from concierge.export.html_table import pieces, sections
from concierge.export.html_words import LANG, said
from concierge.export.speech import colon


def text(whole: Document) -> str:
    """The paper as one HTML page."""
    paper = on_paper(whole)
    title = escape(f"{paper.title.text}{colon(paper.codes)}{paper.property_name}")
    # The policy keeps the page from loading or running anything, even if an escape were missed.
    head = f"""\
<!DOCTYPE html>
<html lang="{LANG[paper.codes[0]]}">
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
    parts = [*_top(paper), *sections(paper), *_sign(paper), _log(paper)]
    return head + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"


def _top(paper: Document) -> Iterable[str]:
    yield "<header>"
    if paper.mark:
        yield f'<p class="mark two">{said(paper.mark)}</p>'
    yield f'<p class="kicker two">{said(paper.title)}</p>'
    yield f"<h1>{escape(paper.property_name)}</h1>"
    yield "</header>"
    yield f'<div class="figures">{"".join(map(_figure, paper.figures))}</div>'
    for code, told in paper.story.parts:
        yield f'<p class="story" lang="{LANG[code]}">{escape(told)}</p>'
    yield _decisions(paper)
    yield f'<dl class="facts">{_facts(paper.facts[1:])}</dl>'


def _decisions(paper: Document) -> str:
    if not paper.decisions:
        return f'<div class="decide"><strong class="stack">{said(paper.no_decision)}</strong></div>'
    items = "".join(f'<li class="stack">{said(each)}</li>' for each in paper.decisions)
    title = f'<strong class="two">{said(paper.decisions_title)}</strong>'
    return f'<div class="decide waits">{title}<ul>{items}</ul></div>'


def _facts(facts: Iterable[tuple[Said, Cell]]) -> str:
    return "".join(
        f'<div><dt class="two">{said(name)}</dt><dd>{pieces(cell)}</dd></div>'
        for name, cell in facts
    )


def _figure(figure: Figure) -> str:
    tone = f' class="{figure.tone}"' if figure.tone else ""
    return f'<div><b{tone}>{shown(figure.value)}</b><span class="stack">{said(figure.name)}</span></div>'


def _log(paper: Document) -> str:
    rows = "".join(
        f'<dt class="two">{said(name)}</dt><dd><code>{pieces(cell)}</code></dd>'
        for name, cell in paper.log
    )
    return f'<section class="log">\n<h2 class="two">{said(paper.log_title)}</h2><dl>{rows}</dl>\n</section>'


def _sign(paper: Document) -> Iterable[str]:
    if not paper.sign:
        return
    blocks = "".join(_block(line, paper.sign_blanks) for line in paper.sign)
    yield (
        f'<section class="sign">\n<h2 class="two">{said(paper.sign_title)}</h2>'
        f"<div>{blocks}</div>\n</section>"
    )


def _block(line: SignLine, blanks: tuple[Said, Said]) -> str:
    signature, when = (said(blank) for blank in blanks)
    name, at = "", ""
    if line.name is not None:
        name = f'<b class="typed">{escape(line.name)}</b>'
    if line.at is not None:
        how = "" if line.how is None else f' <small class="two">{said(line.how)}</small>'
        at = f"<span>{shown(line.at)}</span>{how}"
    return (
        f'<div><p class="two">{said(line.part)}</p>'
        f'<div class="blank">{name}</div><small class="two">{signature}</small>'
        f'<div class="blank">{at}</div><small class="two">{when}</small></div>'
    )
