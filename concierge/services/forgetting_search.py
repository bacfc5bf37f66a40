"""Where people who are forgotten are spoken of.

Every text is read before the store is locked, and only those that came since are read under the lock, so that
forgetting keeps no desk waiting however many tickets there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import ColumnElement, Select, String, func, literal, select
from sqlmodel import Session, SQLModel, col

from concierge.domain.trace_hints import SEPARATOR, Hints
from concierge.domain.traces import Traces
from concierge.store.batches import batches
from concierge.store.tables import Event, EventPersonal, PhoneCall, ShiftNote, Ticket

SAID = ("words", "place", "caller", "phone", "consent", "late_reason")
"""What people said on a ticket."""
TICKETS, HALVES, NOTES, CALLS = (
    str(table.__tablename__) for table in (Ticket, EventPersonal, ShiftNote, PhoneCall)
)
_TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {TICKETS: ("id", *SAID), HALVES: ("event_id", "payload"), NOTES: ("id", "text", "unit"),
     CALLS: ("id", "whom")}
)  # fmt: skip
"""By table: what tells a row, and its texts."""
_TABLES = SQLModel.metadata.tables
_EVENT = _TABLES[str(Event.__tablename__)].c
_AT_A_TIME = 2000
Tell = Callable[[int, int], object]
"""Takes how many texts were read, and of how many."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """The rows of each table that may speak of people, and the last row of each that was read."""

    traces: Traces
    rows: Mapping[str, frozenset[int]]
    last: Mapping[str, int]


def look(session: Session, traces: Traces, tell: Tell | None = None) -> Sighted:
    """Read every text of the store: tickets, halves of events, shift notes, calls.

    Args:
        session: A session on the store.
        traces: By what people are known in texts that are not about their flat.
        tell: Told every few thousand texts, in the thread that works.
    """
    last = {table: _last(session, table) for table in _TEXTS}
    reading = _Reading(session, traces, tell, sum(last.values()))
    return Sighted(traces, {table: reading.read(table) for table in _TEXTS}, last)


def renewed(session: Session, seen: Sighted, traces: Traces) -> Sighted:
    """What was seen, and all that was written since; all is read anew once people are known by something else.

    A ticket's texts never change without an event about it.
    """
    if seen.traces != traces:
        return look(session, traces)
    rows = {
        table: found | _since(session, table, seen.last[table])
        for table, found in seen.rows.items()
    }
    touched = select(_EVENT.ticket_id).where(
        _EVENT.id > seen.last[HALVES], _EVENT.ticket_id.is_not(None)
    )
    rows[TICKETS] |= frozenset(session.execute(touched).scalars())
    return Sighted(traces, rows, seen.last)


def is_told(ticket: Ticket, traces: Traces) -> bool:
    """Whether another ticket tells them: by a number, beside their unit, by name where it is of nobody."""
    texts = [getattr(ticket, name) for name in SAID]
    return any(map(traces.tells, texts)) or (
        ticket.unit is None and any(map(traces.in_text, texts))
    )


def seen_halves(
    session: Session, numbers: AbstractSet[int]
) -> Iterator[tuple[EventPersonal, Event]]:
    """The halves of those events, with the events."""
    asked = select(EventPersonal, Event).join(Event, col(Event.id) == EventPersonal.event_id)
    for some in batches(numbers):
        rows = session.execute(asked.where(col(EventPersonal.event_id).in_(some)))
        yield from ((half, event) for half, event in rows)


def owner_of(half: EventPersonal, data: str) -> int | None:
    """The household whose file a half is about, if any; of old ones only the event's data says it."""
    if half.household_id is not None:
        return half.household_id
    owner: int | None = json.loads(data).get("household_id")
    return owner


def _last(session: Session, table: str) -> int:
    return int(session.execute(select(func.max(_TABLES[table].c[_TEXTS[table][0]]))).scalar() or 0)


def _since(session: Session, table: str, last: int) -> frozenset[int]:
    number = _TABLES[table].c[_TEXTS[table][0]]
    return frozenset(session.execute(select(number).where(number > last)).scalars())


class _Reading:
    """One look through every text."""

    def __init__(self, session: Session, traces: Traces, tell: Tell | None, total: int) -> None:
        self._session, self._traces, self._tell = session, traces, tell
        self._hints = Hints.of(traces)
        self._done, self._total = 0, total

    def read(self, table: str) -> frozenset[int]:
        """The rows of a table that may speak of them."""
        number, *texts = (_TABLES[table].c[name] for name in _TEXTS[table])
        asked = select(number, _joined(*texts)).order_by(number).limit(_AT_A_TIME)
        found: set[int] = set()
        last = -1
        while rows := self._rows(asked.where(number > last)):
            ids, said = zip(*rows, strict=True)
            found.update(
                ids[place]
                for place in self._hints.rows(said)
                if self._traces.is_worth_a_look(said[place])
            )
            last = ids[-1]
            self._done += len(rows)
            if self._tell is not None:
                self._tell(min(self._done, self._total), self._total)
        return frozenset(found)

    def _rows(self, asked: Select[tuple[int, str]]) -> list[tuple[int, str]]:
        """Id and text as the driver gives them: rows of SQLAlchemy's own cost as much as all the rest."""
        result = self._session.connection().execute(asked)
        assert result.cursor is not None
        rows: list[tuple[int, str]] = result.cursor.fetchall()  # type: ignore[assignment]
        result.close()
        return rows


def _joined(*texts: ColumnElement[str]) -> ColumnElement[str]:
    """A row's texts as one, each on a line of its own: nothing that tells somebody goes over a line."""
    joined: ColumnElement[str] = func.coalesce(texts[0], literal("", String))
    for text in texts[1:]:
        joined = joined + SEPARATOR + func.coalesce(text, literal("", String))
    return joined
