"""Calendars that Hypothesis makes up, against the day- and minute-stepping oracle."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.made_up import Made, made_up, near
from tests.domain.oracle import first_showing

DAYS = [timedelta(days=step) for step in range(-40, 41)]


@given(made_up())
def test_every_day_is_worked_and_open_as_the_rules_say(made: Made) -> None:
    calendar, oracle = made.calendar, made.oracle
    for day in (made.base + step for step in DAYS):
        hours = oracle.open_hours(day)
        assert calendar.is_working(day) == oracle.working(day)
        assert list(calendar.hours_of(day)) == hours
        assert calendar.is_provisional(day, day) == (not oracle.verified(day))
        opening = first_showing(day, hours[0][0], oracle.zone) if hours else None
        assert calendar.opening(day) == opening
        assert calendar.closing(day) == (oracle.closing(day) if hours else None)


@given(made_up())
def test_the_reason_of_a_day_names_the_list_that_wins(made: Made) -> None:
    calendar, oracle = made.calendar, made.oracle
    for day in (made.base + step for step in DAYS):
        why = calendar.why(day)
        assert why.provisional == (not oracle.verified(day))
        if not oracle.verified(day):
            assert why.code in {"working", "weekend", "closed"}
        elif day in oracle.special:
            assert why.code == ("special" if oracle.special[day] else "closed")
        elif day in oracle.work:
            assert why.code == "make-up"
        elif day in oracle.off:
            assert why.code == "holiday"
        if why.code in {"special", "make-up", "holiday"}:
            assert why.source in {raw["source"] for raw in made.raws}


@given(made_up(), st.integers(1, 25))
def test_working_days_are_counted_as_if_stepped_through(made: Made, k: int) -> None:
    day, left = made.base, k
    while left:
        day += timedelta(days=1)
        left -= made.oracle.working(day)
    assert made.calendar.add_working_days(made.base, k) == day


@given(st.data(), made_up())
def test_the_next_opening_is_the_first_of_any_day_that_opens(
    data: st.DataObject, made: Made
) -> None:
    at = data.draw(near(made))
    first = made.oracle.date_of(at)
    openings = [
        first_showing(day, hours[0][0], made.oracle.zone)
        for day in (first + timedelta(days=step) for step in range(-1, 40))
        if (hours := made.oracle.open_hours(day))
    ]
    assert made.calendar.next_opening(at) == min(at_ for at_ in openings if at_ > at)


@given(st.data(), made_up())
def test_business_time_between_instants_is_what_the_wall_shows(
    data: st.DataObject, made: Made
) -> None:
    start = data.draw(near(made))
    end = start + data.draw(st.integers(0, 3 * 24 * 60)) * 60
    seconds, at = 0, start
    while at < end:
        chunk = min(60 - at % 60, end - at)
        seconds += chunk if made.oracle.is_business(at) else 0
        at += chunk
    assert made.calendar.business_between(start, end) == seconds
    assert made.calendar.business_between(end, start) == -seconds


@given(st.data(), made_up(), st.integers(1, 40_000))
def test_a_counter_says_for_every_instant_what_two_bisections_say(
    data: st.DataObject, made: Made, seconds: int
) -> None:
    count = made.calendar.business_counter(seconds)
    for at in data.draw(st.lists(near(made), min_size=1, max_size=20)):
        assert count(at) == made.calendar.add_business(at, seconds)


@given(made_up(), st.integers(1, 40_000))
def test_a_counter_is_right_on_both_sides_of_every_opening_and_closing(
    made: Made, seconds: int
) -> None:
    calendar = made.calendar
    count = calendar.business_counter(seconds)
    for day in (made.base + step for step in DAYS):
        for edge in {edge for span in calendar.hours_of(day) for edge in span}:
            for at in range(calendar.instant(day, edge) - 1, calendar.instant(day, edge) + 2):
                assert count(at) == calendar.add_business(at, seconds)
                assert count(at - seconds) == calendar.add_business(at - seconds, seconds)
