from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest

from concierge.domain.calendar import Calendar, CalendarFile
from concierge.domain.calendar_file import parse_intervals
from concierge.domain.refusal import Refusal

DAILY = dict.fromkeys(range(7), ((480, 1080),))
WEEKEND = frozenset({5, 6})


def calendar(*texts: str, zone: str = "Asia/Shanghai", hours: Any = None) -> Calendar:
    files = [CalendarFile.parse(tomllib.loads(text)) for text in texts]
    return Calendar.build(files, zone=zone, hours=DAILY if hours is None else hours)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


# -- the file ---------------------------------------------------------------------------------------


def test_a_file_may_say_everything() -> None:
    file = CalendarFile.parse(
        tomllib.loads("""
            timezone = "Asia/Shanghai"
            source = "State Council notice, 2025-11-04"
            verified_through = 2026
            rest = ["sat", "sun"]
            off = ["2026-01-01/2026-01-03", "2026-04-05"]
            work = ["2026-01-04"]
            [hours]
            mon = ["08:00-12:00", "13:00-24:00"]
            tue = []
            [special]
            "2026-02-14" = ["09:00-12:00"]
            2026-02-15 = []
        """)
    )
    assert file.timezone == "Asia/Shanghai"
    assert file.source == "State Council notice, 2025-11-04"
    assert file.verified_through == 2026
    assert file.rest == WEEKEND
    assert file.off == tuple(date(2026, *day) for day in [(1, 1), (1, 2), (1, 3), (4, 5)])
    assert file.work == (date(2026, 1, 4),)
    assert file.hours == {0: ((480, 720), (780, 1440)), 1: ()}
    assert file.special == {date(2026, 2, 14): ((540, 720),), date(2026, 2, 15): ()}


def test_a_file_may_say_nothing() -> None:
    assert CalendarFile.parse({}) == CalendarFile()


def test_intervals_may_touch() -> None:
    assert parse_intervals(["00:00-12:00", "12:00-24:00"]) == ((0, 720), (720, 1440))


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ("holidays = []", "holidays", "unknown-key"),
        ("timezone = 8", "timezone", "type"),
        ('timezone = "Asia/Peking"', "timezone", "zone"),
        ('timezone = "../../etc/passwd"', "timezone", "zone"),
        ('timezone = ""', "timezone", "zone"),
        ("source = 2026", "source", "type"),
        ('verified_through = "2026"', "verified_through", "type"),
        ("verified_through = true", "verified_through", "type"),
        ("verified_through = 0", "verified_through", "year"),
        ("verified_through = 10000", "verified_through", "year"),
        ('rest = "sat"', "rest", "type"),
        ("rest = [5]", "rest[0]", "type"),
        ('rest = ["sat", "Sunday"]', "rest[1]", "weekday"),
        ('off = "2026-01-01"', "off", "type"),
        ("off = [2026-01-01]", "off[0]", "type"),
        ('off = ["2026-01-01", "2026-01-02", "2026-13-01"]', "off[2]", "date"),
        ('off = ["20260101"]', "off[0]", "date"),
        ('off = ["2026-02-30"]', "off[0]", "date"),
        ('off = ["2026-01-01/"]', "off[0]", "date"),
        ('off = ["2026-01-03/2026-01-01"]', "off[0]", "range"),
        ('off = ["2026-01-03/2206-01-04"]', "off[0]", "range"),
        ('work = ["Sunday"]', "work[0]", "date"),
        ("hours = []", "hours", "type"),
        ("[hours]\nfunday = []", "hours.funday", "weekday"),
        ('[hours]\nmon = "08:00-18:00"', "hours.mon", "type"),
        ("[hours]\nmon = [8]", "hours.mon[0]", "type"),
        ('[hours]\nmon = ["8:00-18:00"]', "hours.mon[0]", "interval"),
        ('[hours]\nmon = ["08:00-24:01"]', "hours.mon[0]", "interval"),
        ('[hours]\nmon = ["24:00-24:00"]', "hours.mon[0]", "interval"),
        ('[hours]\nmon = ["08:60-18:00"]', "hours.mon[0]", "interval"),
        ('[hours]\nmon = ["18:00-08:00"]', "hours.mon[0]", "interval"),
        ('[hours]\nmon = ["08:00-08:00"]', "hours.mon[0]", "interval"),
        ('[hours]\nmon = ["08:00-12:00", "11:59-18:00"]', "hours.mon[1]", "overlap"),
        ('[hours]\nmon = ["13:00-18:00", "08:00-12:00"]', "hours.mon[1]", "overlap"),
        ("special = []", "special", "type"),
        ('[special]\n"2026-13-01" = []', "special.2026-13-01", "date"),
        ('[special]\n"2026-02-14" = "closed"', "special.2026-02-14", "type"),
        ('[special]\n"2026-02-14" = ["9-12"]', "special.2026-02-14[0]", "interval"),
    ],
)
def test_a_mistake_is_refused_with_the_key_of_its_line(text: str, key: str, problem: str) -> None:
    with pytest.raises(Refusal) as refused:
        CalendarFile.parse(tomllib.loads(text))
    assert refused.value.code == "calendar.bad"
    assert refused.value.values["key"] == key
    assert refused.value.values["problem"] == problem
    assert "value" in refused.value.values


