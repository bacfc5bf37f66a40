"""How values look: widths in cells, countdowns, order."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from concierge.language.translator import language
from concierge.ui.format import clip, left, one_line, order_key, pad, tally
from concierge.ui.widgets.board_columns import Columns, countdown, fixed_cells, heading, short_name
from tests.ui.fake_desk import HOUR, MINUTE, NOON, row

SHANGHAI = ZoneInfo("Asia/Shanghai")
EN = language("en")
ANY_TEXT = st.text(max_size=60)


@given(ANY_TEXT, st.integers(0, 40))
def test_clipped_text_never_takes_more_cells_than_given(text: str, cells: int) -> None:
    assert cell_len(clip(text, cells)) <= cells


@given(ANY_TEXT, st.integers(0, 40), st.booleans())
def test_padded_text_takes_exactly_the_cells_given(text: str, cells: int, right: bool) -> None:
    assert cell_len(pad(text, cells, right=right)) == cells


@given(ANY_TEXT)
def test_one_line_has_no_control_or_bidi_characters(text: str) -> None:
    line = one_line(text + "\x1b[31m\n\u202e")
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in line)
    assert "\u202e" not in line


def test_chinese_is_clipped_between_characters_not_within() -> None:
    assert clip("楼上中午还在打电钻", 9) == "楼上中.."
    assert pad("楼上", 6) == "楼上  "


@pytest.mark.parametrize(
    ("rest", "shown"),
    [
        (3 * HOUR + 10 * MINUTE + 59, "3h 10m"),
        (HOUR, "1h 00m"),
        (HOUR - 1, "59m"),
        (10 * MINUTE + 1, "10m"),
        (10 * MINUTE, "10:00"),
        (1, "00:01"),
        (0, "00:00"),
        (-1, "-00:01"),
        (-10 * MINUTE, "-10:00"),
        (-10 * MINUTE - 1, "-10m"),
        (-26 * HOUR, "-1d 02h"),
        (27 * HOUR, "Tue 17:32"),
        (10 * 24 * HOUR, "12-03 14:32"),
    ],
)
def test_seconds_are_shown_only_in_the_ten_minutes_around_due(rest: int, shown: str) -> None:
    assert left(NOON + rest, NOON, SHANGHAI, EN) == shown


@given(st.integers(-400 * 86400, 400 * 86400), st.sampled_from(["zh", "en"]))
def test_whatever_is_left_fits_its_column(rest: int, code: str) -> None:
    assert cell_len(left(NOON + rest, NOON, SHANGHAI, language(code))) <= 11


def test_overdue_and_emergencies_stand_on_top_and_major_ones_first_among_them() -> None:
    calm = row(1, HOUR)
    late = row(2, -5 * MINUTE)
    later_but_major = row(3, -MINUTE, grade="major")
    emergency = row(4, 4 * MINUTE, category="emergency", grade="major")
    calm_major = row(5, 2 * HOUR, grade="major")
    rows = sorted(
        [calm, late, later_but_major, emergency, calm_major], key=lambda each: order_key(each, NOON)
    )
    assert [each.ticket_id for each in rows] == [3, 4, 2, 1, 5]


@given(st.lists(st.integers(-7200, 7200), max_size=12), st.integers(0, 8000))
def test_a_tally_holds_until_the_instant_it_names(dues: list[int], later: int) -> None:
    rows = [row(nth, due) for nth, due in enumerate(dues)]
    first = tally(rows, NOON)
    then = tally(rows, NOON + later)
    assert first.open == len(rows)
    if first.until is None or NOON + later <= first.until:
        assert (then.overdue, then.soon) == (first.overdue, first.soon)
    if first.until is not None:
        after = tally(rows, first.until + 1)
        assert (after.overdue, after.soon) != (first.overdue, first.soon)


@given(st.integers(60, 200), ANY_TEXT, ANY_TEXT, ANY_TEXT, st.booleans())
def test_every_row_fills_its_width_exactly(
    width: int, words: str, unit: str, who: str, major: bool
) -> None:
    columns = Columns.fitting(width)
    each = row(
        1, HOUR, words=words, unit=unit, assignee=who, grade="major" if major else "ordinary"
    )
    cells = fixed_cells(each, columns, {"neighbour": "邻里影响 neighbours (other households)"}, EN)
    texts = (cells.unit, cells.major, cells.category, cells.words, cells.who, cells.step)
    total = cell_len(countdown(each, NOON, SHANGHAI, EN)[1]) + sum(map(cell_len, texts))
    assert total == width
    assert cell_len(heading(columns, EN)) == width


def test_a_long_category_name_loses_its_explanation_first() -> None:
    assert short_name("Emergency: trapped in a lift, fire, gas leak", 16) == "Emergency"
    assert short_name("特急：电梯困人、火警、燃气泄漏", 12) == "特急"
    assert short_name("Calling a taxi", 16) == "Calling a taxi"


@pytest.mark.parametrize("place", ["Building 5", "Garage B2", "地下车库入口"])
def test_the_name_of_a_place_stands_whole_on_a_board_of_eighty_columns(place: str) -> None:
    assert cell_len(place) <= Columns.fitting(80).unit
