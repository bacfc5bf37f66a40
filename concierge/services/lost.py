"""Lost at handover: open when a shift ended, acknowledged by nobody who took over, and broken after that."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy
from sqlmodel import Session, SQLModel

from concierge.services.figures import Breach
from concierge.services.log_reading import state_after
from concierge.store.batches import batches
from concierge.store.tables import Event, Handover, HandoverMatter, Shift

_TABLES = SQLModel.metadata.tables
_EVENT, _SHIFT, _HANDOVER, _MATTER = (
    _TABLES[str(each.__tablename__)] for each in (Event, Shift, Handover, HandoverMatter)
)
_UNRELIEVED = ("absent", "alone")
_BREACHED = "clock.breached"


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a shift: its last event, and how it ended."""

    last_event: int
    shift: int
    how: str | None


def lost_at_handover(session: Session, breaches: Iterable[Breach]) -> list[Breach]:
    """Which of these broken promises, in the order of the log, were lost at the handover before them.

    A matter counts once for the handover at which it was lost: with the first promise broken after it.
    Only the last handover before the breach counts, for whoever acknowledged the matter there had it.
    """
    found: list[Breach] = []
    by_desk: defaultdict[str, list[Breach]] = defaultdict(list)
    for breach in breaches:
        by_desk[breach.matter.desk].append(breach)
    for desk, some in by_desk.items():
        ends = _ends(session, desk, max(breach.event_id for breach in some))
        lasts = [end.last_event for end in ends]
        after = ((breach, bisect_left(lasts, breach.event_id)) for breach in some)
        pairs = [(breach, ends[nth - 1]) for breach, nth in after if nth]
        found += _lost(session, [pair for pair in pairs if pair[1].how in _UNRELIEVED])
    return found


def _ends(session: Session, desk: str, until: int) -> list[_End]:
    row = _SHIFT.c
    asked = (
        sqlalchemy.select(row.last_event, row.id, row.ended_how)
        .where(row.desk == desk, row.last_event < until)
        .order_by(row.last_event)
    )
    return [_End(*each) for each in session.execute(asked)]


def _lost(session: Session, pairs: Sequence[tuple[Breach, _End]]) -> list[Breach]:
    taken = _acknowledged(session, {end.shift for _, end in pairs})
    left = [(breach, end) for breach, end in pairs if (end.shift, breach.ticket_id) not in taken]
    past = _history(session, {breach.ticket_id for breach, _ in left})
    found, counted = [], set()
    for breach, end in left:
        key = (end.shift, breach.ticket_id)
        if key not in counted and past[breach.ticket_id].was_lost(end.last_event, breach.event_id):
            found.append(breach)
        counted.add(key)
    return found


def _acknowledged(session: Session, shifts: Iterable[int]) -> set[tuple[int, int]]:
    """Shift and ticket of every matter that somebody acknowledged in the signed handover of the shift."""
    found: set[tuple[int, int]] = set()
    for ids in batches(shifts):
        asked = (
            sqlalchemy.select(_HANDOVER.c.shift_id, _MATTER.c.ticket_id)
            .join(_MATTER, _MATTER.c.handover_id == _HANDOVER.c.id)
            .where(_HANDOVER.c.shift_id.in_(ids), _HANDOVER.c.state == "signed")
            .where(_HANDOVER.c.state != "dropped")  # names the index of these
        )
        found |= {(shift, ticket) for shift, ticket in session.execute(asked)}
    return found


class _Past:
    """What the log says of one ticket: when its promises were broken, and its state after each act."""

    def __init__(self) -> None:
        self.broken: list[int] = []
        self.states: list[tuple[int, str]] = []

    def was_lost(self, end: int, breach: int) -> bool:
        """Whether it was open at an event, and ``breach`` is the first promise broken after that."""
        state = next((state for event, state in reversed(self.states) if event <= end), None)
        return state == "open" and not any(end < event < breach for event in self.broken)


def _history(session: Session, tickets: Iterable[int]) -> dict[int, _Past]:
    row = _EVENT.c
    found: defaultdict[int, _Past] = defaultdict(_Past)
    for ids in batches(tickets):
        asked = (
            sqlalchemy.select(row.id, row.ticket_id, row.kind, row.data)
            .where(row.ticket_id.in_(ids), row.kind.like("ticket.%") | (row.kind == _BREACHED))
            .order_by(row.id)
        )
        for event_id, ticket_id, kind, data in session.execute(asked):
            past = found[ticket_id]
            if kind == _BREACHED:
                past.broken.append(event_id)
            elif (state := state_after(data)) is not None:
                past.states.append((event_id, state))
    return found