def test_a_long_value_is_cut_for_the_sentence() -> None:
    with pytest.raises(Refusal) as refused:
        CalendarFile.parse({"off": ["x" * 5000]})
    assert refused.value.values["value"] == "x" * 80


def test_the_policys_zone_must_exist_too() -> None:
    with pytest.raises(Refusal) as refused:
        calendar(zone="Mars/Olympus")
    assert refused.value.values == {"key": "timezone", "problem": "zone", "value": "Mars/Olympus"}


# -- which entry wins -------------------------------------------------------------------------------


def test_special_wins_over_work_and_work_over_off_and_off_over_the_week() -> None:
    made = calendar("""
        source = "notice"
        rest = ["sat", "sun"]
        off = ["2026-02-11/2026-02-15"]
        work = ["2026-02-12/2026-02-14"]
        [special]
        2026-02-13 = []
        2026-02-14 = ["09:00-12:00"]
        2026-02-15 = ["10:00-11:00"]
    """)
    days = [date(2026, 2, day) for day in range(9, 17)]
    assert [made.is_working(day) for day in days] == [
        True, True, False, True, False, True, True, True,
    ]  # fmt: skip
    assert [made.why(day).code for day in days] == [
        "working", "working", "holiday", "make-up", "closed", "special", "special", "working",
    ]  # fmt: skip
    assert [made.why(day).source for day in days] == ["", "", *["notice"] * 5, ""]
    assert made.hours_of(date(2026, 2, 11)) == ((480, 1080),), "the desk opens on days off too"
    assert made.opening(date(2026, 2, 13)) is None
    assert made.closing(date(2026, 2, 13)) is None
    assert made.closing(date(2026, 2, 14)) == utc("2026-02-14T04:00")


def test_a_make_up_day_whose_weekday_is_closed_takes_mondays_hours() -> None:
    made = calendar(
        'work = ["2026-01-03", "2026-01-04"]', hours={0: ((540, 1020),), 5: ((600, 660),)}
    )
    assert made.hours_of(date(2026, 1, 3)) == ((600, 660),)
    assert made.hours_of(date(2026, 1, 4)) == ((540, 1020),)
    assert made.is_working(date(2026, 1, 4))


def test_a_make_up_day_without_any_hours_is_closed() -> None:
    made = calendar('work = ["2026-01-04"]', hours={1: ((540, 1020),)})
    assert not made.is_working(date(2026, 1, 4))
    assert made.why(date(2026, 1, 4)).code == "closed"
    assert made.why(date(2026, 1, 7)).code == "closed"


def test_files_unite_and_the_last_that_says_so_wins() -> None:
    made = calendar(
        'timezone="Asia/Tokyo"\nsource="a"\nrest=["sat"]\noff=["2025-05-01", "2025-05-02"]\n'
        '[hours]\nthu=["08:00-09:00"]',
        'timezone="Asia/Shanghai"\nsource="b"\nrest=["sun"]\noff=["2026-05-01", "2025-05-02"]\n'
        '[hours]\nfri=["10:00-11:00"]\nsat=["10:00-11:00"]',
        'source="c"\n[special]\n2025-05-10=["08:00-09:00"]',
    )
    assert made.zone.key == "Asia/Shanghai"
    assert made.why(date(2025, 5, 1)).source == "a"
    assert made.why(date(2025, 5, 2)).source == "b"
    assert made.why(date(2026, 5, 1)).source == "b"
    assert made.why(date(2025, 5, 10)).source == "c"
    assert made.is_working(date(2025, 5, 3)), "the first file's rest is gone"
    assert made.hours_of(date(2025, 5, 1)) == (), "and so are its hours"


