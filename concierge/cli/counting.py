"""Answering one question after a deadline from values: which clocks, when due, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from concierge.cli.call import Call
from concierge.cli.rules import Rules
from concierge.clock import NOW_VARIABLE, SystemClock
from concierge.domain.calendar import Calendar
from concierge.domain.deadline import ClockSpec, DayCount, Promise, binding, explain, promise
from concierge.domain.instants import iso, parse_instant
from concierge.domain.limit import Limit
from concierge.domain.nearness import nearest_first
from concierge.domain.refusal import Refusal
from concierge.domain.ticket import default_agreed_clock

_FILES_KEPT = 64


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a category or a limit, and times as typed."""

    category: str | None
    limit: str | None
    received: str | None = None
    agreed: str | None = None
    calendar: Path | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One clock with the count behind it."""

    kind: str
    promise: Promise
    explanation: tuple[DayCount, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Every clock that would run; times belong to the calendar's zone."""

    received_at: int
    calendar: Calendar
    clocks: tuple[Counted, ...]


def now_of(call: Call) -> int:
    """The present instant; in the home of a rehearsal store the one that CONCIERGE_NOW sets."""
    said = call.environ.get(NOW_VARIABLE, "").strip()
    if said and call.zone is not None:
        from concierge.store.peek import peek

        peeked = peek(call.home)
        if peeked is not None and peeked.rehearsal:
            return parse_instant(said, call.zone)
    return SystemClock().now()


class Counter:
    """Answers questions under one set of rules; a calendar file is read once for all of them."""

    def __init__(self, rules: Rules, now: int) -> None:
        self._rules = rules
        self._now = now
        self._calendar_of = lru_cache(_FILES_KEPT)(rules.calendar_of)
        self._bare = lru_cache(_FILES_KEPT)(self._bare_limit)

    def answer(self, request: Request) -> Answer:
        """The clocks of a category, or the one of a bare limit.

        Raises:
            Refusal: ``category.unknown``, ``limit.bad``, ``time.bad``, ``agreed.*``, ``calendar.*``.
        """
        specs = self._specs(request)
        named = request.calendar
        calendar = self._rules.calendar if named is None else self._calendar_of(named)
        zone = calendar.zone
        received = self._now if request.received is None else parse_instant(request.received, zone)
        agreed = None if request.agreed is None else parse_instant(request.agreed, zone)
        chosen = default_agreed_clock([(spec.kind, spec.by_agreement) for spec in specs])
        clocks = tuple(
            _count(spec, received, agreed if spec.kind == chosen else None, calendar)
            for spec in specs
        )
        return Answer(received, calendar, clocks)

    def _specs(self, request: Request) -> tuple[ClockSpec, ...]:
        if request.category is None:
            assert request.limit is not None
            return (self._bare(request.limit),)
        categories = self._rules.policy.categories
        if request.category not in categories:
            codes = ", ".join(nearest_first(request.category, categories))
            raise Refusal("category.unknown", category=request.category, codes=codes)
        return categories[request.category].clocks

    def _bare_limit(self, text: str) -> ClockSpec:
        return self._rules.policy.spec_for(Limit.parse(text), kind="limit")


def _count(spec: ClockSpec, received: int, agreed_at: int | None, calendar: Calendar) -> Counted:
    given = promise(spec, received, calendar, agreed_at=agreed_at)
    return Counted(spec.kind, given, _explained(spec, received, agreed_at, given, calendar))


def _explained(
    spec: ClockSpec, received: int, agreed_at: int | None, given: Promise, calendar: Calendar
) -> tuple[DayCount, ...]:
    """The count behind a due time; an agreed one rests on nothing but the word given."""
    if agreed_at is not None:
        day = calendar.date_of(given.due_at)
        return (DayCount(day, counted=True, reason="agreed", source=""),)
    return explain(binding(spec, received, calendar), received, calendar)


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer for programs: its keys are a contract."""
    zone = answer.calendar.zone
    return {
        "received_at": iso(answer.received_at, zone),
        "clocks": [
            {
                "kind": clock.kind,
                "due_at": iso(clock.promise.due_at, zone),
                "warn_at": iso(clock.promise.warn_at, zone),
                "provisional": clock.promise.provisional,
                "explanation": [
                    {
                        "date": day.date.isoformat(),
                        "counted": day.counted,
                        "reason": day.reason,
                        "source": day.source,
                    }
                    for day in clock.explanation
                ],
            }
            for clock in answer.clocks
        ],
    }
