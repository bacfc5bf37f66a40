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
from concierge.domain.ladder import Ladder
from concierge.domain.limit import Limit
from concierge.domain.refusal import Refusal

WARNING = 0
WARNING_ROLE = "concierge"
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class FiredRung:
    """A rung on record: ``due_at`` when it was due, ``told`` whether anybody held its role.

    ``held_until`` is the end of the quiet hours in which it fell due, if those told were not woken.
    """

    rung: int
    due_at: int
    fired_at: int
    told: bool
    acknowledged_at: int | None = None
    held_until: int | None = None


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
    same amount, once a rung; a gap of working days is counted in working days. A notice held back until the
    morning moves them in the same way, from when it was sent. A rung that found nobody makes the next one
    due at its own instant. After the last rung it repeats, daily at opening unless the ladder says how often.

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
        return NextRung(rung, to, _repeat(course.ladder.repeat, _since(last), calendar))
    at = _moved(course, fired, rung, calendar)
    return NextRung(rung, to, at if last.told else min(at, last.due_at))


def _since(last: FiredRung) -> int:
    """From when the next repeat is looked for."""
    return max(last.due_at, last.acknowledged_at or 0, last.held_until or 0)


def _repeat(every: Limit | None, since: int, calendar: Calendar) -> int:
    """When the last rung is told again."""
    return limit_due(every, since, calendar)[0] if every else _next_opening(since, calendar)


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
        at = _step(course, low, max(at, _delay(rows.get(low), rows.get(low + 1))), calendar)
    return at


def _delay(row: FiredRung | None, above: FiredRung | None) -> int:
    """Until when a rung keeps the one above it waiting: signed for, or held back until the morning.

    What happened after the next rung had fired moves nothing any more.
    """
    waits = (row.acknowledged_at, row.held_until) if row is not None else ()
    return max((at for at in waits if at and (above is None or above.fired_at > at)), default=0)


def _step(course: Course, low: int, since: int, calendar: Calendar) -> int:
    """The instant one gap above rung ``low``, were that at ``since``; never before it is planned."""
    before, after = planned(course, low, calendar), planned(course, low + 1, calendar)
    if since <= before:
        # Two gaps are not always their sum: of days, each of them may end on a day of rest and move.
        return after
    gap = _gap(course.ladder, low)
    moved = since + after - before if gap is None else limit_due(gap, since, calendar)[0]
    return max(after, moved)


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


def next_at(
    rung: NextRung, due_at: int, *, breach_recorded: bool, raise_at: int | None = None
) -> int:
    """When a sweep has to look at the clock again.

    At its next rung, to record the breach, or to see whether the matter has become major (``raise_at``).
    """
    at = rung.at if breach_recorded else min(rung.at, due_at)
    return at if raise_at is None else min(at, raise_at)