# -- verified years ---------------------------------------------------------------------------------


def test_lists_hold_from_the_first_listed_year_to_the_verified_one_only() -> None:
    made = calendar('verified_through=2026\noff=["2025-12-31", "2026-05-01", "2027-01-01"]')
    year_end, new_year = date(2026, 12, 31), date(2027, 1, 1)
    assert not made.is_working(date(2025, 12, 31))
    assert made.is_working(new_year), "a list nobody verified is not used"
    assert not made.is_provisional(date(2025, 1, 1), year_end)
    assert made.is_provisional(date(2024, 12, 31), year_end)
    assert made.is_provisional(date(2025, 1, 1), new_year)
    assert made.why(new_year).provisional


def test_without_a_verified_year_lists_hold_through_the_last_listed_one() -> None:
    made = calendar('off=["2025-05-01"]', "[special]\n2026-05-01=[]")
    assert not made.is_provisional(date(2025, 1, 1), date(2026, 12, 31))
    assert made.is_provisional(date(2027, 1, 1), date(2027, 1, 1))


def test_without_any_date_a_verified_year_has_no_lower_end() -> None:
    made = calendar("verified_through=2026")
    assert not made.is_provisional(date(1, 1, 1), date(2026, 12, 31))
    assert made.business_between(utc("2026-11-23T00:00"), utc("2026-11-24T00:00")) == 36_000


def test_without_any_file_everything_is_provisional() -> None:
    made = calendar()
    assert made.is_provisional(date(2026, 1, 1), date(2026, 1, 1))
    assert made.is_working(date(2026, 1, 3)), "nothing said that weekends are rest"


def test_the_version_follows_the_content_not_its_layout() -> None:
    text = 'rest=["sat","sun"]\noff=["2026-05-01/2026-05-02"]'
    same = 'off=["2026-05-02","2026-05-01","2026-05-01"]\nrest=["sun","sat"]'
    assert calendar(text).version == calendar(same).version
    assert len(calendar(text).version) == 16
    others = [
        calendar(text, zone="Asia/Tokyo"), calendar(text, hours={0: ((0, 60),)}),
        calendar(text + '\nwork=["2026-05-09"]'), calendar(text + "\nverified_through=2027"),
        calendar(text + '\nsource="x"'), calendar(text + "\n[special]\n2026-05-03=[]"),
    ]  # fmt: skip
    assert len({calendar(text).version, *(other.version for other in others)}) == 7


# -- the wall and its jumps -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "instant"),
    [
        ("Asia/Shanghai", "2026-01-01", 0, "2025-12-31T16:00"),
        ("Asia/Shanghai", "2026-01-01", 1440, "2026-01-01T16:00"),
        ("America/New_York", "2026-03-08", 2 * 60, "2026-03-08T07:00"),  # skipped 02:00-03:00
        ("America/New_York", "2026-03-08", 2 * 60 + 30, "2026-03-08T07:00"),
        ("America/New_York", "2026-03-08", 3 * 60, "2026-03-08T07:00"),
        ("America/New_York", "2026-11-01", 60 + 30, "2026-11-01T05:30"),  # 01:00-02:00 twice
        ("America/New_York", "2026-11-01", 2 * 60, "2026-11-01T07:00"),
        ("Africa/Cairo", "2026-04-23", 1440, "2026-04-23T22:00"),  # midnight is skipped
        ("Africa/Cairo", "2026-04-24", 30, "2026-04-23T22:00"),
        ("Africa/Cairo", "2026-10-29", 23 * 60, "2026-10-29T20:00"),  # the last hour comes twice
        ("Africa/Cairo", "2026-10-29", 1440, "2026-10-29T22:00"),
        ("Australia/Lord_Howe", "2026-10-04", 2 * 60 + 15, "2026-10-03T15:30"),  # half an hour
        ("Pacific/Apia", "2011-12-30", 12 * 60, "2011-12-30T10:00"),  # the whole day is skipped
    ],
)
def test_a_wall_time_is_an_instant(zone: str, day: str, minutes: int, instant: str) -> None:
    made = calendar(zone=zone)
    assert made.instant(date.fromisoformat(day), minutes) == utc(instant)


