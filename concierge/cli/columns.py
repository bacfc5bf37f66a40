"""Columns of plain text, aligned by the cells that Chinese and emoji really take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from concierge.cli.output import one_line


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows under each other; the last column is not filled up."""
    from rich.cells import cell_len

    lines = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [
            cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)
        ]
        yield "  ".join(cells).rstrip()


def folded(text: str, cells: int) -> list[str]:
    """A text in lines of at most so many cells, broken at blanks; a longer word is broken anywhere."""
    from rich.cells import cell_len, chop_cells

    lines = [""]
    for word in one_line(text).split():
        for part in chop_cells(word, cells):
            joined = f"{lines[-1]} {part}" if lines[-1] else part
            if cell_len(joined) <= cells:
                lines[-1] = joined
            else:
                lines.append(part)
    return lines


def clip(text: str, cells: int) -> str:
    """At most so many cells of a text, with "..." where something was left out."""
    from rich.cells import cell_len, set_cell_size

    shown = one_line(text)
    return shown if cell_len(shown) <= cells else set_cell_size(shown, cells - 3).rstrip() + "..."
