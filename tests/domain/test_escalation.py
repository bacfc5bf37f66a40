"""Ladders: the rungs of the design as examples, and their laws for any history."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.calendar import Calendar
from concierge.domain.deadline import limit_due, promise
from concierge.domain.escalation import (
    Course,
    FiredRung,
    NextRung,
    next_at,
    next_rung,
    planned,
    role_of,
)
from concierge.domain.ladder import Ladder, Rung
from concierge.domain.limit import Limit
from tests.domain.shipped import calendar, policy

RECEIVED = 1795414380  # Monday 23 November 2026, 14:13 in Shanghai
MINUTE, HOUR = 60, 3600


def course(limit: str, ladder: str | None = None, received: int = RECEIVED) -> Course:
    """The course of a bare limit on its own ladder, or on a named one."""
    spec = policy().spec_for(Limit.parse(limit))
    made = promise(spec, received, calendar())
    return Course(policy().ladders[ladder or spec.ladder], received, made.due_at, made.warn_at)


def local(at: int) -> str:
    """An instant as the desk reads it."""
    return calendar().local(at).strftime("%m-%d %H:%M")


def fired(
    rung: int, due_at: int, *, told: bool = True, acknowledged: int | None = None
) -> FiredRung:
    """A rung on record, fired a second after it was due."""
    return FiredRung(rung, due_at, due_at + 1, told, acknowledged)


def test_the_ladder_of_minutes_warns_at_three_quarters_and_climbs_after_due() -> None:
    on = course("15 minutes")
    assert [local(planned(on, rung, calendar())) for rung in range(1, 4)] == [
        "11-23 14:28",
        "11-23 14:58",
        "11-23 16:28",
    ]
    assert planned(on, 0, calendar()) == RECEIVED + 675
    assert [role_of(on.ladder, rung) for rung in range(5)] == [
        "concierge",
        "supervisor",
        "director",
        "manager",
        "manager",
    ]


def test_the_ladder_of_days_warns_at_the_opening_of_the_last_day() -> None:
    on = course("3 working days")
    assert [local(planned(on, rung, calendar())) for rung in range(4)] == [
        "11-26 08:00",
        "11-26 18:00",
        "11-27 18:00",
        "12-01 18:00",
    ]


def test_a_major_matter_is_told_at_its_reception_and_climbs_at_due() -> None:
    on = course("5 minutes", "major")
    first = next_rung(on, (), calendar())
    assert first == NextRung(1, "supervisor", RECEIVED)
    assert planned(on, 2, calendar()) == on.due_at
    assert planned(on, 3, calendar()) == on.due_at + 2 * HOUR


def repeats(on: Course, last: FiredRung, count: int, days: Calendar | None = None) -> list[int]:
    """The instants of the next rungs when each fires as soon as it is due."""
    instants = []
    for _ in range(count):
        coming = next_rung(on, [last], days or calendar())
        instants.append(coming.at)
        last = fired(coming.rung, coming.at)
    return instants


def test_after_the_last_rung_it_repeats_daily_at_opening_until_met() -> None:
    on = course("15 minutes")
    top = fired(3, planned(on, 3, calendar()))
    assert [local(at) for at in repeats(on, top, 3)] == [
        "11-24 08:00",
        "11-25 08:00",
        "11-26 08:00",
    ]


def test_a_last_rung_exactly_at_opening_repeats_on_the_next_day() -> None:
    opening = 1795478400  # Tuesday 24 November 2026, 08:00
    on = course("15 minutes")
    assert [local(at) for at in repeats(on, fired(3, opening), 1)] == ["11-25 08:00"]


def test_a_repeat_that_was_acknowledged_comes_again_at_the_next_opening_and_not_at_an_odd_hour() -> (
    None
):
    on = course("15 minutes")
    opening = 1795478400
    late = fired(4, opening, acknowledged=opening + 30 * HOUR)
    assert [local(at) for at in repeats(on, late, 2)] == ["11-26 08:00", "11-27 08:00"]
    moved = fired(3, opening - 3 * HOUR, acknowledged=opening - 2 * HOUR)
    assert [local(at) for at in repeats(on, moved, 1)] == ["11-24 08:00"]


def test_a_desk_that_never_opens_repeats_every_day_all_the_same() -> None:
    closed = Calendar.build([], zone="Asia/Shanghai", hours={})
    on = course("15 minutes")
    top = planned(on, 3, closed)
    assert repeats(on, fired(3, top), 2, closed) == [top + 86_400, top + 2 * 86_400]


def test_a_gap_of_working_days_is_counted_in_working_days_from_the_acknowledgement() -> None:
    # Received Wednesday 30 September 2026, 16:00; due on the make-up Saturday, 10 October, 18:00.
    on = course("3 working days", received=1790755200)
    assert local(on.due_at) == "10-10 18:00"
    monday = on.due_at + 39 * HOUR
    assert local(monday) == "10-12 09:00"
    history = [fired(1, on.due_at, acknowledged=monday)]
    director = next_rung(on, history, calendar())
    assert (director.to, local(director.at)) == ("director", "10-13 18:00")
    history.append(fired(2, director.at))
    assert local(next_rung(on, history, calendar()).at) == "10-15 18:00"


def test_a_gap_between_unlike_units_is_counted_in_real_time() -> None:
    ladder = Ladder(
        "own",
        (),
        None,
        (
            Rung("supervisor", "due", Limit.parse("2 hours")),
            Rung("director", "due", Limit.parse("1 working day")),
        ),
    )
    on = Course(ladder, RECEIVED, RECEIVED + HOUR, RECEIVED)
    first, second = planned(on, 1, calendar()), planned(on, 2, calendar())
    late = first + HOUR
    moved = next_rung(on, [fired(1, first, acknowledged=late)], calendar())
    assert moved.at == late + second - first


def test_an_acknowledgement_moves_the_next_rung_by_its_gap_and_the_later_ones_with_it() -> None:
    on = course("15 minutes")
    late = on.due_at + 20 * MINUTE
    history = [fired(1, on.due_at, acknowledged=late)]
    assert next_rung(on, history, calendar()) == NextRung(2, "director", late + 30 * MINUTE)
    history.append(fired(2, late + 30 * MINUTE))
    assert next_rung(on, history, calendar()).at == on.due_at + 2 * HOUR + 20 * MINUTE


def test_a_warning_that_was_acknowledged_late_leaves_the_whole_gap_up_to_due() -> None:
    on = course("15 minutes")
    late = on.warn_at + 2 * MINUTE
    history = [fired(0, on.warn_at, acknowledged=late)]
    gap = on.due_at - on.warn_at
    assert next_rung(on, history, calendar()) == NextRung(1, "supervisor", late + gap)


def test_a_gap_from_reception_to_due_is_counted_in_real_time() -> None:
    on = course("5 minutes", "major")
    late = RECEIVED + 2 * MINUTE
    history = [fired(1, RECEIVED, acknowledged=late)]
    assert next_rung(on, history, calendar()) == NextRung(2, "director", late + 5 * MINUTE)


def test_an_offset_from_due_is_not_the_gap_to_a_rung_at_reception() -> None:
    rungs = (Rung("supervisor", "received", None), Rung("manager", "due", Limit.parse("2 hours")))
    on = Course(Ladder("own", (), None, rungs), RECEIVED, RECEIVED + HOUR, RECEIVED)
    late = RECEIVED + 20 * MINUTE
    history = [fired(1, RECEIVED, acknowledged=late)]
    assert next_rung(on, history, calendar()) == NextRung(2, "manager", late + 3 * HOUR)


def test_an_acknowledgement_never_brings_a_rung_forward() -> None:
    on = course("15 minutes")
    history = [fired(1, on.due_at, acknowledged=on.due_at)]
    assert next_rung(on, history, calendar()).at == on.due_at + 30 * MINUTE


def test_an_acknowledgement_after_the_next_rung_fired_moves_nothing() -> None:
    on = course("15 minutes")
    second = on.due_at + 30 * MINUTE
    history = [fired(1, on.due_at, acknowledged=second + HOUR), fired(2, second)]
    assert next_rung(on, history, calendar()).at == on.due_at + 2 * HOUR


def test_a_rung_that_found_nobody_makes_the_next_one_due_at_once() -> None:
    on = course("15 minutes")
    assert next_rung(on, [fired(1, on.due_at, told=False)], calendar()) == NextRung(
        2, "director", on.due_at
    )


def test_repeats_that_find_nobody_wait_for_the_next_opening_all_the_same() -> None:
    on = course("15 minutes")
    top = on.due_at + 2 * HOUR
    assert local(next_rung(on, [fired(3, top, told=False)], calendar()).at) == "11-24 08:00"


def test_a_warning_that_was_overtaken_is_not_given_any_more() -> None:
    on = course("15 minutes")
    by_hand = [fired(1, RECEIVED)]
    assert next_rung(on, by_hand, calendar()) == NextRung(2, "director", on.due_at + 30 * MINUTE)


def test_the_sweep_looks_at_due_even_when_the_rung_comes_later() -> None:
    rung = NextRung(2, "director", 2_000)
    assert next_at(rung, 1_000, breach_recorded=False) == 1_000
    assert next_at(rung, 1_000, breach_recorded=True) == 2_000
    assert next_at(NextRung(0, "concierge", 500), 1_000, breach_recorded=False) == 500


LIMITS = st.sampled_from(
    ["5 minutes", "15 minutes", "8 hours", "24 hours", "2 days", "1 working day", "7 working days"]
)
INSTANTS = st.integers(min_value=1672531200, max_value=1798675200)


@given(limit=LIMITS, received=INSTANTS, ladder=st.sampled_from([None, "major"]))
def test_rungs_never_come_out_of_order(limit: str, received: int, ladder: str | None) -> None:
    on = course(limit, ladder, received)
    first = 1 if on.ladder.warning is None else 0
    instants = [planned(on, rung, calendar()) for rung in range(first, 4)]
    later = repeats(on, fired(3, instants[-1]), 5)
    assert instants == sorted(instants)
    assert all(a < b for a, b in pairwise([instants[-1], *later]))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Course, list[FiredRung]]:
    """A course and what happened on it: rungs fired late, told or not, acknowledged or not."""
    on = course(draw(LIMITS), draw(st.sampled_from([None, "major"])), draw(INSTANTS))
    rows: list[FiredRung] = []
    now = on.counted_from
    for _ in range(draw(st.integers(0, 5))):
        coming = next_rung(on, rows, calendar())
        now = max(now, coming.at) + draw(st.integers(1, 7_200))
        rows.append(FiredRung(coming.rung, coming.at, now, draw(st.booleans())))
        if draw(st.booleans()):
            now += draw(st.integers(0, 100_000))
            nth = draw(st.integers(0, len(rows) - 1))
            if rows[nth].acknowledged_at is None:
                rows[nth] = replace(rows[nth], acknowledged_at=now)
    return on, rows


def stepped(on: Course, rows: list[FiredRung]) -> int:
    """The oracle, from the words of the rule: by steps of a minute, and with one shift carried along."""
    last = max(rows, key=lambda row: row.rung)
    if last.rung >= 3:
        at = max(last.due_at, last.acknowledged_at or 0) + 1
        while calendar().opening(calendar().date_of(at)) != at:
            at += 1 if at % MINUTE else MINUTE
        return at
    shift = 0
    for row in sorted(rows, key=lambda row: row.rung):
        here, above = planned(on, row.rung, calendar()), planned(on, row.rung + 1, calendar())
        took_over = next((r for r in rows if r.rung == row.rung + 1), None)
        waited = took_over is None or took_over.fired_at > (row.acknowledged_at or 0)
        if row.acknowledged_at is not None and waited:
            shift = max(above + shift, row.acknowledged_at + above - here) - above
    at = planned(on, last.rung + 1, calendar()) + shift
    return at if last.told else min(at, last.due_at)


@given(histories())
def test_the_next_rung_is_what_walking_the_record_gives(
    made: tuple[Course, list[FiredRung]],
) -> None:
    on, rows = made
    if rows and (on.ladder.name != "days" or max(row.rung for row in rows) >= 3):
        coming = next_rung(on, rows, calendar())
        assert coming.at == stepped(on, rows)
        assert coming.to == role_of(on.ladder, coming.rung)


@given(histories())
def test_there_is_always_a_next_rung_one_above_the_last(
    made: tuple[Course, list[FiredRung]],
) -> None:
    on, rows = made
    coming = next_rung(on, rows, calendar())
    assert coming.rung == (max(r.rung for r in rows) + 1 if rows else coming.rung)
    assert coming.at >= on.counted_from


@pytest.mark.parametrize("offset", ["30 minutes", "2 hours", "1 working day", "2 days"])
def test_an_offset_is_counted_like_a_limit_from_due(offset: str) -> None:
    ladder = Ladder("own", (), None, (Rung("supervisor", "due", Limit.parse(offset)),))
    on = Course(ladder, RECEIVED, RECEIVED + HOUR, RECEIVED)
    want, _ = limit_due(Limit.parse(offset), on.due_at, calendar())
    assert next_rung(on, (), calendar()) == NextRung(1, "supervisor", want)
