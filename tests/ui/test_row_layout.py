"""Rows of a list: where each stands is as counted one by one, and none is made that is not asked for."""

from __future__ import annotations

from collections.abc import Hashable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from concierge.ui.widgets.row_layout import Flat, Layout, Row

WIDTH = 30
LONG = "the lift has stopped between two floors and somebody is in it"
# A heading, a row of one line, a row of several, and so many flat ones.
PARTS = st.lists(st.sampled_from(["heading", "row", "long"]) | st.integers(0, 5), max_size=8)


def flat(part: int, many: int, made: list[int]) -> Flat:
    """Flat rows that tell which of them were made."""
    keys: list[Hashable] = [(part, nth) for nth in range(many)]

    def row(nth: int) -> Row:
        made.append(nth)
        return Row(keys[nth], Content(f"{part}/{nth}"))

    return Flat(keys, {key: nth for nth, key in enumerate(keys)}, row)


def built(parts: list[str | int], made: list[int]) -> tuple[Layout, list[Hashable | None]]:
    """The layout, and beside it the keys row by row."""
    rows: list[Row | Flat] = []
    keys: list[Hashable | None] = []
    for nth, part in enumerate(parts):
        if isinstance(part, int):
            rows.append(flat(nth, part, made))
            keys += [(nth, each) for each in range(part)]
        else:
            key = None if part == "heading" else (nth, part)
            rows.append(Row(key, Content("- "), Content(LONG if part == "long" else "short")))
            keys.append(key)
    return Layout(rows, WIDTH), keys


@given(PARTS)
def test_rows_keys_and_lines_stand_where_counting_one_by_one_finds_them(
    parts: list[str | int],
) -> None:
    layout, keys = built(parts, [])
    able = [at for at, key in enumerate(keys) if key is not None]
    assert [layout.key(at) for at in range(layout.rows)] == keys
    assert list(layout.keys()) == [key for key in keys if key is not None]
    assert [layout.of_nth(n) for n in range(layout.keyed)] == able
    assert [layout.nth(at) for at in able] == list(range(len(able)))
    assert all(layout.find(keys[at]) == at for at in able)
    owners = [at for at in range(layout.rows) for _ in range(*_lines(layout, at))]
    assert [layout.row_of(y) for y in range(layout.height)] == owners
    for place in range(len(keys) + 2):
        nearest = min(able, key=lambda at: (abs(at - place), at), default=None)
        assert layout.nearest(place) == nearest


def _lines(layout: Layout, at: int) -> tuple[int, int]:
    first, last = layout.span(at)
    return first, last + 1


@pytest.mark.parametrize("many", [10, 200, 2000])
def test_of_many_flat_rows_only_those_that_are_painted_are_made(many: int) -> None:
    made: list[int] = []
    layout = Layout([Row(None, Content("One by one")), flat(0, many, made)], WIDTH)
    assert layout.height == many + 1
    assert layout.find((0, many - 1)) == many
    assert layout.nearest(many) == many
    assert made == []
    assert [layout.line(y).plain for y in (1, many)] == ["0/0", f"0/{many - 1}"]
    assert made == [0, many - 1]


def test_a_row_that_is_the_same_is_not_wrapped_again_and_another_of_its_name_is() -> None:
    row = Row("a", Content("- "), Content(LONG))
    first = Layout([row], WIDTH)
    again = Layout([row], WIDTH, first)
    assert again.line(0) is first.line(0)
    other = Layout([Row("a", Content("- "), Content("short"))], WIDTH, first)
    assert other.line(0).plain == "- short"
    assert Layout([row], WIDTH - 15, first).height > first.height
