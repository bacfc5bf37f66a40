"""Proving the calls by phone: each row stands in the log, and each in the log has its row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, select

from concierge.services.problem import Problem
from concierge.store.tables import Event, EventPersonal, PhoneCall

Call = tuple[int | None, int | None, int | None, str | None]
"""Ticket, instant, who rang, whom; None stands for a name that was erased from the log."""


def check_calls(session: Session) -> Iterator[Problem]:
    """Compare every row of a call with its event."""
    left = _logged(session)
    for row in session.exec(select(PhoneCall).order_by(col(PhoneCall.id))):
        said = left.pop(row.event_id, None)
        if said is None:
            yield Problem(None, "call", f"call {row.id}: not in the log")
            continue
        whom = row.whom if said[3] is not None else None
        if (row.ticket_id, row.at, row.staff_id, whom) != said:
            yield Problem(row.event_id, "call", f"call {row.id}: the row differs from the log")
    for event_id in sorted(left):
        yield Problem(event_id, "call", "the row of a call is gone")


def _logged(session: Session) -> dict[int, Call]:
    rows = session.execute(
        sqlalchemy.select(
            col(Event.id),
            col(Event.ticket_id),
            col(Event.actor_id),
            col(Event.data),
            col(EventPersonal.payload),
        )
        .select_from(Event)
        .join(EventPersonal, isouter=True)
        .where(col(Event.kind) == "ticket.phoned")
    )
    return {
        event_id: _call(ticket_id, actor_id, data, personal)
        for event_id, ticket_id, actor_id, data, personal in rows
    }


def _call(ticket_id: int | None, actor_id: int | None, data: str, personal: str | None) -> Call:
    try:
        said: dict[str, Any] = json.loads(data)
        kept: dict[str, Any] = json.loads(personal) if personal else {}
        return (ticket_id, said["at"], actor_id, said.get("whom") or kept.get("whom"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return (ticket_id, None, actor_id, None)  # an altered event was named by the chain
