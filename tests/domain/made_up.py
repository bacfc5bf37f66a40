"""Calendars and instants that Hypothesis makes up, crowded around changes of the clock and of the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from concierge.domain.calendar import Calendar, CalendarFile
from concierge.domain.calendar_file import parse_intervals
from tests.domain.oracle import NAMES, Oracle

# Zones with the dates around which something happens to their clocks.
CROWDED = {
    "Asia/Shanghai": [date(2026, 2, 16), date(2026, 12, 30)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Africa/Cairo": [date(2026, 4, 24), date(2026, 10, 29)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],
    "Asia/Kathmandu": [date(2026, 1, 1)],
}
POLICY_HOURS = {name: ["08:00-18:00"] for name in NAMES}


@dataclass(frozen=True)
class Made:
    """A calendar, the oracle for the same files, and a day around which their lists are crowded."""

    raws: list[dict[str, Any]]
    calendar: Calendar
    oracle: Oracle
    base: date


def clock(minutes: int) -> str:
    """Minutes of the day as HH:MM."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def open_hours(draw: st.DrawFn, least: int = 0) -> list[str]:
    """Up to three intervals in quarters of an hour; they may touch."""
    edges = draw(st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True).map(sorted))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    if least and sum(end - start for start, end in spans) * 15 < least:
        spans = [(0, 96)]
    return [f"{clock(start * 15)}-{clock(end * 15)}" for start, end in spans]


@st.composite
def raw_files(draw: st.DrawFn, zone: str, base: date) -> dict[str, Any]:
    """A file as tomllib would read it; Monday is worked four hours, so that time passes."""
    near = st.integers(-12, 20).map(lambda step: (base + timedelta(days=step)).isoformat())
    maybe_open = st.one_of(st.just(list[str]()), open_hours())
    week = draw(st.dictionaries(st.sampled_from(NAMES), maybe_open))
    raw: dict[str, Any] = {
        "timezone": zone,
        "source": draw(st.sampled_from(["notice", "owners' meeting", ""])),
        "rest": draw(st.lists(st.sampled_from(NAMES[1:]), unique=True)),
        "off": draw(st.lists(near, max_size=8)),
        "work": draw(st.lists(near, max_size=5)),
        "special": draw(st.dictionaries(near, maybe_open, max_size=5)),
    }
    if draw(st.booleans()):
        raw["hours"] = week | {"mon": draw(open_hours(240))}
    if draw(st.booleans()):
        raw["verified_through"] = draw(st.integers(2025, 2027))
    return raw


@st.composite
def made_up(draw: st.DrawFn) -> Made:
    """One or two files merged over the policy's hours."""
    zone = draw(st.sampled_from(sorted(CROWDED)))
    base = draw(st.sampled_from(CROWDED[zone]))
    raws = draw(st.lists(raw_files(zone, base), min_size=1, max_size=2))
    hours = {day: parse_intervals(POLICY_HOURS[name]) for day, name in enumerate(NAMES)}
    calendar = Calendar.build([CalendarFile.parse(raw) for raw in raws], zone="UTC", hours=hours)
    return Made(raws, calendar, Oracle(raws, "UTC", POLICY_HOURS), base)


@st.composite
def near(draw: st.DrawFn, made: Made) -> int:
    """An instant within a week of the crowded day, often on a quarter of an hour or beside it."""
    start = datetime(made.base.year, made.base.month, made.base.day, tzinfo=UTC)
    quarter = draw(st.integers(-7 * 96, 7 * 96)) * 900
    return int(start.timestamp()) + quarter + draw(st.sampled_from([0, 0, 1, -1, 437]))
