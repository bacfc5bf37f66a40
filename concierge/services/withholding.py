"""Matters about members of staff: counted on a summary, and told by none of its lists.

The paper lies at the desk, where those it might be about work; each list of the desk hides such a matter from
that person, and so does the paper from everybody.
"""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from concierge.services.summary import ShiftSummary
from concierge.store.batches import batches
from concierge.store.tables import Ticket


def withheld(session: Session, summary: ShiftSummary) -> ShiftSummary:
    """The same summary without the lines about members of staff; its figures stay."""
    numbers = {
        row.number
        for rows in (
            summary.carried,
            summary.broken,
            summary.escalated,
            summary.timeline,
            summary.notes,
        )
        for row in rows
        if row.number is not None
    }
    about: set[str] = set()
    for some in batches(numbers):
        asked = select(Ticket.number).where(
            col(Ticket.number).in_(some), col(Ticket.about_staff_id).is_not(None)
        )
        about |= set(session.exec(asked))
    if not about:
        return summary
    hidden = [row for row in summary.carried if row.number in about]
    return replace(
        summary,
        carried=tuple(row for row in summary.carried if row.number not in about),
        broken=tuple(row for row in summary.broken if row.number not in about),
        escalated=tuple(row for row in summary.escalated if row.number not in about),
        timeline=tuple(row for row in summary.timeline if row.number not in about),
        notes=tuple(row for row in summary.notes if row.number not in about),
        withheld=len(about),
        withheld_open=len(hidden),
        withheld_overdue=sum(row.overdue for row in hidden),
    )
