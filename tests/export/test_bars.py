"""Bars of block characters: in proportion, never wider than they may be, and of what happened all is seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from concierge.export.bars import bar, bar_lines
from concierge.export.document import Bar

figures = st.integers(0, 3000)
bars = st.lists(
    st.builds(Bar, st.sampled_from(["07", "11-23", "一月"]), figures, figures, figures), max_size=30
)


@given(rows=bars, width=st.integers(1, 200))
def test_a_line_is_as_wide_as_it_may_be_or_holds_its_figures_alone(
    rows: list[Bar], width: int
) -> None:
    lines = bar_lines(rows, width)
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        assert cell_len(line) <= width or not set(line) & set("█▒▏▎▍▌▋▊▉")
        assert line.startswith(row.label)
        assert str(row.received) in line


@given(value=st.integers(0, 500), more=st.integers(0, 500), cells=st.integers(1, 80))
def test_a_bar_grows_with_its_figure_and_fills_its_cells_at_the_most(
    value: int, more: int, cells: int
) -> None:
    most = max(1, value + more)
    drawn = bar(value, most, cells)
    assert cell_len(drawn) <= cells
    assert bool(drawn) == bool(value)
    assert bar(most, most, cells) == "█" * cells


def test_broken_limits_follow_the_kept_ones_in_a_lighter_shade() -> None:
    lines = bar_lines([Bar("07", 4, 3, 1), Bar("08", 0, 4, 0), Bar("09", 0, 0, 0)], 30)
    assert lines == (
        "07  4 █████████  3+1 ██████▒▒",
        "08  0              4 █████████",
        "09  0              0",
    )
    assert bar_lines([], 30) == ()
