"""Where the bars of a picture stand: one geometry for the page and for the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from concierge.export.document import Bar, Chart

_STEPS = (1, 2, 5)
_LINES = 4  # lines of the grid at most, beside the ground
_LABELS = 16  # labels of bars at most


@dataclass(frozen=True, slots=True)
class Rect:
    """A bar: "came", "kept" or "broke", in the units of the picture; ``y`` is its top."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of ``width`` by ``height`` units, without the room for its labels.

    ``grid``: height and figure of each line; ``labels``: middle and text of those that fit.
    """

    grid: tuple[tuple[float, int], ...]
    rects: tuple[Rect, ...]
    labels: tuple[tuple[float, str], ...]


def plot(chart: Chart, width: float, height: float) -> Plot:
    """Lay out a picture: beside what came in of each stretch stand the limits, broken ones on top.

    Args:
        chart: what is shown; at least one bar.
        width: units from left to right.
        height: units from the ground to the top.
    """
    most = max(1, *(max(bar.received, bar.met + bar.broken) for bar in chart.bars))
    step = _step(most)
    top = -(-most // step) * step
    share = width / len(chart.bars)
    rects = tuple(
        rect
        for n, bar in enumerate(chart.bars)
        for rect in _bars(bar, n * share, share, height / top, height)
    )
    every = -(-len(chart.bars) // _LABELS)
    return Plot(
        tuple((height - figure * height / top, figure) for figure in range(0, top + 1, step)),
        rects,
        tuple(((n + 0.5) * share, bar.label) for n, bar in enumerate(chart.bars) if n % every == 0),
    )


def _step(most: int) -> int:
    """The least of 1, 2, 5, 10, 20 … that needs few enough lines."""
    scale = 1
    while True:
        for step in _STEPS:
            if step * scale * _LINES >= most:
                return step * scale
        scale *= 10


def _bars(bar: Bar, left: float, share: float, unit: float, height: float) -> Iterator[Rect]:
    thick, gap = min(share * 0.32, 26), min(share * 0.04, 2)
    middle = left + share / 2
    if bar.received:
        tall = bar.received * unit
        yield Rect("came", middle - thick - gap, height - tall, thick, tall)
    kept, broke = bar.met * unit, bar.broken * unit
    if bar.met:
        yield Rect("kept", middle + gap, height - kept, thick, kept)
    if bar.broken:
        yield Rect("broke", middle + gap, height - kept - broke, thick, broke)
