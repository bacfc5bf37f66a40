"""Deadlines a second, ours against businesstimedelta's: ``python tests/benchmarks/bench_deadline.py``.

Both answer the same question: when do N business minutes run out, from instants spread over two years of
Chinese holidays, Monday to Friday from 08:00 to 18:00. The peer has no words for a make-up working day, so
this calendar has none. It gets its own WorkDayRule and a HolidayRule over a plain set of dates, which it
searches faster than a ``holidays`` object, and localized datetimes ready made; ours gets integer instants as
the store keeps them. Answers are compared before anything is timed.
"""

from __future__ import annotations

import gc
import random
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import businesstimedelta
import pytz  # type: ignore[import-untyped]

from concierge.domain.calendar import Calendar, CalendarFile

DATA = Path(__file__).parents[2] / "data" / "calendars" / "cn"
HOURS = dict.fromkeys(range(7), ((8 * 60, 18 * 60),))
QUESTIONS = (30, 90, 480, 1_800, 4_200)  # business minutes: half an hour to seven working days
FIRST, LAST = date(2024, 7, 1), date(2026, 7, 1)
SEARCHED = 180  # days past the last instant in which the peer must still find a holiday
TARGET = 600


def holidays_only() -> Calendar:
    """The calendar as a property gets it, without its make-up days."""
    files = [
        replace(CalendarFile.parse(tomllib.loads(path.read_text(encoding="utf-8"))), work=())
        for path in sorted(DATA.glob("*.toml"))
    ]
    return Calendar.build(files, zone="UTC", hours=HOURS)


def peers_rules(calendar: Calendar) -> businesstimedelta.Rules:
    """The same days in the peer's words: a work day rule and a holiday rule over a set of dates."""
    zone = pytz.timezone(calendar.zone.key)
    days = (FIRST + timedelta(days=step) for step in range((LAST - FIRST).days + SEARCHED))
    off = {day for day in days if calendar.why(day).code == "holiday"}
    return businesstimedelta.Rules(
        [
            businesstimedelta.WorkDayRule(
                start_time=time(8), end_time=time(18), working_days=[0, 1, 2, 3, 4], tz=zone
            ),
            businesstimedelta.HolidayRule(off, tz=zone),
        ]
    )


def rate(question: Callable[[Any], object], asked: Sequence[Any], rounds: int) -> float:
    """The best of some rounds, in answers a second."""
    best = 0.0
    for _ in range(rounds):
        started = perf_counter()
        for instant in asked:
            question(instant)
        best = max(best, len(asked) / (perf_counter() - started))
    return best


def main() -> int:
    """Compare, time and print; 1 when an answer differs or the ratio is missed."""
    calendar = holidays_only()
    rules = peers_rules(calendar)
    start = int(datetime.combine(FIRST, time(), UTC).timestamp())
    end = int(datetime.combine(LAST, time(), UTC).timestamp())
    chance = random.Random(7)
    instants = [chance.randrange(start, end) for _ in range(100_000)]
    few = instants[:400]
    wall = [datetime.fromtimestamp(at, rules.available_rules[0].tz) for at in few]
    worst = float("inf")
    gc.disable()
    print(f"{'business minutes':>16} {'peer/s':>10} {'ours/s':>12} {'ratio':>8}")
    for minutes in QUESTIONS:
        span = businesstimedelta.BusinessTimeDelta(rules, timedelta=timedelta(minutes=minutes))
        count = calendar.business_counter(minutes * 60)
        for at, local in zip(few, wall, strict=True):
            theirs = int((local + span).timestamp())
            if theirs != count(at):
                print(f"differs at {local}: {theirs} {count(at)}", file=sys.stderr)
                return 1
        peer = rate(span.__radd__, wall, 3)
        ours = rate(count, instants, 7)
        worst = min(worst, ours / peer)
        print(f"{minutes:>16} {peer:>10,.0f} {ours:>12,.0f} {ours / peer:>8,.0f}")
    print(f"worst ratio {worst:,.0f}, wanted {TARGET}; all answers agree")
    return 0 if worst >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
