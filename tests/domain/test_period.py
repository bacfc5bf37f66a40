"""Which days a report is about, and which ones they are compared with."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.instants import parse_instant
from concierge.domain.period import day_of, period, read_day, read_month, week_of
from concierge.domain.refusal import Refusal
from concierge.domain.repairs import is_repair
from concierge.domain.shift import ShiftRules, day_starts

TODAY = date(2026, 11, 23)
ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe")]
RULES = ShiftRules(starts=(420, 900, 1380), early=1800, relief=1800, ladder="shift")


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-11-23", "2026-11-23", "2026-11-22"),
        ("2026-11-16", "2026-11-22", "2026-11-09"),
        ("2026-11-01", "2026-11-30", "2026-10-01"),
        ("2026-03-01", "2026-03-31", "2026-02-01"),
        ("2026-01-01", "2026-01-31", "2025-12-01"),
        ("2026-07-01", "2026-09-30", "2026-04-01"),
        ("2025-01-01", "2025-12-31", "2024-01-01"),
        ("2026-11-02", "2026-11-11", "2026-10-23"),
        ("2026-02-01", "2026-02-27", "2026-01-05"),
    ],
)
def test_whole_months_are_compared_with_whole_months_and_days_with_as_many_days(
    first: str, last: str, before: str
) -> None:
    found = period(read_day(first), read_day(last), today=TODAY)
    assert found.before == date.fromisoformat(before)
    assert (found.first, found.last) == (read_day(first), read_day(last))


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2026-11-02", "2026-11-01", "report.order"),
        ("2026-11-24", "2026-11-24", "report.future"),
        ("2025-10-19", "2026-11-23", "report.long"),
    ],
)
def test_days_that_make_no_report_are_refused(first: str, last: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        period(read_day(first), read_day(last), today=TODAY)
    assert refused.value.code == code


def test_four_hundred_days_are_the_most_and_the_last_may_be_yet_to_come() -> None:
    assert period(TODAY - timedelta(days=399), TODAY, today=TODAY).days == 400
    assert period(TODAY, TODAY + timedelta(days=7), today=TODAY).days == 8


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "20261123",
        "2026-W48-1",
        "2026-11-31",
        "2026-1-1",
        "1969-12-31",
        "9999-12-31",
        "２０２６-11-23",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"report\.day"):
        read_day(text)


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "2026-1", "1969-01", "9999-12"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"report\.month"):
        read_month(text)


def test_a_month_ends_with_its_last_day_and_a_week_with_its_sunday() -> None:
    assert read_month(" 2024-02 ") == (date(2024, 2, 1), date(2024, 2, 29))
    assert read_month("2026-12") == (date(2026, 12, 1), date(2026, 12, 31))
    assert week_of(date(2027, 1, 1)) == (date(2026, 12, 28), date(2027, 1, 3))


def test_before_its_first_shift_it_is_still_the_day_before() -> None:
    zone = ZONES[0]
    for text, day in (
        ("2026-11-23T06:59:59", 22),
        ("2026-11-23T07:00", 23),
        ("2026-11-24T00:30", 23),
    ):
        assert day_of(RULES, parse_instant(text, zone), zone).day == day
    assert day_of(None, parse_instant("2026-11-23T00:00", zone), zone).day == 23


@given(
    at=st.integers(0, 4_000_000_000),
    zone=st.sampled_from(ZONES),
    rules=st.sampled_from([RULES, None]),
)
def test_every_instant_lies_in_one_day(at: int, zone: ZoneInfo, rules: ShiftRules | None) -> None:
    day = day_of(rules, at, zone)
    assert day_starts(rules, day, zone) <= at < day_starts(rules, day + timedelta(days=1), zone)


def test_repairs_are_told_by_their_categories() -> None:
    for code in (
        "home-repair",
        "home-repair-urgent",
        "public-glass",
        "public-lighting-other",
        "pool-repair",
    ):
        assert is_repair(code)
    for code in ("fees", "neighbour", "republic", "repairs-asked"):
        assert not is_repair(code)
