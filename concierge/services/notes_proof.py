"""Proving the running log of shifts: each line as it was typed, none gone, none put in."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator

from sqlmodel import Session, col, select

from concierge.services.handover_log import Fact, ShiftLog
from concierge.services.problem import Problem
from concierge.store.tables import ShiftNote

_Place = tuple[int, int, int | None]


def check_notes(session: Session, log: ShiftLog) -> Iterator[Problem]:
    """Compare every line with its event; one from before lines told theirs is found by when and by whom."""
    left = dict(log.notes)
    rows = session.exec(select(ShiftNote).order_by(col(ShiftNote.id))).all()
    told = {row.event_id for row in rows}
    old: defaultdict[_Place, deque[int]] = defaultdict(deque)
    for number, each in left.items():
        if number not in told:
            old[each.shift, each.at, each.actor].append(number)
    for row in rows:
        place = old[row.shift_id, row.at, row.staff_id]
        event = row.event_id or (place.popleft() if place else None)
        fact = left.pop(event, None) if event is not None else None
        name = f"shift {row.shift_id} note {row.id}"
        if fact is None:
            yield Problem(None, "note", f"{name}: not in the log")
        elif _is(row) != _was(fact) or _typed(row) != (_said(fact) or _typed(row)):
            yield Problem(event, "note", f"{name}: differs from the log")
    for number in sorted(left):
        yield Problem(number, "note", f"shift {left[number].shift}: a note is gone")


def _is(row: ShiftNote) -> tuple[object, ...]:
    return row.shift_id, row.staff_id, row.at, row.flag, row.ticket_id


def _was(fact: Fact) -> tuple[object, ...]:
    return fact.shift, fact.actor, fact.at, fact.data.get("flag"), fact.ticket


def _typed(row: ShiftNote) -> tuple[object, ...]:
    return row.text, row.unit


def _said(fact: Fact) -> tuple[object, ...] | None:
    """What was typed; None once it is forgotten, which proves nothing."""
    said = fact.personal
    return None if said is None else (said.get("text"), said.get("unit"))
