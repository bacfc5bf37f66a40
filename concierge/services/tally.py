"""Reading a stretch of the log once, and counting it: for a shift, a day, a week or a month alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlmodel import Session, SQLModel

from concierge.services.figures import Breach, Matter, Rung, Tally
from concierge.services.log_reading import (
    COUNTED,
    DECODERS,
    TOLD,
    UNSIGNED,
    Added,
    Changed,
    Fact,
    known_by,
    stretch,
)
from concierge.store.batches import batches
from concierge.store.tables import Clock, Escalation, Ticket

Row = tuple[Any, ...]
_TABLES = SQLModel.metadata.tables
_RUNG, _CLOCK, _TICKET = (_TABLES[str(each.__tablename__)] for each in (Escalation, Clock, Ticket))


def tally(
    session: Session,
    cuts: Mapping[str, Sequence[int]],
    zone: ZoneInfo,
    *,
    unseen: Iterable[tuple[int, str, int]] = (),
    now: int = 0,
    part: int = 0,
    telling: bool = False,
    signed: bool = True,
) -> Tally:
    """Count a stretch of the log.

    Args:
        session: A session on one state of the store.
        cuts: As ``Tally`` takes them.
        zone: The property's.
        unseen: Promises that are broken though no sweep has recorded it: ticket, clock, due time. They count
            at ``now``.
        now: The present instant.
        part: The part of the stretch in which that instant lies.
        telling: Whether the moments for a timeline are kept as well.
        signed: Whether signatures are counted: with them, and not without, ``Tally.answered`` is filled.
    """
    count = Tally(cuts, zone, telling=telling)
    ends = [(edges[0], edges[-1]) for edges in cuts.values() if edges]
    low, high = min((e[0] for e in ends), default=0), max((e[1] for e in ends), default=0)
    kinds = (*COUNTED, TOLD) if telling else COUNTED if signed else UNSIGNED
    known, waiting = _read(count, stretch(session, low, high, kinds))
    left = list(unseen)
    strangers = {row[4] for row, _ in waiting} | {each[0] for each in left if each[0] not in known}
    earlier = known_by(session, strangers, low)
    before = {ticket_id: count.matter(about) for ticket_id, about in earlier.items()}
    for row, fact in waiting:
        if (matter := before.get(row[4])) is not None:
            count.take(row, fact, matter)
    for ticket_id, clock, due_at in left:
        if (matter := known.get(ticket_id, before.get(ticket_id))) is not None:
            end = cuts[matter.desk][-1] + 1
            count.breach(Breach(part, end, now, ticket_id, clock, due_at, matter))
    # Those of matters that are older than the stretch, or had changed in it, were counted last.
    count.breaches.sort(key=lambda breach: breach.event_id)
    count.answer(
        _fired_at(session, (rung[0] for rung, _ in count.signed if rung not in count.rungs))
    )
    return count


def _read(count: Tally, rows: Iterable[Row]) -> tuple[dict[int, Matter], list[tuple[Row, Fact]]]:
    """Count what can be counted at once.

    Returns:
        The tickets that came in or changed, as they were at last; and the facts about others, or from before a
        ticket changed, which wait until it is known how those stood before the stretch.
    """
    known: dict[int, Matter] = {}
    waiting: list[tuple[Row, Fact]] = []
    for row in rows:
        _, _, _, kind, ticket_id, data = row
        fact = DECODERS[kind](data)
        if isinstance(fact, (Added, Changed)):
            known[ticket_id] = count.matter(fact.ticket)
        matter = known.get(ticket_id)
        if matter is None:
            waiting.append((row, fact))
        else:
            count.take(row, fact, matter)
    return known, waiting


def _fired_at(session: Session, tickets: Iterable[int]) -> dict[Rung, int]:
    """When the rungs of some tickets fired."""
    found: dict[Rung, int] = {}
    for ids in batches(tickets):
        asked = (
            sqlalchemy.select(
                _RUNG.c.ticket_id, _CLOCK.c.kind, _RUNG.c.generation, _RUNG.c.rung, _RUNG.c.fired_at
            )
            .join(_CLOCK, _CLOCK.c.id == _RUNG.c.subject_id)
            .where(_RUNG.c.ticket_id.in_(ids), _RUNG.c.subject == "clock")
        )
        for ticket_id, clock, generation, rung, at in session.execute(asked):
            found[ticket_id, clock, generation, rung] = at
    return found


def unseen(session: Session, desks: Collection[str], now: int) -> list[tuple[int, str, int]]:
    """Promises that are broken by now though no sweep has recorded it, as ``tally`` takes them."""
    clock = _CLOCK.c
    asked = (
        sqlalchemy.select(clock.ticket_id, clock.kind, clock.due_at)
        .join(_TICKET, _TICKET.c.id == clock.ticket_id)
        .where(
            clock.next_at.is_not(None),
            clock.next_at < now,
            clock.due_at < now,
            clock.breach_generation.is_distinct_from(clock.generation),
            _TICKET.c.desk.in_(desks),
        )
        .order_by(clock.due_at, clock.id)
    )
    return [(ticket_id, kind, due_at) for ticket_id, kind, due_at in session.execute(asked)]
