"""Every ladder against the reckoner: minutes and days, nights, holidays, make-up days, changes of clock."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.calendar import Calendar, CalendarFile
from concierge.domain.calendar_file import parse_intervals
from concierge.domain.deadline import ClockSpec, promise
from concierge.domain.escalation import Course, FiredRung, next_rung
from concierge.domain.instants import parse_instant
from concierge.domain.ladder import Ladder, Rung
from concierge.domain.limit import Limit, Unit
from concierge.domain.quiet import QuietHours, quiet_until
from tests.domain.ladder_oracle import Promised, Step, Told, awake_at, next_told, role
from tests.domain.oracle import NAMES, Oracle, first_showing
from tests.domain.shipped import DATA

EXAMPLES = int(os.environ.get("TEST_LADDER_EXAMPLES", "400"))
HOURS = {name: ["08:00-18:00"] for name in NAMES}
BERLIN = {
    "timezone": "Europe/Berlin",
    "source": "Feiertage",
    "rest": ["sat", "sun"],
    "off": ["2026-04-03", "2026-04-06", "2026-12-25/2026-12-26"],
    "hours": {name: ["07:00-12:00", "13:00-18:00"] for name in NAMES[:5]} | {"sat": ["09:00-13:00"]},
    "verified_through": 2026,
}  # fmt: skip
# Around what do things happen: the evenings before a festival, a make-up Saturday, a change of the clock.
CROWDED = {
    "Asia/Shanghai": ["2026-02-12T18:00", "2026-09-29T18:00", "2026-10-09T18:00", "2026-12-30T18:00"],
    "Europe/Berlin": ["2026-03-28T20:00", "2026-04-02T17:00", "2026-10-24T20:00", "2026-12-23T12:00"],
}  # fmt: skip
MINUTES = (
    Step("supervisor"),
    Step("director", "due", 30, "minutes"),
    Step("manager", "due", 2, "hours"),
)
DAYS = (Step("supervisor"), Step("director", "due", 1, "working days"),
        Step("manager", "due", 3, "working days"))  # fmt: skip
MAJOR = (Step("supervisor", "received"), Step("director"), Step("manager", "due", 2, "hours"))
OWN = (
    (Step("supervisor", "due", 45, "minutes"), Step("director", "due", 5, "hours"),
     Step("director", "due", 1, "working days"), Step("manager", "due", 4, "working days")),
    (Step("supervisor"), Step("director", "due", 1, "days"), Step("manager", "due", 3, "days")),
    (Step("supervisor"), Step("director", "due", 90, "business minutes"),
     Step("manager", "due", 700, "business minutes")),
    (Step("manager"),),
)  # fmt: skip
LADDERS = {"minutes": MINUTES, "days": DAYS, "major": MAJOR}
LIMITS = ("5 minutes", "15 minutes", "30 minutes", "8 hours", "24 hours", "90 business minutes", "2 days",
          "1 working day", "2 working days", "3 working days", "7 working days")  # fmt: skip
NIGHT = (22 * 60, 7 * 60 + 30)
RANKS = ("concierge", "supervisor", "director", "manager")


@dataclass(frozen=True)
class Case:
    """The same promise as the reckoner has it and as the code has it."""

    on: Promised
    course: Course
    days: Oracle
    calendar: Calendar
    zone: str
    wakes: bool  # always, or major: nobody is left to sleep


@cache
def desk(zone: str) -> tuple[Oracle, Calendar]:
    """The days of a zone, twice."""
    files = sorted((DATA / "calendars" / "cn").glob("*.toml"))
    cn = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    raws = cn if zone == "Asia/Shanghai" else [BERLIN]
    hours = {day: parse_intervals(HOURS[name]) for day, name in enumerate(NAMES)}
    calendar = Calendar.build([CalendarFile.parse(raw) for raw in raws], zone=zone, hours=hours)
    return Oracle(raws, zone, HOURS), calendar


def ladder_of(on: Promised, top: str | None) -> Ladder:
    """The ladder as the policy would hold it, up to its top."""
    rungs = tuple(
        Rung(step.to, step.anchor, Limit(step.amount, Unit(step.unit)) if step.amount else None)
        for step in on.steps
    )
    every = Limit(on.repeat[0], Unit(on.repeat[1])) if on.repeat else None
    return Ladder("own", (), 0 if on.warned else None, rungs, every).up_to(top)


def shanghai(text: str) -> int:
    """An instant by the wall of Shanghai."""
    return parse_instant(text, ZoneInfo("Asia/Shanghai"))


def berlin(text: str) -> int:
    """An instant by the wall of Berlin."""
    return parse_instant(text, ZoneInfo("Europe/Berlin"))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A limit or an agreed time that somebody was promised near a crowded evening, on some ladder."""
    zone = draw(st.sampled_from(sorted(CROWDED)))
    days, calendar = desk(zone)
    start = parse_instant(draw(st.sampled_from(CROWDED[zone])), ZoneInfo(zone))
    received = (
        start + draw(st.integers(-3 * 96, 3 * 96)) * 900 + draw(st.sampled_from([0, 0, 1, -1, 437]))
    )
    limit = Limit.parse(draw(st.sampled_from(LIMITS)))
    by_days = limit.unit in {Unit.DAYS, Unit.WORKING_DAYS}
    major = draw(st.booleans())
    steps = draw(st.sampled_from([MAJOR if major else DAYS if by_days else MINUTES, *OWN]))
    due = days.due(limit.amount, limit.unit.value, received)[0]
    warn = (
        opening_of_last_day(days, received, due)
        if by_days
        else received + (due - received) * 3 // 4
    )
    spec = ClockSpec("resolve", limit, warning=0 if by_days else 75)
    agreed, since = None, None
    if draw(st.booleans()):
        agreed = draw(st.integers(received + 1, due))
        since = draw(st.integers(received, agreed))
        warn, due = agreed - min((agreed - since) // 4, 86_400), agreed
    given = promise(spec, received, calendar, agreed_at=agreed, agreed_from=since)
    assert (given.due_at, given.warn_at) == (due, warn)
    repeat = draw(st.sampled_from([None, None, (2, "hours"), (1, "working days")]))
    on = Promised(
        steps, warned=steps is not MAJOR, received=received, due=due, warn=warn, repeat=repeat
    )
    top = draw(st.sampled_from([None, None, "director", "manager"]))
    ladder = ladder_of(on, top)
    if ladder.rungs and top:
        on = replace(on, steps=tuple(s for s in steps if RANKS.index(s.to) <= RANKS.index(top)))
    else:
        ladder = ladder_of(on, None)
    return Case(on, Course(ladder, received, due, warn), days, calendar, zone, draw(st.booleans()))


def opening_of_last_day(days: Oracle, received: int, due: int) -> int:
    """The warning of a promise in days."""
    day = days.date_of(due - 1)
    return max(received, first_showing(day, days.open_hours(day)[0][0], days.zone))


def both(case: Case, rows: list[Told]) -> tuple[int, str, int]:
    """The next rung, on which reckoner and code agree."""
    record = [FiredRung(r.rung, r.due, r.fired, r.people, r.signed, r.held) for r in rows]
    coming = next_rung(case.course, record, case.calendar)
    wanted = next_told(case.on, rows, case.days)
    assert (coming.rung, coming.to, coming.at) == wanted, rows
    return wanted


def held(case: Case, to: str, at: int) -> int | None:
    """Until when the night keeps a notice, on which reckoner and code agree."""
    quiet = QuietHours(*NIGHT, roles=("director", "manager"))
    asleep = to in quiet.roles and not case.wakes
    wanted = awake_at(NIGHT if asleep else None, at, case.zone)
    assert quiet_until(None if case.wakes else quiet, to, at, ZoneInfo(case.zone)) == wanted
    return wanted


@settings(max_examples=EXAMPLES)
@given(st.data(), cases())
def test_whatever_happens_on_a_ladder_the_next_rung_is_the_reckoner_s(
    data: st.DataObject, case: Case
) -> None:
    rows: list[Told] = []
    now = case.on.received
    for _ in range(data.draw(st.integers(1, 7))):
        rung, to, at = both(case, rows)
        if rung and data.draw(st.integers(0, 4)) == 0 and at > now:
            now = at = data.draw(st.integers(now, at))  # by hand, before its time
        else:
            now = max(now, at) + data.draw(st.sampled_from([1, 1, 61, 3_600, 40_000, 200_000]))
        assert role(case.on, rung) == to
        people = data.draw(st.integers(0, 3)) > 0
        rows.append(Told(rung, at, now, people, held=held(case, to, at) if people else None))
        if data.draw(st.booleans()):
            now += data.draw(st.sampled_from([0, 1, 600, 5_000, 30_000, 100_000, 400_000]))
            nth = data.draw(st.integers(0, len(rows) - 1))
            if rows[nth].signed is None:
                rows[nth] = replace(rows[nth], signed=now)
    both(case, rows)
    # Of the repeats the last is enough.
    top = len(case.on.steps)
    over = [row for row in rows if row.rung > top]
    assert both(case, [row for row in rows if row.rung <= top] + over[-1:]) == both(case, rows)


def test_the_reckoner_knows_the_ladders_of_the_design_by_heart() -> None:
    days, _ = desk("Asia/Shanghai")
    said, due = (
        shanghai("2026-10-08T09:00"),
        shanghai("2026-10-12T18:00"),
    )  # the Saturday between is worked
    assert days.due(3, "working days", said)[0] == due
    on = Promised(DAYS, warned=True, received=said, due=due, warn=shanghai("2026-10-12T08:00"))
    warned = Told(0, on.warn, on.warn + 1)
    told = Told(1, due, due + 1, signed=shanghai("2026-10-14T09:00"))
    assert next_told(on, [warned], days) == (1, "supervisor", due)
    assert next_told(on, [warned, told], days) == (2, "director", shanghai("2026-10-15T18:00"))
    second = Told(2, shanghai("2026-10-15T18:00"), shanghai("2026-10-15T18:01"))
    nobody = replace(second, people=False)
    assert next_told(on, [warned, told, nobody], days) == (3, "manager", second.due)
    assert next_told(on, [warned, told, second], days)[2] == shanghai("2026-10-19T18:00")
    last = Told(3, shanghai("2026-10-19T18:00"), shanghai("2026-10-19T18:01"))
    rows = [warned, told, second, last]
    assert next_told(on, rows, days) == (4, "manager", shanghai("2026-10-20T08:00"))


def test_days_after_due_are_each_counted_from_due_as_long_as_nobody_signed() -> None:
    days, calendar = desk("Europe/Berlin")
    friday, monday = berlin("2026-06-12T18:00"), berlin("2026-06-15T18:00")
    on = Promised(OWN[1], warned=True, received=friday - 86_400, due=friday, warn=friday - 3_600)
    course = Course(ladder_of(on, None), on.received, on.due, on.warn)
    case = Case(on, course, days, calendar, "Europe/Berlin", wakes=False)
    rows = [Told(1, friday, friday + 1)]
    assert both(case, rows) == (2, "director", monday)
    # Three days after Friday are Monday as well: from the director's Monday nothing is counted.
    assert both(case, [*rows, Told(2, monday, monday + 1)]) == (3, "manager", monday)


@pytest.mark.parametrize(
    ("instant", "morning"),
    [("2026-03-29T21:59:59", None), ("2026-03-28T22:00", "2026-03-29T07:30"),
     ("2026-03-29T03:30", "2026-03-29T07:30"), ("2026-10-25T07:29:59", "2026-10-25T07:30")],
)  # fmt: skip
def test_the_reckoner_wakes_people_by_the_wall(instant: str, morning: str | None) -> None:
    wanted = berlin(morning) if morning else None
    assert awake_at(NIGHT, berlin(instant), "Europe/Berlin") == wanted
