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
from concierge.domain.limit import Limit
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
    """The instant of a rung of the ladder as the policy has it, before any acknowledgement."""
    if rung == WARNING:
        return course.warn_at
    step = course.ladder.rungs[rung - 1]
    anchor = course.counted_from if step.anchor == "received" else course.due_at
    return limit_due(step.offset, anchor, calendar)[0] if step.offset else anchor


def next_rung(course: Course, fired: Sequence[FiredRung], calendar: Calendar) -> NextRung:
    """The next rung of a running clock; there always is one, for the last repeats until it is met.

    An acknowledgement moves the next rung to max(planned, acknowledged + its gap) and all later ones by the
    same amount, once a rung; a gap of working days is counted in working days. A rung that found nobody
    makes the next one due at its own instant. After the last rung it repeats daily at opening.

    Args:
        course: What the ladder is reckoned from.
        fired: What has fired on this generation; of the repeats the last is enough.
        calendar: The clock's calendar.
    """
    if not fired:
        first = WARNING if course.ladder.warning is not None else WARNING + 1
        return NextRung(first, role_of(course.ladder, first), planned(course, first, calendar))
    last = max(fired, key=lambda row: row.rung)
    rung = last.rung + 1
    to = role_of(course.ladder, rung)
    if rung > len(course.ladder.rungs):
        return NextRung(rung, to, _next_opening(_since(last), calendar))
    at = _moved(course, fired, rung, calendar)
    return NextRung(rung, to, at if last.told else min(at, last.due_at))


def _since(last: FiredRung) -> int:
    """From when the next repeat is looked for."""
    return max(last.due_at, last.acknowledged_at or last.due_at)


def _next_opening(at: int, calendar: Calendar) -> int:
    """The next opening; a desk that never opens again repeats a day later all the same."""
    try:
        return calendar.next_opening(at)
    except Refusal:
        return at + _DAY


def _moved(course: Course, fired: Iterable[FiredRung], rung: int, calendar: Calendar) -> int:
    """A rung's instant with every acknowledgement below it carried up, rung by rung."""
    rows = {row.rung: row for row in fired}
    at = planned(course, min(rows), calendar)
    for low in range(min(rows), rung):
        row, above = rows.get(low), rows.get(low + 1)
        acknowledged = row.acknowledged_at if row is not None else None
        if acknowledged is not None and above is not None and above.fired_at <= acknowledged:
            acknowledged = None  # the next rung had fired by then: nothing was left to move
        at = _step(course, low, max(at, acknowledged or at), calendar)
    return at


def _step(course: Course, low: int, since: int, calendar: Calendar) -> int:
    """The instant one gap above rung ``low``, were that at ``since``."""
    gap = _gap(course.ladder, low)
    if gap is not None:
        return limit_due(gap, since, calendar)[0]
    return since + planned(course, low + 1, calendar) - planned(course, low, calendar)


def _gap(ladder: Ladder, low: int) -> Limit | None:
    """The gap between two rungs in the unit the policy gives it in, if it is the same for both."""
    if low == WARNING:
        return None
    below, above = ladder.rungs[low - 1], ladder.rungs[low]
    if above.offset is None or below.anchor != above.anchor:
        return None
    if below.offset is None:
        return above.offset
    if below.offset.unit != above.offset.unit:
        return None
    return Limit(above.offset.amount - below.offset.amount, above.offset.unit)


def next_at(rung: NextRung, due_at: int, *, breach_recorded: bool) -> int:
    """When a sweep has to look at the clock again: at its next rung, or to record the breach."""
    return rung.at if breach_recorded else min(rung.at, due_at)
