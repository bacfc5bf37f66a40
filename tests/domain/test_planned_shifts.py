"""Which planned shift somebody works, where a day begins, and what is handed over singly."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from concierge.domain.instants import parse_instant
from concierge.domain.shift import (
    ShiftRules,
    day_starts,
    handed_over_singly,
    is_past_end,
    planned_shift,
    taken_over_until,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = 3600
THREE = ShiftRules(starts=(420, 900, 1380), early=HOUR, relief=1800, ladder="relief")


def at(text: str, zone: ZoneInfo = SHANGHAI) -> int:
    """An instant by the clock on the wall."""
    return parse_instant(text, zone)


@pytest.mark.parametrize(
    ("moment", "start", "end", "nth"),
    [
        ("2026-11-23T14:13", "2026-11-23T15:00", "2026-11-23T23:00", 1),
        ("2026-11-23T13:59:59", "2026-11-23T07:00", "2026-11-23T15:00", 0),
        ("2026-11-23T14:00", "2026-11-23T15:00", "2026-11-23T23:00", 1),
        ("2026-11-23T22:00", "2026-11-23T23:00", "2026-11-24T07:00", 2),
        ("2026-11-24T00:30", "2026-11-23T23:00", "2026-11-24T07:00", 2),
        ("2026-11-24T05:59:59", "2026-11-23T23:00", "2026-11-24T07:00", 2),
        ("2026-11-24T06:00", "2026-11-24T07:00", "2026-11-24T15:00", 0),
    ],
)
def test_whoever_comes_an_hour_before_a_change_works_the_shift_after_it(
    moment: str, start: str, end: str, nth: int
) -> None:
    shift = planned_shift(THREE, at(moment), SHANGHAI)
    assert (shift.start, shift.end, shift.nth) == (at(start), at(end), nth)


def test_a_property_with_one_shift_a_day_changes_once_and_early_may_reach_the_next_day() -> None:
    one = ShiftRules(starts=(30,), early=HOUR, relief=1800, ladder="relief")
    shift = planned_shift(one, at("2026-11-23T23:45"), SHANGHAI)
    assert (shift.start, shift.end, shift.nth) == (
        at("2026-11-24T00:30"),
        at("2026-11-25T00:30"),
        0,
    )


@pytest.mark.parametrize(
    ("moment", "hours"), [("2026-03-28T23:30", 7), ("2026-10-24T23:30", 9), ("2026-11-23T23:30", 8)]
)
def test_a_night_in_which_the_clocks_change_ends_by_the_wall(moment: str, hours: int) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    shift = planned_shift(THREE, at(moment, berlin), berlin)
    assert shift.end - shift.start == hours * HOUR


def test_a_day_begins_with_its_first_shift_and_without_shifts_at_midnight() -> None:
    day = date(2026, 11, 23)
    assert day_starts(THREE, day, SHANGHAI) == at("2026-11-23T07:00")
    assert day_starts(None, day, SHANGHAI) == at("2026-11-23T00:00")


@pytest.mark.parametrize(
    ("due_at", "major", "why"),
    [
        ([], False, ()),
        ([201], False, ()),
        ([200], False, ("due",)),
        ([100], False, ("due",)),
        ([99], False, ("overdue",)),
        ([99, 150, 900], False, ("overdue", "due")),
        ([], True, ("major",)),
        ([50, 150], True, ("major", "overdue", "due")),
    ],
)
def test_major_late_and_soon_due_matters_are_handed_over_singly(
    due_at: list[int], major: bool, why: tuple[str, ...]
) -> None:
    assert handed_over_singly(iter(due_at), major=major, now=100, until=200) == why


def test_a_shift_is_past_its_end_only_after_it_and_never_without_a_plan() -> None:
    assert [is_past_end(100, now) for now in (99, 100, 101)] == [False, False, True]
    assert not is_past_end(None, 10**10)


def test_where_no_shifts_are_planned_somebody_takes_over_for_eight_hours() -> None:
    assert taken_over_until(None, 1000, SHANGHAI) == 1000 + 8 * HOUR
