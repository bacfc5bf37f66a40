"""``calendar show YEAR``: rest days, make-up working days and special hours, with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape
from concierge.cli.rules import Rules
from concierge.domain.calendar import Calendar
from concierge.language import terms
from concierge.language.dates import MONTHS, full_day

_LISTED = frozenset({"holiday", "make-up", "special", "closed"})


def define(parser: Parser, shape: Shape) -> None:
    """The arguments of every ``calendar`` command."""
    commands = shape.group(parser)
    show = shape.command(commands, "show", shape.t("show a year"), _show)
    show.add_argument("year", type=_year, metavar="YEAR", help=shape.t("such as 2026"))


def _year(text: str) -> int:
    year = int(text)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(text)
    return year


def _show(call: Call) -> int:
    calendar = Rules.read(call.home).calendar
    days = [_day(calendar, day) for day in _days_of(call.args.year)]
    call.answer(days, lambda: _lines(call, days))
    return Exit.DONE


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    count = (date(year, 12, 31) - first).days + 1
    return (first + timedelta(days=step) for step in range(count))


def _day(calendar: Calendar, day: date) -> dict[str, Any]:
    why = calendar.why(day)
    return {
        "date": day.isoformat(),
        "working": calendar.is_working(day),
        "reason": why.code,
        "hours": [f"{_clock(start)}-{_clock(end)}" for start, end in calendar.hours_of(day)],
        "source": why.source,
        "provisional": why.provisional,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _lines(call: Call, days: list[dict[str, Any]]) -> Iterator[str]:
    t = call.t
    working = sum(day["working"] for day in days)
    head = t.plural("{year}: {n} working day", "{year}: {n} working days", working,
                    year=call.args.year)  # fmt: skip
    if any(day["provisional"] for day in days):
        head += " " + t("(provisional: the holidays of this year are not published yet)")
    yield head
    for month, rows in groupby(days, key=lambda day: date.fromisoformat(day["date"]).month):
        kept = list(rows)
        count = sum(day["working"] for day in kept)
        yield t.plural("{month}: {n} working day", "{month}: {n} working days", count,
                       month=t(MONTHS[month - 1]))  # fmt: skip
        for day in kept:
            # A closed weekday without a source is the weekly pattern, not news.
            if day["reason"] in _LISTED and (day["source"] or day["reason"] != "closed"):
                yield _line(call, day)


def _line(call: Call, day: dict[str, Any]) -> str:
    on = date.fromisoformat(day["date"])
    parts = [full_day(call.t, on, on), terms.reason(call.t, day["reason"])]
    if day["reason"] == "special":
        parts.append(call.t(", ").join(day["hours"]))
    if day["source"]:
        parts.append(f"({day['source']})")
    return "  " + "  ".join(parts)
