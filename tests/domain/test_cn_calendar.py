"""The shipped lists of mainland China against two independent libraries, day by day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from concierge.domain.calendar import Calendar, CalendarFile

FOLDER = Path(__file__).parents[2] / "data" / "calendars" / "cn"
YEARS = range(2023, 2027)
# rules.md: the notice for 2026.
OFF_2026 = [
    ("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05"),
    ("06-19", "06-21"), ("09-25", "09-27"), ("10-01", "10-07"),
]  # fmt: skip
WORK_2026 = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


@pytest.fixture(scope="module")
def files() -> dict[int, CalendarFile]:
    return {
        int(path.stem): CalendarFile.parse(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in FOLDER.glob("*.toml")
    }


@pytest.fixture(scope="module")
def cn(files: dict[int, CalendarFile]) -> Calendar:
    hours = dict.fromkeys(range(7), ((480, 1080),))
    return Calendar.build([files[year] for year in sorted(files)], zone="UTC", hours=hours)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinesecalendar(cn: Calendar, year: int) -> None:
    ours = {day: cn.is_working(day) for day in days(date(year, 1, 1), date(year, 12, 31))}
    assert ours == {day: chinese_calendar.is_workday(day) for day in ours}


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_holidays(cn: Calendar, year: int) -> None:
    """It knows days off, those in lieu among them, and the make-up weekend days apart."""
    theirs = holidays.country_holidays("CN", years=year)
    ours = {day: cn.is_working(day) for day in days(date(year, 1, 1), date(year, 12, 31))}
    assert ours == {day: theirs.is_working_day(day) for day in ours}


@pytest.mark.parametrize("year", YEARS)
def test_every_day_has_the_reason_that_holidays_gives(cn: Calendar, year: int) -> None:
    theirs = holidays.country_holidays("CN", years=year)
    made_up = set(theirs.weekend_workdays)
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        why = cn.why(day)
        assert (why.code == "make-up") == (day in made_up), day
        if day in theirs:
            assert why.code == "holiday", day
        assert not why.provisional


def test_2026_is_the_notice_that_the_rules_quote(files: dict[int, CalendarFile]) -> None:
    off = {
        day
        for first, last in OFF_2026
        for day in days(date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}"))
    }
    assert set(files[2026].off) == off
    assert set(files[2026].work) == {date.fromisoformat(f"2026-{day}") for day in WORK_2026}


@pytest.mark.parametrize("year", YEARS)
def test_each_list_holds_its_own_year_and_nothing_of_the_policys(
    files: dict[int, CalendarFile], year: int
) -> None:
    file = files[year]
    assert file.listed_years == {year}
    assert file.verified_through == year
    assert file.timezone == "Asia/Shanghai"
    assert file.rest == frozenset({5, 6})
    assert file.hours is None
    assert not file.special
    assert file.source.startswith(f"State Council notice, {year - 1}-")


def test_the_last_day_of_2022_is_a_rest_day_of_a_year_that_is_not_listed(cn: Calendar) -> None:
    why = cn.why(date(2022, 12, 31))
    assert (why.code, why.provisional) == ("weekend", True)
    assert not cn.is_working(date(2022, 12, 31))
    assert not chinese_calendar.is_workday(date(2022, 12, 31))


def test_a_year_to_come_follows_the_week_and_says_so(cn: Calendar) -> None:
    assert cn.is_working(date(2027, 1, 1))
    assert cn.why(date(2027, 1, 1)).provisional
    assert not cn.is_working(date(2027, 1, 2))
