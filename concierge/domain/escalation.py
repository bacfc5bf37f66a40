"""Which rung of a ladder is next on a clock, and when: pure, so that it can be proved.

A rung fires when now is later than its instant. Rungs fire in ascending order: whatever was fired, by time,
by hand or by a raised grade, the next is the one above it, and a warning that was overtaken is not
given any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concierge.domain.calendar import Calendar
from concierge.domain.deadline import limit_due
from concierge.domain.policy import Ladder
from concierge.domain.refusal import Refusal

WARNING = 0
WARNING_ROLE = "concierge"
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class FiredRung:
    """A rung on record: ``due_at`` when it was due, ``told`` whether anybody held its role."""

    rung: int
    due_at: int
    fired_at: int
    told: bool
    acknowledged_at: int | None = None


@dataclass(frozen=True, slots=True)
class NextRung:
    """The rung to come: fires when now > ``at``."""

    rung: int
    to: str
    at: int


@dataclass(frozen=True, slots=True)
class Course:
    """What the ladder of one clock's generation is reckoned from."""

    ladder: Ladder
    counted_from: int
    due_at: int
    warn_at: int


def role_of(ladder: Ladder, rung: int) -> str:
    """Who is told at a rung: the warning goes to the desk, repeats go where the last rung went."""
    if rung == WARNING:
        return WARNING_ROLE
    return ladder.rungs[min(rung, len(ladder.rungs)) - 1].to


def planned(course: Course, rung: int, calendar: Calendar) -> int:
    """The instant of a rung as the ladder has it, before any acknowledgement.

    Rungs above the last repeat daily at opening.
    """
    if rung == WARNING:
        return course.warn_at
    top = len(course.ladder.rungs)
    step = course.ladder.rungs[min(rung, top) - 1]
    anchor = course.counted_from if step.anchor == "received" else course.due_at
    at = limit_due(step.offset, anchor, calendar)[0] if step.offset else anchor
    for _ in range(rung - top):
        at = _next_opening(at, calendar)
    return at


def _next_opening(at: int, calendar: Calendar) -> int:
    """The next opening; a desk that never opens again repeats a day later all the same."""
    try:
        return calendar.next_opening(at)
    except Refusal:
        return at + _DAY


def next_rung(course: Course, fired: Sequence[FiredRung], calendar: Calendar) -> NextRung:
    """The next rung of a running clock; there always is one, for the last repeats until it is met.

    An acknowledgement moves the next rung to max(planned, acknowledged + its gap) and all later ones
    by the same amount, once a rung. A rung that found nobody makes the next one due at its own instant.
    """
    if not fired:
        first = WARNING if course.ladder.warning is not None else WARNING + 1
        return NextRung(first, role_of(course.ladder, first), planned(course, first, calendar))
    last = max(fired, key=lambda row: row.rung)
    rung = last.rung + 1
    at = planned(course, rung, calendar) + _moved(course, fired, calendar)
    if not last.told and rung <= len(course.ladder.rungs):
        at = min(at, last.due_at)
    return NextRung(rung, role_of(course.ladder, rung), at)


def _moved(course: Course, fired: Iterable[FiredRung], calendar: Calendar) -> int:
    """By how many seconds acknowledgements have moved the rungs that are still to come."""
    rows = {row.rung: row for row in fired}
    moved = 0
    for rung in sorted(rows):
        acknowledged = rows[rung].acknowledged_at
        above = rows.get(rung + 1)
        if acknowledged is None or (above is not None and above.fired_at <= acknowledged):
            continue
        due = planned(course, rung + 1, calendar)
        gap = due - planned(course, rung, calendar)
        moved += max(0, acknowledged + gap - (due + moved))
    return moved


def next_at(rung: NextRung, due_at: int, *, breach_recorded: bool) -> int:
    """When a sweep has to look at the clock again: at its next rung, or to record the breach."""
    return rung.at if breach_recorded else min(rung.at, due_at)
