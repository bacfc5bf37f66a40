"""Laws of the shifts: they tile time, and what is handed over singly only grows with what is due."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.shift import (
    PlannedShift,
    ShiftRules,
    day_starts,
    handed_over_singly,
    planned_shift,
)
from concierge.domain.wall import wall_time

# Of the last, clocks go forward and back at midnight; of the one before, by half an hour.
ZONES = tuple(
    map(ZoneInfo, ("Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana"))
)
DAY = 86_400
STARTS = st.lists(st.integers(0, 1439), min_size=1, max_size=5, unique=True).map(sorted)
RULES = st.builds(
    lambda starts, early: ShiftRules(tuple(starts), early, 1800, "relief"),
    STARTS,
    st.integers(0, 2 * 3600),
)
INSTANTS = st.integers(946_684_800, 2_208_988_800)  # the years 2000 to 2039


def exactly(rules: ShiftRules) -> ShiftRules:
    """The same where nobody starts early."""
    return ShiftRules(rules.starts, 0, rules.relief, rules.ladder)


@given(rules=RULES, at=INSTANTS, zone=st.sampled_from(ZONES))
def test_every_instant_lies_in_one_planned_shift_and_the_next_begins_where_it_ends(
    rules: ShiftRules, at: int, zone: ZoneInfo
) -> None:
    plan = planned_shift(exactly(rules), at, zone)
    assert plan.start <= at < plan.end
    after = planned_shift(exactly(rules), plan.end, zone)
    assert after.start == plan.end
    assert planned_shift(exactly(rules), plan.start - 1, zone).end == plan.start


@given(rules=RULES, at=INSTANTS, zone=st.sampled_from(ZONES), within=st.integers(0, DAY))
def test_whoever_starts_in_the_same_shift_is_planned_the_same(
    rules: ShiftRules, at: int, zone: ZoneInfo, within: int
) -> None:
    plan = planned_shift(exactly(rules), at, zone)
    assert planned_shift(exactly(rules), min(plan.start + within, plan.end - 1), zone) == plan


@given(rules=RULES, at=INSTANTS, zone=st.sampled_from(ZONES))
def test_to_start_early_is_to_start_so_much_later(
    rules: ShiftRules, at: int, zone: ZoneInfo
) -> None:
    assert planned_shift(rules, at, zone) == planned_shift(exactly(rules), at + rules.early, zone)


@given(rules=RULES, day=st.dates(date(2001, 1, 1), date(2039, 1, 1)), zone=st.sampled_from(ZONES))
def test_a_day_is_made_of_whole_shifts_and_begins_with_its_first(
    rules: ShiftRules, day: date, zone: ZoneInfo
) -> None:
    at, end = day_starts(rules, day, zone), day_starts(rules, day + timedelta(days=1), zone)
    shifts: list[PlannedShift] = []
    while at < end:
        shifts.append(planned_shift(exactly(rules), at, zone))
        assert shifts[-1].start == at
        at = shifts[-1].end
    assert at == end
    # One that begins and ends while clocks leap over it is no shift.
    assert [one.nth for one in shifts] == sorted({one.nth for one in shifts})
    assert wall_time(shifts[0].start, zone).date() >= day


DUE = st.lists(st.integers(-100, 100), max_size=4)


@given(due=DUE, more=DUE, major=st.booleans(), now=st.integers(-50, 50), span=st.integers(0, 80))
def test_whatever_is_due_besides_no_reason_falls_away(
    due: list[int], more: list[int], now: int, span: int, *, major: bool
) -> None:
    few = handed_over_singly(due, major=major, now=now, until=now + span)
    many = handed_over_singly([*due, *more], major=major, now=now, until=now + span)
    assert set(few) <= set(many)
    assert ("major" in few) is major
    assert few == handed_over_singly(sorted(due), major=major, now=now, until=now + span)


@given(at=st.integers(-100, 100), now=st.integers(-50, 50), span=st.integers(0, 80))
def test_one_time_is_either_overdue_or_due_or_later(at: int, now: int, span: int) -> None:
    why = handed_over_singly([at], major=False, now=now, until=now + span)
    assert why == (("overdue",) if at < now else ("due",) if at <= now + span else ())
