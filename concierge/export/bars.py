"""Figures as bars of block characters: for a terminal, and for a file that is read as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from concierge.export.document import Bar, Chart

CELLS = 72
"""Terminal cells of a picture in a text file."""

# Eighths of a block, so that a bar tells more than whole cells; each is one cell wide in every terminal.
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_EIGHT = 8
_FULL, _BROKEN = "█", "▒"
_SHORTEST = 4  # cells of the longest bar that still tells anything


def bar(value: int, most: int, cells: int) -> str:
    """A bar of at most ``cells`` terminal cells; of whatever is more than nothing something is seen.

    Args:
        value: its figure, at least 0.
        most: the figure of a bar that fills all cells, at least ``value``.
        cells: terminal cells.
    """
    if value <= 0 or most <= 0 or cells <= 0:
        return ""
    eighths = max(1, value * cells * _EIGHT // most)
    return _FULL * (eighths // _EIGHT) + _EIGHTHS[eighths % _EIGHT]


def bar_lines(bars: Sequence[Bar], width: int) -> tuple[str, ...]:
    """A line for each stretch of time: label, what came in and its bar, limits kept and broken and theirs.

    Both sides have one scale; broken limits follow the kept ones in a lighter shade.

    Args:
        bars: what is shown, in order.
        width: terminal cells that a line may take; too few for any bar leave the figures alone.
    """
    if not bars:
        return ()
    most = max(1, *(max(each.received, each.met + each.broken) for each in bars))
    label = max(cell_len(each.label) for each in bars)
    came = max(len(str(each.received)) for each in bars)
    ended = max(len(_ended(each)) for each in bars)
    room = (width - label - came - ended - 6) // 2
    room = room if room >= _SHORTEST else 0
    lines = []
    for each in bars:
        left = _padded(bar(each.received, most, room), room)
        right = _limits(each, most, room)
        name = each.label + " " * (label - cell_len(each.label))
        line = f"{name}  {each.received:>{came}} {left}  {_ended(each):>{ended}} {right}"
        lines.append(line.rstrip())
    return tuple(lines)


def chart_lines(chart: Chart, width: int = CELLS) -> Iterable[str]:
    """A picture as text: what its sides are, then its lines.

    Args:
        chart: the picture.
        width: terminal cells of a line; the first one wraps nowhere and may be longer.
    """
    yield f"{chart.received.text} {_FULL}   {chart.met.text} {_FULL}   {chart.broken.text} {_BROKEN}"
    yield from bar_lines(chart.bars, width)


def _ended(each: Bar) -> str:
    return f"{each.met}+{each.broken}" if each.broken else str(each.met)


def _limits(each: Bar, most: int, room: int) -> str:
    if not room:
        return ""
    broken = max(1, each.broken * room // most) if each.broken else 0
    kept = bar(each.met, most, room - broken) if not each.broken else ""
    if each.broken:  # whole cells, so that the two shades meet
        whole = min(room - broken, max(1, each.met * room // most)) if each.met else 0
        kept = _FULL * whole
    return kept + _BROKEN * broken


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - cell_len(text))
