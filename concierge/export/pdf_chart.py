"""A picture on a sheet, by the same geometry as the page's."""

from __future__ import annotations

from concierge.export.document import Chart
from concierge.export.pdf_sheet import LEFT, WIDTH, Run, Sheet
from concierge.export.plot import plot

_HEIGHT, _SCALE, _FOOT = 36.0, 8.0, 6.0
_TONES = {"came": "came", "kept": "good", "broke": "bad"}


def chart(sheet: Sheet, picture: Chart) -> None:
    """Draw a picture with its legend; it is not torn apart."""
    sheet.needs(_HEIGHT + _FOOT + 12)
    _legend(sheet, picture)
    top, left = sheet.y + 2, LEFT + _SCALE
    drawn = plot(picture, WIDTH - _SCALE, _HEIGHT)
    for y, figure in drawn.grid:
        sheet.rule(top + y, "line", left, WIDTH - _SCALE, 0.15)
        sheet.put(Run(str(figure), 7, "soft"), LEFT, top + y - 1.7, _SCALE - 2, right=True)
    for rect in drawn.rects:
        sheet.box(left + rect.x, top + rect.y, rect.width, rect.height, _TONES[rect.kind])
    measure = sheet.measure(7)
    for x, label in drawn.labels:
        sheet.put(Run(label, 7, "soft"), left + x - measure(label) / 2, top + _HEIGHT + 1, 30)
    sheet.y = top + _HEIGHT + _FOOT


def _legend(sheet: Sheet, picture: Chart) -> None:
    x = LEFT
    for kind, name in (("came", picture.received), ("good", picture.met), ("bad", picture.broken)):
        sheet.box(x, sheet.y + 1.1, 2.2, 2.2, kind)
        run = Run(name.text, 7.6, "soft")
        sheet.put(run, x + 3.6, sheet.y + 0.4, WIDTH)
        x += sheet.wanted(run) + 10
    sheet.y += 5
