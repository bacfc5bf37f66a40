"""Where days begin in the log: a day of a desk that keeps shifts is made of whole shifts.

The figures of signed summaries therefore add up to the day's, the week's and the month's.

What is recorded while nobody is on duty belongs to the next shift, which looks after it, and so to that
shift's day. Which day that is nobody knows before it starts: until then it counts on the day of the clock. So
the figures of a day on which nobody was on duty may move once, when somebody comes; a day of whole shifts
never changes.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlmodel import Session, SQLModel

from concierge.domain.period import day_of
from concierge.domain.shift import ShiftRules, day_starts
from concierge.store.log_sql import BEFORE, TOP
from concierge.store.tables import Shift

_SHIFT = SQLModel.metadata.tables[str(Shift.__tablename__)]
_BEFORE = sqlalchemy.text(BEFORE)


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift as far as its place in the log goes."""

    id: int
    started_at: int
    first_event: int
    last_event: int | None


class Boundaries:
    """The boundaries of one desk: up to which event things belong before an instant.

    A boundary never lies before that of an earlier instant, so that periods that adjoin share nothing and miss
    nothing, whatever the clock did.

    Args:
        session: A session on one state of the store.
        desk: The desk's name.
        rules: When shifts change; None where the policy plans none.
        zone: The property's.
        since: The earliest instant that is asked for.
        head: The last event there is.
    """

    def __init__(
        self,
        session: Session,
        desk: str,
        *,
        rules: ShiftRules | None,
        zone: ZoneInfo,
        since: int,
        head: int,
    ) -> None:
        self._session, self._head = session, head
        self._early = rules.early if rules else 0
        row = _SHIFT.c
        asked = sqlalchemy.select(row.id, row.started_at, row.first_event, row.last_event).where(
            row.desk == desk
        )
        later = asked.where(row.started_at >= since - self._early)
        turns = [Turn(*each) for each in session.execute(later.order_by(row.started_at, row.id))]
        self._starts = [turn.started_at for turn in turns]
        # Of the shifts from a place on, the one that was started first: whatever its clock said.
        self._first_from = list(accumulate(reversed(turns), _earlier))[::-1]
        oldest = session.execute(asked.order_by(row.id).limit(1)).first()
        latest = session.execute(asked.order_by(row.id.desc()).limit(1)).first()
        self._oldest = Turn(*oldest) if oldest is not None else None
        self._latest = Turn(*latest) if latest is not None else None
        self._first_day = 0
        if self._oldest is not None:
            day = day_of(rules, self._oldest.started_at + self._early, zone)
            self._first_day = day_starts(rules, day, zone)

    def at(self, instant: int) -> int:
        """The id of the last event that belongs before an instant."""
        nth = bisect_left(self._starts, instant - self._early)
        if nth < len(self._first_from):
            turn = self._first_from[nth]
            # Whatever a desk did before its first shift goes by the clock; that shift's day begins with it.
            if turn != self._oldest or instant >= self._first_day:
                return turn.first_event
            return min(turn.first_event, self._recorded(instant))
        if self._latest is None:
            return self._recorded(instant)
        if self._latest.last_event is None:
            return self._head
        return max(self._latest.last_event, self._recorded(instant))

    def _recorded(self, instant: int) -> int:
        return recorded_before(self._session, instant)


def recorded_before(session: Session, instant: int) -> int:
    """The id of the last event that was recorded before an instant, 0 without any; however long the log is."""
    return int(session.execute(_BEFORE, {"top": TOP, "instant": instant}).scalar() or 0)


def _earlier(one: Turn, other: Turn) -> Turn:
    return one if one.id < other.id else other


def edges(rules: ShiftRules | None, first: date, days: int, zone: ZoneInfo) -> tuple[int, ...]:
    """The instants at which days in a row begin, and the one at which the last of them ends."""
    return tuple(day_starts(rules, first + timedelta(days=nth), zone) for nth in range(days + 1))
