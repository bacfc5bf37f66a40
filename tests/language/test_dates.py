"""Dates and lengths of time as people say them, in both languages."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.language import dates
from concierge.language.translator import LANGUAGES, language

ZONE = ZoneInfo("Asia/Shanghai")
EN, ZH = language("en"), language("zh")
NOW = datetime(2026, 11, 23, 14, 13, tzinfo=ZONE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("when", "english", "chinese"),
    [
        ("2026-11-23 14:28", "today 14:28", "今天 14:28"),
        ("2026-11-24 09:00", "tomorrow 09:00", "明天 09:00"),
        ("2026-11-22 23:59", "yesterday 23:59", "昨天 23:59"),
        ("2026-11-28 18:00", "Saturday 28 November, 18:00", "11月28日（周六）18:00"),
        ("2026-10-10 18:00", "Saturday 10 October, 18:00", "10月10日（周六）18:00"),
        ("2027-01-04 18:00", "Monday 4 January 2027, 18:00", "2027年1月4日（周一）18:00"),
    ],
)
def test_a_moment_is_named_by_its_day_and_the_year_only_when_it_is_another(
    when: str, english: str, chinese: str
) -> None:
    assert dates.moment(EN, at(when), NOW) == english
    assert dates.moment(ZH, at(when), NOW) == chinese


def test_after_by_the_time_comes_before_the_day_in_english() -> None:
    assert dates.spoken(EN, at("2026-11-23 14:28"), NOW) == "14:28 today"
    assert dates.spoken(ZH, at("2026-11-23 14:28"), NOW) == "今天 14:28"
    assert dates.spoken(EN, at("2026-11-30 18:00"), NOW) == "Monday 30 November, 18:00"


def test_tomorrow_across_the_turn_of_the_year_needs_no_year() -> None:
    assert dates.day(EN, date(2027, 1, 1), date(2026, 12, 31)) == "tomorrow"
    assert dates.day(ZH, date(2026, 12, 31), date(2027, 1, 1)) == "昨天"


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 s", "0 秒"),
        (59, "59 s", "59 秒"),
        (240, "4 min", "4 分钟"),
        (3_600, "1 h", "1 小时"),
        (11_400, "3 h 10 min", "3 小时 10 分"),
        (86_400, "1 day", "1 天"),
        (172_800, "2 days", "2 天"),
        (183_600, "2 days 3 h", "2 天 3 小时"),
        (-240, "4 min", "4 分钟"),
    ],
)
def test_a_length_of_time_is_said_in_its_two_largest_units(
    seconds: int, english: str, chinese: str
) -> None:
    assert dates.duration(EN, seconds) == english
    assert dates.duration(ZH, seconds) == chinese


@pytest.mark.parametrize(
    ("left", "english", "chinese"),
    [
        (0, "00:00", "00:00"),
        (391, "06:31", "06:31"),
        (-252, "−04:12", "−04:12"),
        (599, "09:59", "09:59"),
        (600, "10m", "10分"),
        (-1_860, "−31m", "−31分"),
        (11_400, "3h 10m", "3时10分"),
        (3_900, "1h 05m", "1时05分"),
        (90_000, "1d 1h", "1天1时"),
    ],
)
def test_a_countdown_shows_seconds_only_where_they_matter(
    left: int, english: str, chinese: str
) -> None:
    assert dates.countdown(EN, left) == english
    assert dates.countdown(ZH, left) == chinese


@given(st.integers(-(10**7), 10**7), st.sampled_from(LANGUAGES))
def test_a_countdown_carries_a_minus_exactly_when_the_time_is_over(left: int, code: str) -> None:
    assert dates.countdown(language(code), left).startswith("−") == (left < 0)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.sampled_from(LANGUAGES))  # noqa: DTZ001 wall times get their zone below
def test_every_moment_ends_with_its_wall_time(wall: datetime, code: str) -> None:
    local = wall.replace(tzinfo=ZONE)
    assert dates.moment(language(code), local, NOW).endswith(f"{local:%H:%M}")


def test_figures_alone_carry_the_date_where_it_is_not_today() -> None:
    assert dates.clock_time(at("2026-11-23 14:28"), NOW) == "14:28"
    assert dates.clock_time(at("2026-11-30 18:00"), NOW) == "11-30 18:00"
    assert dates.clock_time(at("2028-01-04 18:00"), NOW) == "2028-01-04"
