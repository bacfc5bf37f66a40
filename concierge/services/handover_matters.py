"""The open matters of a desk as they are handed over: next step, who was told, what is acknowledged."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from concierge.domain.shift import handed_over_singly
from concierge.domain.ticket import is_to_be_agreed
from concierge.services.handover_views import MatterView
from concierge.store import handover_sql

REASONS = ("major", "overdue", "due")
"""Why a matter is acknowledged by itself, in the order in which it is said."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """That somebody took note of a matter, when, and for which reasons by itself."""

    number: str
    grouped: bool
    why: frozenset[str]
    at: int
    by: str

    def covers(self, why: Iterable[str]) -> bool:
        """Whether it still holds: a matter for which there is a new reason has to be looked at again."""
        return self.why >= set(why)


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """An open matter; ``about`` is the member of staff whom it is about, by id."""

    ticket_id: int
    about: int | None
    view: MatterView


@dataclass(slots=True)
class _Told:
    """Who was told of a matter, and which roles have not signed for it."""

    people: dict[str, None] = field(default_factory=dict)
    waiting: dict[str, None] = field(default_factory=dict)


def open_matters(
    session: Session, desk: str, *, now: int, until: int, known: dict[int, Acknowledged]
) -> list[OpenMatter]:
    """Every open matter of a desk by what is due first, in three questions.

    Args:
        session: A session on one state of the store.
        desk: The desk's name.
        now: The instant of the handover.
        until: The planned end of the shift that takes over.
        known: What is acknowledged so far, by ticket.
    """
    told = _told(session, desk)
    clocks: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(text(handover_sql.MATTERS), {"desk": desk}):
        clocks[row.id].append(row)
    return [
        OpenMatter(
            number,
            rows[0].about,
            _view(rows, told[number], known.get(number), now=now, until=until),
        )
        for number, rows in clocks.items()
    ]


def acknowledged(session: Session, handover: int | None) -> dict[int, Acknowledged]:
    """What is acknowledged in a handover so far, by ticket."""
    if handover is None:
        return {}
    rows = session.execute(text(handover_sql.ACKNOWLEDGED), {"handover": handover})
    return {
        row.ticket_id: Acknowledged(
            row.number, bool(row.grouped), frozenset(row.why.split()), row.at, row.staff
        )
        for row in rows
    }


def _told(session: Session, desk: str) -> dict[int, _Told]:
    found: dict[int, _Told] = defaultdict(_Told)
    for row in session.execute(text(handover_sql.RUNGS), {"desk": desk}):
        one = found[row.ticket_id]
        one.people.update((name, None) for _, name in json.loads(row.people))
        if row.rung > 0 and row.acknowledged_at is None:
            one.waiting[row.role] = None
    for row in session.execute(text(handover_sql.CALLS), {"desk": desk}):
        if row.whom:  # empty once that person was forgotten
            found[row.ticket_id].people[row.whom] = None
    return found


def _view(
    rows: list[Any], told: _Told, known: Acknowledged | None, *, now: int, until: int
) -> MatterView:
    """A matter of its running clocks, the one due first in front."""
    first = rows[0]
    due = [row.due_at for row in rows]
    why = handed_over_singly(due, major=first.grade == "major", now=now, until=until)
    # One that was closed and reopened counts from then on, and is not the one that was acknowledged.
    anew = known is not None and known.at < first.counted_from <= now
    held = known if known is not None and known.covers(why) and not anew else None
    return MatterView(
        number=first.number,
        unit=first.unit,
        place=first.place,
        household=first.household,
        kind=first.kind,
        category=first.category,
        grade=first.grade,
        words=first.words,
        step=first.step,
        due_at=first.due_at,
        to_be_agreed=is_to_be_agreed(
            by_agreement=bool(first.by_agreement), agreed_at=first.agreed_at, at_once=first.at_once
        ),
        agreed_at=first.agreed_at,
        agreed_with=first.agreed_with,
        assignee=first.assignee,
        told=tuple(told.people),
        waiting=tuple(told.waiting),
        overdue=first.due_at < now,
        why=why,
        acknowledged_at=held.at if held else None,
        acknowledged_by=held.by if held else None,
        grouped=held.grouped if held else False,
    )
