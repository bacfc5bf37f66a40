"""Laws of deadlines, and every one of them against the oracle."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.deadline import ClockSpec, explain, limit_due, promise
from concierge.domain.limit import Limit, Unit
from concierge.domain.refusal import Refusal
from tests.domain.made_up import Made, made_up, near

BUSINESS = st.builds(Limit, st.integers(1, 480), st.just(Unit.BUSINESS_MINUTES))
OTHERS = st.builds(Limit, st.integers(1, 12), st.sampled_from([*Unit]))
LIMITS = st.one_of(BUSINESS, OTHERS)
SPECS = st.builds(
    ClockSpec,
    kind=st.just("resolve"),
    limit=LIMITS,
    by_agreement=st.booleans(),
    at_once=st.one_of(st.none(), LIMITS),
    lead=st.sampled_from([0, 600, 1800]),
    warning=st.sampled_from([0, 0, 50, 75, 99]),
)


@given(st.data(), made_up(), LIMITS)
def test_a_limit_is_due_when_the_oracle_says(data: st.DataObject, made: Made, limit: Limit) -> None:
    at = data.draw(near(made))
    assert limit_due(limit, at, made.calendar) == made.oracle.due(
        limit.amount, limit.unit.value, at
    )


@given(st.data(), made_up(), BUSINESS)
def test_business_minutes_run_out_when_the_oracle_says(
    data: st.DataObject, made: Made, limit: Limit
) -> None:
    at = data.draw(near(made))
    assert limit_due(limit, at, made.calendar) == made.oracle.due(
        limit.amount, limit.unit.value, at
    )


@given(st.data(), made_up(), LIMITS)
def test_who_speaks_later_is_never_due_earlier(
    data: st.DataObject, made: Made, limit: Limit
) -> None:
    early, late = sorted(data.draw(st.tuples(near(made), near(made))))
    assert limit_due(limit, early, made.calendar)[0] <= limit_due(limit, late, made.calendar)[0]


@given(st.data(), made_up(), OTHERS)
def test_a_longer_limit_is_never_due_earlier(data: st.DataObject, made: Made, limit: Limit) -> None:
    at = data.draw(near(made))
    longer = Limit(limit.amount + 1, limit.unit)
    assert limit_due(limit, at, made.calendar)[0] <= limit_due(longer, at, made.calendar)[0]


@given(st.data(), made_up(), st.integers(1, 30_000), st.integers(1, 30_000))
def test_business_time_may_be_counted_in_two_goes(
    data: st.DataObject, made: Made, first: int, then: int
) -> None:
    """Also when the first ends at closing: time stands still from there to the next opening."""
    at, add = data.draw(near(made)), made.calendar.add_business
    assert add(add(at, first), then) == add(at, first + then)
    assert made.calendar.business_between(at, add(at, first)) == first


@given(made_up(), st.integers(1, 15), st.integers(1, 15))
def test_working_days_may_be_counted_in_two_goes(made: Made, first: int, then: int) -> None:
    add = made.calendar.add_working_days
    assert add(add(made.base, first), then) == add(made.base, first + then)


@given(st.data(), made_up(), LIMITS)
def test_the_explanation_is_the_count(data: st.DataObject, made: Made, limit: Limit) -> None:
    at = data.draw(near(made))
    calendar = made.calendar
    days = explain(limit, at, calendar)
    due, _ = limit_due(limit, at, calendar)
    assert days[0].date == calendar.date_of(at)
    if limit.unit in {Unit.MINUTES, Unit.HOURS}:
        assert days[-1].date == calendar.date_of(due)
        assert {day.reason for day in days} == {"elapsed"}
        return
    assert [day.date for day in days] == [
        days[0].date + timedelta(days=step) for step in range(len(days))
    ]
    counted = [day for day in days if day.counted]
    if limit.unit is Unit.BUSINESS_MINUTES:
        assert counted[-1] == days[-1]
        assert all(made.oracle.working(day.date) for day in counted)
        assert calendar.date_of(due - 1) == days[-1].date
    else:
        assert len(counted) == limit.amount
        assert (days[0].counted, days[0].reason) == (False, "received")
        assert due == made.oracle.closing(days[-1].date)
        assert made.oracle.working(days[-1].date)
    if limit.unit is Unit.WORKING_DAYS:
        assert [day for day in days[1:] if made.oracle.working(day.date)] == counted
    if limit.unit is Unit.DAYS:
        assert not any(made.oracle.working(day.date) for day in days[limit.amount : -1])


@given(st.data(), made_up(), SPECS)
def test_a_warning_comes_between_the_words_and_the_due_time(
    data: st.DataObject, made: Made, spec: ClockSpec
) -> None:
    at = data.draw(near(made))
    agreed_at = data.draw(st.one_of(st.none(), st.integers(-3_600, 400_000).map(lambda s: at + s)))
    agreed_from = data.draw(st.one_of(st.none(), st.integers(0, 500_000).map(lambda s: at + s)))
    latest, _ = limit_due(spec.limit, at, made.calendar)
    if agreed_at is not None and not at <= agreed_at <= latest:
        with pytest.raises(Refusal) as refused:
            promise(spec, at, made.calendar, agreed_at=agreed_at, agreed_from=agreed_from)
        expected = "agreed.before-received" if agreed_at < at else "agreed.past-cap"
        assert refused.value.code == expected
        return
    made_promise = promise(spec, at, made.calendar, agreed_at=agreed_at, agreed_from=agreed_from)
    assert at <= made_promise.warn_at <= made_promise.due_at <= latest
    assert made_promise.cap_at == (latest if spec.by_agreement else None)
    assert made_promise.to_be_agreed == (
        spec.by_agreement and agreed_at is None and spec.at_once is None
    )
