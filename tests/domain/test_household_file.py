"""What a household's file takes, and what of it holds at a moment: rules against a plain reading of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain import household_file as rules
from concierge.domain.household_now import (
    active,
    in_force,
    is_away,
    is_child,
    is_disturbing,
    is_unsearchable,
    next_day,
)
from concierge.domain.refusal import Refusal

Stretch = tuple[date | None, date | None]

MONDAY = datetime(2026, 11, 23, 14, 13)  # noqa: DTZ001 - a reading of the wall
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
TIMES = st.times().map(lambda time: f"{time:%H:%M}")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("rule", "typed", "kept"),
    [
        (rules.iso_date, "2026/1/5", "2026-01-05"),
        (rules.iso_date, "２０２６－１－５", "2026-01-05"),
        (rules.iso_date, "2026年1月5日", "2026-01-05"),
        (rules.birthday, "０５－０６", "--05-06"),
        (rules.time_of_day, "２２：３０", "22:30"),
        (rules.weekdays, "２，４", "2,4"),
        (rules.people_count, "３", 3),
        (rules.iso_date, " 2026.12.30 ", "2026-12-30"),
        (rules.birthday, "1980-05-06", "1980-05-06"),
        (rules.birthday, "5/6", "--05-06"),
        (rules.birthday, "--02-29", "--02-29"),
        (rules.time_of_day, "9", "09:00"),
        (rules.time_of_day, "0930", "09:30"),
        (rules.time_of_day, "9：30", "09:30"),
        (rules.time_of_day, "24:00", "24:00"),
        (rules.weekdays, "thu TUE", "2,4"),
        (rules.weekdays, "周二、周四", "2,4"),
        (rules.weekdays, "星期日", "7"),
        (rules.weekdays, "Saturday,7", "6,7"),
        (rules.weekdays, "1 2 3 4 5 6 7", None),
        (rules.people_count, " 4 ", 4),
    ],
)
def test_what_people_write_is_brought_to_one_form(
    rule: Callable[[str, str], object], typed: str, kept: object
) -> None:
    assert rule("field", typed) == kept


@pytest.mark.parametrize(
    ("rule", "typed", "code"),
    [
        (rules.iso_date, "2026-02-30", "field.date"),
        (rules.iso_date, "tomorrow", "field.date"),
        (rules.birthday, "13-01", "field.birthday"),
        (rules.birthday, "2023-02-29", "field.birthday"),
        (rules.time_of_day, "24:01", "field.time"),
        (rules.time_of_day, "9:60", "field.time"),
        (rules.time_of_day, "noon", "field.time"),
        (rules.weekdays, "2,8", "field.weekdays"),
        (rules.weekdays, "someday", "field.weekdays"),
        (rules.people_count, "100", "field.number"),
        (rules.people_count, "-1", "field.number"),
    ],
)
def test_what_means_nothing_is_refused_by_its_field(
    rule: Callable[[str, str], object], typed: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        rule("away_from", typed)
    assert (refused.value.code, refused.value.values["field"]) == (code, "away_from")


@given(st.text(max_size=12))
def test_no_text_makes_a_rule_fall_over(text: str) -> None:
    for rule in (rules.iso_date, rules.birthday, rules.time_of_day, rules.weekdays,
                 rules.people_count):  # fmt: skip
        try:
            kept = rule("f", text)
        except Refusal:
            continue
        assert kept is None or rule("f", str(kept)) == kept


@given(
    st.tuples(*[st.none() | DAYS] * 2), st.sets(st.integers(1, 7)), st.tuples(TIMES, TIMES), MOMENTS
)
def test_an_instruction_holds_when_a_plain_count_of_minutes_says_so(
    stretch: Stretch, days: set[int], hours: tuple[str, str], local: datetime
) -> None:
    first, last = stretch
    weekdays = ",".join(map(str, sorted(days))) or None
    found = active(
        first.isoformat() if first else None,
        last.isoformat() if last else None,
        weekdays,
        hours,
        local,
    )
    assert found == _counted(stretch, days, hours, local)


def _counted(stretch: Stretch, days: set[int], hours: tuple[str, str], local: datetime) -> bool:
    """Walk back minute by minute to the last start; it holds if that day counts and no end came between."""
    (first, last), (start, end) = stretch, hours
    at = local.replace(second=0, microsecond=0)
    for back in range(24 * 60):
        moment = at - timedelta(minutes=back)
        if f"{moment:%H:%M}" == start:
            day = moment.date()
            counts = (first or day) <= day <= (last or day)
            return counts and (not days or day.isoweekday() in days)
        if f"{moment:%H:%M}" == end:
            return False
    raise AssertionError("every time of day comes once a day")


@pytest.mark.parametrize(
    ("hours", "times"),
    [
        (("22:00", "07:30"), {"21:59": False, "22:00": True, "00:00": True, "07:29": True,
                              "07:30": False, "12:00": False}),
        (("13:00", "15:00"), {"12:59": False, "13:00": True, "14:59": True, "15:00": False}),
        (("22:00", None), {"23:00": False}),
        ((None, "07:00"), {"06:00": False}),
        (("08:00", "08:00"), {"08:00": False}),
        (("20:00", "24:00"), {"23:59": True, "00:00": False}),
    ],
)  # fmt: skip
def test_do_not_disturb_runs_over_midnight(
    hours: tuple[str | None, str | None], times: dict[str, bool]
) -> None:
    for time, disturbing in times.items():
        local = MONDAY.replace(hour=int(time[:2]), minute=int(time[3:]))
        assert is_disturbing(*hours, local) is disturbing, time


def test_the_cleaner_may_enter_on_tuesdays_and_thursdays_until_the_end_of_the_year() -> None:
    def may(day: str, time: str) -> bool:
        local = datetime.fromisoformat(f"{day}T{time}")
        return active(None, "2026-12-30", "2,4", ("09:00", "12:00"), local)

    assert may("2026-11-24", "09:00")
    assert not may("2026-11-24", "12:00")
    assert not may("2026-11-25", "10:00")
    assert may("2026-12-29", "11:59")
    assert not may("2026-12-31", "10:00")


def test_a_night_that_began_on_the_last_day_still_holds_after_midnight() -> None:
    hours = ("22:00", "06:00")
    assert active(None, "2026-11-23", "1", hours, datetime(2026, 11, 24, 5, 59))  # noqa: DTZ001
    assert not active(None, "2026-11-23", "1", hours, datetime(2026, 11, 24, 22))  # noqa: DTZ001


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_a_stretch_of_days_holds_its_first_and_last(
    first: date | None, last: date | None, today: date
) -> None:
    told = (first.isoformat() if first else None, last.isoformat() if last else None)
    assert in_force(*told, today) == ((first or today) <= today <= (last or today))
    assert is_away(*told, today) == (in_force(*told, today) and told != (None, None))


@given(DAYS, DAYS)
def test_a_birthday_comes_within_a_year_on_its_day(born: date, today: date) -> None:
    for written in (born.isoformat(), f"--{born:%m-%d}"):
        coming = next_day(written, today)
        assert coming is not None
        assert 0 <= (coming - today).days <= 366
        same = (coming.month, coming.day) == (born.month, born.day)
        leap = (born.month, born.day) == (2, 29)
        assert same or (leap and (coming.month, coming.day) == (2, 28))


def test_a_child_is_one_until_the_fourteenth_birthday() -> None:
    assert is_child("2012-11-24", MONDAY.date())
    assert not is_child("2012-11-23", MONDAY.date())
    assert not is_child("--11-24", MONDAY.date())
    assert not is_child(None, MONDAY.date())
    assert next_day(None, MONDAY.date()) is None


def test_the_end_does_not_come_before_the_start() -> None:
    rules.check_order("2026-11-23", "2026-11-23")
    rules.check_order(None, "2026-11-23")
    with pytest.raises(Refusal, match=r"field\.order"):
        rules.check_order("2026-11-24", "2026-11-23")


@pytest.mark.parametrize(
    ("day", "today", "coming"),
    [
        ("1980-05-06", "2026-05-05", "2026-05-06"),
        ("1980-05-06", "2026-05-06", "2026-05-06"),
        ("1980-05-06", "2026-05-07", "2027-05-06"),
        ("--12-31", "2026-11-23", "2026-12-31"),
        ("--01-01", "2026-12-31", "2027-01-01"),
        ("2024-02-29", "2026-02-28", "2026-02-28"),
        ("--02-29", "2026-03-01", "2027-02-28"),
        ("--02-29", "2027-03-01", "2028-02-29"),
        ("--02-29", "2028-02-28", "2028-02-29"),
    ],
)
def test_a_yearly_day_comes_this_year_or_next_and_a_leap_day_on_the_28th(
    day: str, today: str, coming: str
) -> None:
    assert next_day(day, date.fromisoformat(today)) == date.fromisoformat(coming)


def test_a_household_is_away_from_its_first_day_to_its_last_and_never_without_dates() -> None:
    days = [date(2026, 11, day) for day in (22, 23, 25, 26)]
    both, since, until = ("2026-11-23", "2026-11-25"), ("2026-11-23", None), (None, "2026-11-25")
    assert [is_away(*both, day) for day in days] == [False, True, True, False]
    assert [is_away(*since, day) for day in days] == [False, True, True, True]
    assert [is_away(*until, day) for day in days] == [True, True, True, False]
    assert not any(is_away(None, None, day) for day in days)


def test_nobody_is_found_by_what_is_sensitive_or_was_heard_of_a_child() -> None:
    heard = "2026-11-23"
    child, grown = "2012-11-24", "2012-11-23"
    assert is_unsearchable(rules.Aspect.HEALTH, None, heard)
    assert is_unsearchable(rules.Aspect.HABITS, child, heard)
    assert not is_unsearchable(rules.Aspect.HABITS, grown, heard)
    assert not is_unsearchable(rules.Aspect.HABITS, None, heard)
    assert not is_unsearchable(rules.Aspect.ALLERGY, child, heard)


def test_a_code_is_one_of_its_field_or_refused_with_all_there_are() -> None:
    assert rules.choice("aspect", "food", ("food", "health")) == "food"
    with pytest.raises(Refusal) as refused:
        rules.choice("aspect", "Food", ("food", "health"))
    assert refused.value.code == "field.choice"
    assert refused.value.values == {"field": "aspect", "value": "Food", "choices": "food, health"}


@pytest.mark.parametrize(
    "name", ["王芳 13811110010", "Wang 1234567", "孙(１３８１１１１００１５)", "1-2-3-4-5-6-7"]
)
def test_a_name_with_as_many_digits_as_a_phone_is_refused_without_being_told(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.check_name(name)
    assert (refused.value.code, refused.value.values) == ("name.holds-phone", {})


@pytest.mark.parametrize("name", ["王芳", "Unit 123456 Ltd", "", None, 7])
def test_other_names_hold_no_phone(name: object) -> None:
    rules.check_name(name)