def test_hours_that_the_clock_skips_are_no_business_time() -> None:
    made = calendar(zone="America/New_York", hours={6: ((135, 165), (600, 660))})
    start, end = utc("2026-03-08T00:00"), utc("2026-03-09T00:00")
    assert made.business_between(start, end) == 3600
    assert made.add_business(start, 1800) == utc("2026-03-08T14:30")


def test_hours_that_come_twice_are_open_both_times() -> None:
    made = calendar(zone="America/New_York", hours={6: ((60, 120),)})
    assert made.business_between(utc("2026-11-01T00:00"), utc("2026-11-02T00:00")) == 7200


def test_the_wall_shows_dates_and_times() -> None:
    made = calendar()
    assert made.date_of(utc("2026-11-23T16:00")) == date(2026, 11, 24)
    assert made.local(utc("2026-11-23T16:00")).isoformat() == "2026-11-24T00:00:00+08:00"


# -- openings ---------------------------------------------------------------------------------------


def test_the_next_opening_is_strictly_later_and_of_days_off_too() -> None:
    made = calendar('rest=["sat","sun"]\noff=["2026-11-23"]')
    assert made.next_opening(utc("2026-11-20T23:00")) == utc("2026-11-21T00:00")
    assert made.next_opening(utc("2026-11-21T00:00")) == utc("2026-11-22T00:00")
    assert made.next_opening(utc("2026-11-21T23:59:59")) == utc("2026-11-22T00:00")


def test_only_the_first_opening_of_a_day_counts_and_closed_days_are_passed_over() -> None:
    made = calendar(
        "[special]\n2026-11-24=[]", hours={0: ((480, 720), (780, 1080)), 1: ((60, 120),)}
    )
    assert made.next_opening(utc("2026-11-23T00:00")) == utc("2026-11-30T00:00")


def test_a_desk_that_never_opens_again_refuses_to_say_when() -> None:
    made = calendar('[special]\n2026-11-24=["08:00-09:00"]', hours={})
    assert made.next_opening(utc("2026-01-01T00:00")) == utc("2026-11-24T00:00")
    with pytest.raises(Refusal, match=r"calendar\.no-working-day"):
        made.next_opening(utc("2026-11-24T00:00"))


# -- the ends of time -------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [calendar(hours={}), calendar(
    'rest=["mon","tue","wed","thu","fri","sat","sun"]')])  # fmt: skip
def test_a_calendar_without_working_days_refuses_and_never_loops(made: Calendar) -> None:
    at = utc("2026-11-23T00:00")
    for ask in (
        lambda: made.add_working_days(date(2026, 11, 23), 1),
        lambda: made.working_day_from(date(2026, 11, 23)),
        lambda: made.add_business(at, 60),
        lambda: made.business_counter(60)(at),
    ):
        with pytest.raises(Refusal, match=r"calendar\.no-working-day"):
            ask()
    assert made.business_between(at, at + 10**8) == 0


@pytest.mark.parametrize("year", ["1900", "1970", "2022", "2027", "2035", "2090", "2500"])
def test_a_counter_answers_outside_of_the_years_it_was_made_for(year: str) -> None:
    made = calendar('verified_through=2026\nrest=["sat","sun"]\noff=["2025-01-01"]')
    count = made.business_counter(7 * 600 * 60)
    start = made.instant(date(int(year), 6, 1), 0)
    due = count(start)
    assert made.date_of(due) == made.add_working_days(date(int(year), 5, 31), 7)
    assert made.business_between(start, due) == 7 * 600 * 60
    assert count(start) == due
    assert made.business_counter(7 * 600 * 60)(start) == due


