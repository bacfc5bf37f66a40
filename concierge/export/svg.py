"""A picture as SVG inside of the page: no script, coloured by the page's classes, told to who cannot see it."""

from __future__ import annotations

from html import escape

from concierge.export.document import Chart
from concierge.export.html_words import said
from concierge.export.plot import Plot, plot

_WIDTH, _HEIGHT = 760, 150
_LEFT, _TOP, _FOOT = 34, 10, 22


def picture(chart: Chart) -> str:
    """The picture with its legend."""
    drawn = plot(chart, _WIDTH - _LEFT, _HEIGHT)
    legend = "".join(
        f'<span class="two"><b class="dot {kind}"></b>{said(name)}</span>'
        for kind, name in (("came", chart.received), ("kept", chart.met), ("broke", chart.broken))
    )
    return (
        f'<figure class="chart"><figcaption>{legend}</figcaption>\n'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + _TOP + _FOOT}" role="img">'
        f"<title>{escape(chart.title.text)}</title><desc>{escape(chart.told.text)}</desc>\n"
        f'<g transform="translate({_LEFT} {_TOP})">{_grid(drawn)}{_rects(drawn)}{_labels(drawn)}</g>'
        "</svg></figure>"
    )


def _grid(drawn: Plot) -> str:
    width = _WIDTH - _LEFT
    return "".join(
        f'<path class="grid" d="M0 {_n(y)}H{width}"></path>'
        f'<text class="scale" x="-8" y="{_n(y + 4)}">{figure}</text>'
        for y, figure in drawn.grid
    )


def _rects(drawn: Plot) -> str:
    return "".join(
        f'<rect class="{rect.kind}" x="{_n(rect.x)}" y="{_n(rect.y)}"'
        f' width="{_n(rect.width)}" height="{_n(rect.height)}"></rect>'
        for rect in drawn.rects
    )


def _labels(drawn: Plot) -> str:
    return "".join(
        f'<text class="label" x="{_n(x)}" y="{_HEIGHT + 16}">{escape(label)}</text>'
        for x, label in drawn.labels
    )


def _n(value: float) -> str:
    """A length with as few digits as it needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
