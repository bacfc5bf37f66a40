"""Deadlines as the desk meets them: 2026 in Shanghai, 08:00 to 18:00 every day."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from concierge.domain.calendar import Calendar, CalendarFile
from concierge.domain.deadline import ClockSpec, DayCount, Promise, explain, limit_due, promise
from concierge.domain.limit import Limit, Unit
from concierge.domain.refusal import Refusal

FOLDER = Path(__file__).parents[2] / "data" / "calendars" / "cn"
DAILY = dict.fromkeys(range(7), ((480, 1080),))
NOTICE = "State Council notice, 2025-11-04"


@pytest.fixture(scope="module")
def cn() -> Calendar:
    files = [
        CalendarFile.parse(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.toml"))
    ]
    return Calendar.build(files, zone="UTC", hours=DAILY)


def at(text: str) -> int:
    """An instant in Shanghai."""
    return int(datetime.fromisoformat(f"{text}+08:00").timestamp())


@pytest.mark.parametrize(
    ("limit", "received", "due", "provisional"),
    [
        ("15 minutes", "2026-11-23T14:13:00", "2026-11-23T14:28:00", False),
        ("24 hours", "2026-12-31T23:30:00", "2027-01-01T23:30:00", False),
        # Civil Code 201 and 203: the day does not count, and 18:00 closes it.
        ("1 working day", "2026-11-23T00:00:00", "2026-11-24T18:00:00", False),
        ("1 working day", "2026-11-23T23:59:59", "2026-11-24T18:00:00", False),
        (
            "3 working days",
            "2026-09-30T15:00:00",
            "2026-10-10T18:00:00",
            False,
        ),  # a make-up Saturday
        ("2 working days", "2026-02-13T09:00:00", "2026-02-24T18:00:00", False),  # Spring Festival
        ("2 days", "2026-11-23T09:00:00", "2026-11-25T18:00:00", False),
        ("2 days", "2026-11-19T09:00:00", "2026-11-23T18:00:00", False),  # Saturday to Monday
        ("2 days", "2026-09-29T09:00:00", "2026-10-08T18:00:00", False),
        ("1 working day", "2026-12-31T09:00:00", "2027-01-01T18:00:00", True),
        ("1 day", "2022-12-31T09:00:00", "2023-01-03T18:00:00", False),  # rests on 2023 only
        ("1 day", "2022-12-30T09:00:00", "2023-01-03T18:00:00", True),
        ("90 business minutes", "2026-11-23T09:00:00", "2026-11-23T10:30:00", False),
        ("90 business minutes", "2026-11-23T16:30:00", "2026-11-23T18:00:00", False),  # at closing
        ("90 business minutes", "2026-11-23T16:31:00", "2026-11-24T08:01:00", False),
        ("90 business minutes", "2026-09-30T17:00:00", "2026-10-08T08:30:00", False),
        ("1 business minute", "2026-11-21T12:00:00", "2026-11-23T08:01:00", False),
        ("1 business minute", "2026-12-31T18:00:00", "2027-01-01T08:01:00", True),
    ],
)
def test_a_limit_is_due(
    cn: Calendar, limit: str, received: str, due: str, provisional: bool
) -> None:
    assert limit_due(Limit.parse(limit), at(received), cn) == (at(due), provisional)


def test_midnight_closing_belongs_to_the_day_that_ends() -> None:
    file = CalendarFile(timezone="Asia/Shanghai", verified_through=2026)
    around = Calendar.build([file], zone="UTC", hours=dict.fromkeys(range(7), ((0, 1440),)))
    limit = Limit(60, Unit.BUSINESS_MINUTES)
    assert limit_due(limit, at("2026-12-31T23:00:00"), around) == (at("2027-01-01T00:00:00"), False)
    assert [day.date for day in explain(limit, at("2026-12-31T23:00:00"), around)] == [
        date(2026, 12, 31)
    ]
    due, provisional = limit_due(Limit(1, Unit.DAYS), at("2026-12-30T09:00:00"), around)
    assert (due, provisional) == (at("2027-01-01T00:00:00"), False)
    spec = ClockSpec("limit", Limit(1, Unit.DAYS), warning=0)
    assert promise(spec, at("2026-12-30T09:00:00"), around).warn_at == at("2026-12-31T00:00:00")


def test_minutes_are_real_minutes_when_the_clock_is_put_back() -> None:
    new_york = Calendar.build([], zone="America/New_York", hours=DAILY)
    start = new_york.instant(date(2026, 11, 1), 30)
    due, _ = limit_due(Limit(3, Unit.HOURS), start, new_york)
    assert new_york.local(due).isoformat() == "2026-11-01T02:30:00-05:00"


@pytest.mark.parametrize(
    "limit", ["1000000 days", "1000000 working days", "1000000 business minutes", "1000000 hours"]
)
def test_the_longest_limits_are_counted(cn: Calendar, limit: str) -> None:
    due, _ = limit_due(Limit.parse(limit), at("2026-11-23T09:00:00"), cn)
    assert cn.date_of(due).year > 2030


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ("1 day", "calendar.no-working-day"),
        ("1 working day", "calendar.no-working-day"),
        ("2000 business minutes", "calendar.no-working-day"),
        ("24 hours", "time.range"),
        ("1440 minutes", "time.range"),
    ],
)
def test_the_end_of_the_year_9999_is_refused(cn: Calendar, limit: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        limit_due(Limit.parse(limit), at("9999-12-31T09:00:00"), cn)
    assert refused.value.code == code


def test_the_explanation_counts_a_make_up_saturday_and_no_holiday(cn: Calendar) -> None:
    days = explain(Limit(3, Unit.WORKING_DAYS), at("2026-09-30T15:00:00"), cn)
    assert days[0] == DayCount(date(2026, 9, 30), counted=False, reason="received", source="")
    assert [day.reason for day in days[1:8]] == ["holiday"] * 7
    assert {day.source for day in days[1:8]} == {NOTICE}
    assert days[8:] == (
        DayCount(date(2026, 10, 8), counted=True, reason="working", source=""),
        DayCount(date(2026, 10, 9), counted=True, reason="working", source=""),
        DayCount(date(2026, 10, 10), counted=True, reason="make-up", source=NOTICE),
    )


def test_days_count_over_the_weekend_and_move_past_it(cn: Calendar) -> None:
    days = explain(Limit(2, Unit.DAYS), at("2026-11-19T09:00:00"), cn)
    assert [(day.date.day, day.counted, day.reason) for day in days] == [
        (19, False, "received"), (20, True, "working"), (21, True, "weekend"),
        (22, False, "weekend"), (23, False, "working"),
    ]  # fmt: skip


def test_real_time_tells_the_first_day_and_the_last(cn: Calendar) -> None:
    one = explain(Limit(1, Unit.HOURS), at("2026-11-23T09:00:00"), cn)
    two = explain(Limit(72, Unit.HOURS), at("2026-11-23T09:00:00"), cn)
    assert [(day.date.day, day.reason) for day in one] == [(23, "elapsed")]
    assert [(day.date.day, day.reason) for day in two] == [(23, "elapsed"), (26, "elapsed")]


def test_business_minutes_tell_the_days_they_were_taken_from(cn: Calendar) -> None:
    friday = explain(Limit(90, Unit.BUSINESS_MINUTES), at("2026-11-20T17:30:00"), cn)
    assert [(day.date.day, day.counted, day.reason) for day in friday] == [
        (20, True, "working"), (21, False, "weekend"), (22, False, "weekend"), (23, True, "working"),
    ]  # fmt: skip
    evening = explain(Limit(90, Unit.BUSINESS_MINUTES), at("2026-11-23T20:00:00"), cn)
    assert [(day.counted, day.reason) for day in evening] == [
        (False, "received"),
        (True, "working"),
    ]


# -- promises ---------------------------------------------------------------------------------------

RECEIVED = at("2026-11-23T14:00:00")
FIXED = ClockSpec("resolve", Limit(2, Unit.WORKING_DAYS), ladder="days", warning=0)
OPEN = ClockSpec(
    "resolve", Limit(7, Unit.WORKING_DAYS), by_agreement=True, ladder="days", warning=0
)
MEALS = ClockSpec(
    "resolve", Limit(7, Unit.DAYS), by_agreement=True, at_once=Limit(30, Unit.MINUTES), lead=1800
)


def test_minutes_warn_at_three_quarters(cn: Calendar) -> None:
    spec = ClockSpec("answer", Limit(30, Unit.MINUTES))
    assert promise(spec, RECEIVED, cn) == Promise(
        due_at=at("2026-11-23T14:30:00"), cap_at=None, warn_at=at("2026-11-23T14:22:30"),
        provisional=False, to_be_agreed=False,
    )  # fmt: skip


def test_days_warn_when_the_last_day_opens(cn: Calendar) -> None:
    assert promise(FIXED, RECEIVED, cn) == Promise(
        due_at=at("2026-11-25T18:00:00"), cap_at=None, warn_at=at("2026-11-25T08:00:00"),
        provisional=False, to_be_agreed=False,
    )  # fmt: skip


def test_an_opening_before_the_words_or_after_the_due_time_warns_at_these(cn: Calendar) -> None:
    spec = ClockSpec("answer", Limit(1, Unit.HOURS), warning=0)
    assert promise(spec, RECEIVED, cn).warn_at == RECEIVED
    night = at("2026-11-23T03:00:00")
    assert promise(spec, night, cn).warn_at == night + 3600


def test_without_an_opening_the_warning_comes_when_it_is_due() -> None:
    closed = Calendar.build([], zone="Asia/Shanghai", hours={})
    spec = ClockSpec("answer", Limit(1, Unit.HOURS), warning=0)
    assert promise(spec, RECEIVED, closed).warn_at == RECEIVED + 3600


def test_by_agreement_runs_to_its_cap_until_a_time_is_agreed(cn: Calendar) -> None:
    given = promise(OPEN, RECEIVED, cn)
    assert given.due_at == given.cap_at == at("2026-12-02T18:00:00")
    assert given.to_be_agreed
    agreed = promise(OPEN, RECEIVED, cn, agreed_at=at("2026-11-28T10:00:00"))
    assert (agreed.due_at, agreed.cap_at, agreed.to_be_agreed) == (
        at("2026-11-28T10:00:00"), given.cap_at, False,
    )  # fmt: skip


def test_an_agreed_time_warns_a_quarter_before_it_but_no_more_than_a_day(cn: Calendar) -> None:
    soon = promise(OPEN, RECEIVED, cn, agreed_at=RECEIVED + 4000)
    assert soon.warn_at == RECEIVED + 3000
    late = promise(OPEN, RECEIVED, cn, agreed_at=RECEIVED + 8 * 86_400)
    assert late.warn_at == RECEIVED + 7 * 86_400
    since = promise(OPEN, RECEIVED, cn, agreed_at=RECEIVED + 4000, agreed_from=RECEIVED + 2000)
    assert since.warn_at == RECEIVED + 3500


def test_a_time_agreed_only_after_it_has_come_warns_as_it_comes(cn: Calendar) -> None:
    past = promise(OPEN, RECEIVED, cn, agreed_at=RECEIVED + 60, agreed_from=RECEIVED + 600)
    assert past.warn_at == past.due_at == RECEIVED + 60


def test_a_fixed_limit_may_be_agreed_earlier_and_has_no_cap(cn: Calendar) -> None:
    due = at("2026-11-25T18:00:00")
    given = promise(FIXED, RECEIVED, cn, agreed_at=due)
    assert (given.due_at, given.cap_at) == (due, None)


@pytest.mark.parametrize("spec", [FIXED, OPEN])
def test_past_the_cap_needs_an_approval(cn: Calendar, spec: ClockSpec) -> None:
    latest = promise(spec, RECEIVED, cn).due_at
    with pytest.raises(Refusal) as refused:
        promise(spec, RECEIVED, cn, agreed_at=latest + 1)
    assert refused.value.code == "agreed.past-cap"
    assert refused.value.values == {"agreed": latest + 1, "cap": latest}
    given = promise(spec, RECEIVED, cn, agreed_at=latest + 1, beyond_cap=True)
    assert given.due_at == latest + 1


def test_nothing_is_agreed_for_before_the_words(cn: Calendar) -> None:
    with pytest.raises(Refusal) as refused:
        promise(OPEN, RECEIVED, cn, agreed_at=RECEIVED - 1, beyond_cap=True)
    assert refused.value.code == "agreed.before-received"
    assert refused.value.values == {"agreed": RECEIVED - 1, "received": RECEIVED}


def test_an_errand_is_due_at_once_unless_a_time_was_asked_for(cn: Calendar) -> None:
    now = promise(MEALS, RECEIVED, cn)
    assert now.due_at == RECEIVED + 1800
    assert now.cap_at == at("2026-11-30T18:00:00")
    assert not now.to_be_agreed
    asked = promise(MEALS, RECEIVED, cn, agreed_at=RECEIVED + 7200)
    assert asked.due_at == RECEIVED + 7200 - 1800


def test_a_lead_that_leaves_no_time_is_not_taken_off(cn: Calendar) -> None:
    asked = promise(MEALS, RECEIVED, cn, agreed_at=RECEIVED + 1800)
    assert asked.due_at == RECEIVED + 1800


def test_at_once_is_never_later_than_the_cap(cn: Calendar) -> None:
    slow = replace(MEALS, at_once=Limit(30, Unit.DAYS))
    assert promise(slow, RECEIVED, cn).due_at == at("2026-11-30T18:00:00")


def test_provisional_is_told_of_limits_and_never_of_agreed_times(cn: Calendar) -> None:
    eve = at("2026-12-30T09:00:00")
    assert promise(FIXED, eve, cn).provisional
    assert promise(OPEN, eve, cn).provisional
    assert not promise(OPEN, eve, cn, agreed_at=eve + 86_400).provisional
    assert not promise(MEALS, eve, cn).provisional
