"""Rows that wrap as they come in sight: lines stand where all laid out they would, and few are laid out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from concierge.front import Front
from concierge.ui.screens.shift import ShiftScreen
from concierge.ui.widgets.row_heights import Heights
from concierge.ui.widgets.row_layout import SAMPLE, Flat, Layout, Row
from concierge.ui.widgets.row_list import RowList
from concierge.ui.widgets.row_scroll import FAR, RowScroll, stretch
from tests.ui.at_the_phone import SIZES, ringing
from tests.ui.handing_over import begin
from tests.ui.set_clock import stopped

WORDS = "the lift has stopped between two floors "


def words_of(nth: int) -> str:
    """Of one to five lines, never two neighbours alike."""
    return f"<{nth}> " + WORDS * (nth * 7 % 5 + 1)


def made(count: int) -> list[Row | Flat]:
    """A heading and so many rows that wrap by themselves."""
    rows = stretch("row", count, lambda nth: (Content(f"{nth:>4} "), Content(words_of(nth))))
    return [Row(None, Content("All of them")), rows]


# -- heights --------------------------------------------------------------------------------------------------
@given(
    st.integers(1, 40),
    st.integers(1, 4),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 9)), max_size=60),
)
def test_lines_before_a_row_and_the_row_of_a_line_are_as_counted_one_by_one(
    count: int, guess: int, learnt: list[tuple[int, int]]
) -> None:
    heights, plain = Heights(count, guess), [guess] * count
    for at, lines in learnt:
        if at < count:
            heights.learn(at, lines)
            plain[at] = lines
    assert heights.grown == sum(plain) - guess * count
    assert [heights.before(at) for at in range(count + 1)] == [
        sum(plain[:at]) for at in range(count + 1)
    ]
    owners = [at for at, lines in enumerate(plain) for _ in range(lines)]
    assert [heights.row_of(y) for y in range(len(owners))] == owners


# -- laid out -------------------------------------------------------------------------------------------------
@given(st.integers(1, 60), st.lists(st.integers(-200, 200), max_size=12))
def test_wherever_one_walks_the_lines_are_those_of_a_layout_that_knows_all(
    count: int, steps: list[int]
) -> None:
    whole = list(Layout(made(count), 40).all_lines())
    layout = Layout(made(count), 40)
    at, inside, y = 0, 0, 0
    for by in steps:
        at, inside = layout.walk(at, inside, by)
        y = max(0, min(len(whole) - 1, y + by))
        assert layout.line(layout.span(at)[0] + inside).plain == whole[y].plain
        assert layout.row_of(layout.span(at)[0] + inside) == at


@pytest.mark.parametrize("count", [200, 2000])
def test_a_layout_lays_out_none_of_many_rows_but_a_sample(count: int) -> None:
    asked: list[int] = []

    def row(nth: int) -> tuple[Content, Content]:
        asked.append(nth)
        return Content("- "), Content(words_of(nth))

    layout = Layout([stretch("row", count, row)], 40)
    assert len(asked) == SAMPLE
    assert layout.height > count
    assert layout.line(0).plain.startswith("- <0>")
    assert len(asked) == SAMPLE + 1


# -- on a screen ----------------------------------------------------------------------------------------------
class Scroller(App[None]):
    """Rows and nothing else, the newest first."""

    CSS = "RowScroll { height: 1fr; scrollbar-gutter: stable; overflow-x: hidden; }"
    language = "en"

    def compose(self) -> ComposeResult:
        yield RowScroll(id="rows")

    @property
    def rows(self) -> RowScroll:
        return self.query_one(RowScroll)

    def say(self, count: int) -> None:
        self.rows.say(lambda _, __: newest_first(count))

    def seen(self) -> list[str]:
        """The lines in sight."""
        return [self.rows.render_line(y).text.rstrip() for y in range(self.rows.size.height)]

    def first(self, count: int) -> int:
        """Which of all lines stands on top; those below it in sight are those that follow it."""
        whole = [
            line.plain.rstrip() for line in Layout(newest_first(count), self.rows.room).all_lines()
        ]
        seen = self.seen()
        found = [at for at in range(len(whole)) if whole[at : at + len(seen)] == seen]
        assert len(found) == 1, seen
        return found[0]


def newest_first(count: int) -> list[Row | Flat]:
    """A heading and so many rows, each with words of its own."""

    def row(nth: int) -> tuple[Content, Content]:
        return Content("- "), Content(words_of(count - 1 - nth))

    return [Row(None, Content("All of them")), stretch("row", count, row, newest_first=True)]


@asynccontextmanager
async def scrolling(count: int) -> AsyncIterator[tuple[Scroller, Pilot[None]]]:
    """Rows on a screen of twenty lines."""
    app = Scroller()
    async with app.run_test(size=(60, 20)) as pilot:
        app.say(count)
        await pilot.pause()
        yield app, pilot


async def test_scrolled_by_lines_and_pages_and_to_both_ends_no_line_is_missed_or_seen_twice() -> (
    None
):
    count = 120
    async with scrolling(count) as (app, pilot):
        at = app.first(count)
        assert at == 0
        for by in (1, 1, 19, 40, -1, -30, 55, -2):
            app.rows.roll(by)
            await pilot.pause()
            at = max(0, at + by)
            assert app.first(count) == at
        app.rows.action_edge(1)
        await pilot.pause()
        assert "<0>" in "".join(app.seen())
        app.rows.roll(-1)  # up, where nothing was laid out before
        app.rows.roll(1)
        await pilot.pause()
        assert "<0>" in "".join(app.seen())
        app.rows.action_edge(0)
        await pilot.pause()
        assert app.first(count) == 0


async def test_dragged_far_by_the_bar_what_is_seen_are_lines_that_follow_each_other() -> None:
    count = 400
    async with scrolling(count) as (app, pilot):
        for y in (300, 90, app.rows.max_scroll_y, 500, 0):
            app.rows.scroll_to(y=y, animate=False)
            await pilot.pause()
            app.first(count)
        assert app.first(count) == 0


@pytest.mark.parametrize("count", [200, 2000])
async def test_how_many_rows_are_laid_out_hangs_on_the_screen_alone(count: int) -> None:
    async with scrolling(count) as (app, pilot):
        high = app.rows.size.height
        assert app.rows.laid_out <= high
        app.rows.scroll_to(y=count // 2, animate=False)
        await pilot.pause()
        app.rows.action_edge(1)
        await pilot.pause()
        assert app.rows.laid_out <= (FAR + 3) * high


async def test_a_new_row_is_seen_from_the_top_and_moves_nothing_for_whoever_has_scrolled() -> None:
    async with scrolling(100) as (app, pilot):
        app.say(101)
        await pilot.pause()
        assert "<100>" in app.seen()[1]
        app.rows.roll(30)
        await pilot.pause()
        before = app.seen()
        app.say(102)
        await pilot.pause()
        assert app.seen() == before


async def test_in_another_width_what_stood_on_top_stands_there_again() -> None:
    async with scrolling(100) as (app, pilot):
        app.rows.roll(31)
        await pilot.pause()
        row = next(line for line in app.seen() if line.startswith("- "))
        await pilot.resize_terminal(44, 20)
        await pilot.pause()
        assert row[:8] in "\n".join(app.seen())


# -- the desk's own screens -----------------------------------------------------------------------------------
MANY = 60


def logged(home: Path) -> Front:
    """A desk in whose log stand many lines."""
    front, _ = stopped(home)
    for nth in range(MANY):
        front.note_shift(text=words_of(nth), actor="陈丽")
    return front


@pytest.mark.parametrize("size", SIZES)
async def test_of_a_long_log_the_shift_s_screen_lays_out_what_is_seen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    front = logged(tmp_path / "home")
    async with ringing(front, size) as phone:
        await phone.press("f4")
        await phone.on(ShiftScreen)
        where = "notes" if size[0] > 100 else "figures"
        log = phone.screen.query_one(f"#{where}", RowScroll)
        await phone.until(lambda: log.laid_out > 0, "the log is shown")
        assert log.laid_out <= max(SAMPLE, log.size.height)
        for _ in range(MANY):
            await phone.press("pagedown")
        assert "<0>" in phone.text()


@pytest.mark.parametrize("size", SIZES)
async def test_of_a_long_log_the_handover_lays_out_what_is_seen_and_the_cursor_reaches_all(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    front = logged(tmp_path / "home")
    async with ringing(front, size) as phone:
        await begin(phone, "1")
        rows = phone.screen.query_one(RowList)
        assert rows.laid_out <= max(SAMPLE, 2 * rows.size.height)
        await phone.press("home")
        keys = [key for key in rows.keys if key is not None]
        for key in keys[:20]:
            assert rows.key == key
            await phone.press("down")
        await phone.press("end", "up", "up", "up", "up", "up", "up", "up", "up")
        assert rows.key == keys[-9]
        assert rows.laid_out < MANY
