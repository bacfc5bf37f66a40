"""Where people who are forgotten are spoken of.

Every text is read before the store is locked, and only those that came since are read under the lock, so that
forgetting keeps no desk waiting however many tickets there are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from concierge.domain.traces import Traces
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


@dataclass(frozen=True, slots=True)
class Sighted:
    """The rows of each table that may speak of people, and the last row of each that was read."""

    traces: Traces
    rows: Mapping[str, frozenset[int]]
    last: Mapping[str, int]


def look(session: Session, traces: Traces) -> Sighted:
    """Read every text of the store: tickets, halves of events, shift notes, calls."""
    last = {table: _last(session, table) for table in _TEXTS}
    return Sighted(traces, {table: _read(session, table, traces) for table in _TEXTS}, last)


def renewed(session: Session, seen: Sighted | None, traces: Traces) -> Sighted:
    """What was seen, and all that was written since; all is read anew once people are known by something else.

    A ticket's texts never change without an event about it.
    """
    if seen is None or seen.traces != traces:
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


def _read(session: Session, table: str, traces: Traces) -> frozenset[int]:
    columns = [_TABLES[table].c[name] for name in _TEXTS[table]]
    rows = session.execute(select(*columns).execution_options(yield_per=_AT_A_TIME))
    return frozenset(number for number, *texts in rows if any(map(traces.in_text, texts)))