def test_a_counter_answers_again_where_it_has_nothing_worked_out() -> None:
    made = calendar('[special]\n2026-11-24=["08:00-09:00"]', hours={})
    count = made.business_counter(60)
    assert [count(utc("2026-11-24T00:00:10")) for _ in range(2)] == [utc("2026-11-24T00:01:10")] * 2


@pytest.mark.parametrize("seconds", [1, 90 * 60, 11 * 3600, 7 * 9 * 3600])
def test_a_counter_agrees_with_two_bisections_around_every_opening_and_closing(
    seconds: int,
) -> None:
    noon_off = dict.fromkeys(range(7), ((480, 720), (780, 1080)))
    made = calendar('verified_through=2026\nrest=["sat","sun"]', hours=noon_off)
    count = made.business_counter(seconds)
    first = made.instant(date(2026, 11, 20), 0)
    for quarter in range(5 * 96):
        for at in (first + quarter * 900 + beside for beside in (-1, 0, 1)):
            assert count(at) == made.add_business(at, seconds)


def test_a_second_is_counted_from_opening_to_closing_and_then_from_the_next_opening() -> None:
    made = calendar("verified_through=2026")
    count = made.business_counter(1)
    opening, closing = (made.instant(date(2026, 11, 23), minutes) for minutes in (480, 1080))
    tomorrow = made.instant(date(2026, 11, 24), 480)
    assert count(opening - 1) == count(opening) == opening + 1
    assert count(closing - 1) == closing
    assert count(closing) == count(closing + 1) == tomorrow + 1


def test_time_that_runs_past_the_table_extends_it() -> None:
    made = calendar("verified_through=2026", hours={0: ((0, 60),)})
    start = utc("2026-11-23T00:00")
    due = made.add_business(start, 3600 * 2_000)
    assert made.business_between(start, due) == 3600 * 2_000
    assert made.date_of(due - 1) == made.add_working_days(date(2026, 11, 23), 2_000)


def test_time_that_does_not_run_out_before_the_year_9999_ends_is_refused() -> None:
    made = calendar("verified_through=9998", hours={0: ((0, 60),)})
    with pytest.raises(Refusal, match=r"calendar\.no-working-day"):
        made.add_business(made.instant(date(9998, 1, 1), 0), 3600 * 500)


@pytest.mark.parametrize("at", [-(10**12), 10**12, 10**30, -62135596800 - 86400])
def test_instants_that_no_date_can_name_are_refused(at: int) -> None:
    made = calendar()
    for ask in (
        made.date_of,
        made.local,
        made.next_opening,
        made.business_counter(60),
        lambda at: made.business_between(at, at),
    ):
        with pytest.raises(Refusal, match=r"time\.range"):
            ask(at)


def test_the_first_and_the_last_days_are_refused_or_counted_but_never_overflow() -> None:
    made = calendar(hours=dict.fromkeys(range(7), ((0, 1440),)))
    assert made.add_working_days(date(9999, 12, 29), 1) == date(9999, 12, 30)
    with pytest.raises(Refusal, match=r"calendar\.no-working-day"):
        made.add_working_days(date(9999, 12, 30), 1)
    with pytest.raises(Refusal, match=r"calendar\.no-working-day"):
        made.add_working_days(date(9999, 12, 31), 1)
    with pytest.raises(Refusal, match=r"time\.range"):
        made.closing(date(9999, 12, 31))
    with pytest.raises(Refusal, match=r"calendar\.no-working-day"):
        made.next_opening(made.instant(date(9999, 12, 31), 600))
    with pytest.raises(Refusal, match=r"calendar\.no-working-day"):
        made.add_business(made.instant(date(9999, 12, 31), 600), 60)
    assert made.working_day_from(date(1, 1, 1)) == date(1, 1, 1)
    assert made.add_working_days(date(1, 1, 1), 1) == date(1, 1, 2)


def test_threads_that_extend_a_calendar_at_once_agree() -> None:
    made, alone = calendar('rest=["sat","sun"]'), calendar('rest=["sat","sun"]')
    starts = [made.instant(date(year, 5, 5), 0) for year in range(1960, 2000, 4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda at: made.add_business(at, 90_000), starts))
    assert together == [alone.add_business(at, 90_000) for at in reversed(starts)][::-1]
