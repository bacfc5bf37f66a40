"""Proving the shifts that nobody relieved: each rung stands in the log, and each is looked at again in time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from concierge.services.climb import names_told
from concierge.services.desk import Desk
from concierge.services.problem import Problem
from concierge.services.relief import SUBJECT, waiting_for_relief
from concierge.store.tables import Escalation, Event, Shift

_NAMES = ("shift", "generation", "rung", "to", "people", "due_at", "at", "held_until", "signed")


def check_reliefs(session: Session, desk: Desk) -> Iterator[Problem]:
    """Compare every rung of a shift with its event, and when each open shift is looked at with the ladder."""
    left, signed = _logged(session)
    doubted: set[int] = set()
    rows = select(Escalation).where(Escalation.subject == SUBJECT).order_by(col(Escalation.id))
    for row in session.exec(rows):
        said = left.pop(row.event_id, None)
        name = f"shift {row.subject_id} rung {row.rung}"
        if said is None:
            doubted.add(row.subject_id)
            yield Problem(None, "escalation", f"{name}: not in the log")
            continue
        is_ = (row.subject_id, row.generation, row.rung, row.role, names_told(row), row.due_at,
               row.fired_at, row.held_until, row.acknowledged_at is not None)  # fmt: skip
        was = {**said, "signed": (row.subject_id, row.rung) in signed}
        if is_ != tuple(was.get(each) for each in _NAMES):
            doubted.add(row.subject_id)
            yield Problem(row.event_id, "escalation", f"{name}: the row differs from the log")
    for event_id in sorted(left):
        yield Problem(event_id, "escalation", "a rung of a shift: the row is gone")
    yield from _plans(session, desk, doubted)


def _plans(session: Session, desk: Desk, doubted: set[int]) -> Iterator[Problem]:
    open_or_looked_at = col(Shift.ended_at).is_(None) | col(Shift.relief_at).is_not(None)
    for shift in session.exec(select(Shift).where(open_or_looked_at)):
        if shift.id in doubted:
            continue
        found = waiting_for_relief(session, desk, shift)
        wanted = found.upcoming(desk).at if found is not None else None
        if shift.relief_at != wanted:
            detail = f"shift {shift.id}: looked at again at {shift.relief_at}, counted {wanted}"
            yield Problem(None, "next", detail)


def _logged(session: Session) -> tuple[dict[int, dict[str, Any]], set[tuple[int | None, int]]]:
    kinds = ("shift.escalated", "shift.relief-signed")
    fired: dict[int, dict[str, Any]] = {}
    signed: set[tuple[int | None, int]] = set()
    for event in session.exec(select(Event).where(col(Event.kind).in_(kinds))):
        try:
            said = dict(json.loads(event.data))
            if event.kind == kinds[0]:
                fired[event.id] = {**said, "shift": event.shift_id, "at": event.at}
            else:
                signed |= {(event.shift_id, rung) for rung in said["rungs"]}
        except (ValueError, KeyError, TypeError):
            continue  # an altered event was named by the chain
    return fired, signed
