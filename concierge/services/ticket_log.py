"""What the log keeps of a ticket."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from concierge.services.clocks import snapshot
from concierge.store.audit import Stamp, append
from concierge.store.tables import Clock, Ticket

# Every column that is not personal.
_TICKET_KEPT = (
    "number", "desk", "kind", "category", "grade", "state", "unit", "unit_verified", "against",
    "about_staff_id", "channel", "received_at", "logged_at", "logged_late", "counted_from",
    "first_owner_id", "assignee_id", "closed_at", "cause", "linked_to",
    "raise_at", "grade_reason",
)  # fmt: skip
# What is about a person lies beside the event, erasable.
PERSONAL = ("words", "place", "caller", "phone", "consent", "late_reason")


def ticket_snapshot(ticket: Ticket) -> dict[str, object]:
    """What an event says of a ticket: every column that is not personal, as it is afterwards."""
    return {name: getattr(ticket, name) for name in _TICKET_KEPT}


def log_added(
    session: Session,
    stamp: Stamp,
    ticket: Ticket,
    clocks: list[Clock],
    answer: str | None,
    *,
    said: Mapping[str, object],
) -> None:
    """Append that a ticket was taken in, with everything it holds; what is personal lies beside it.

    ``said`` is what else there is to know of its intake, such as that it came again.
    """
    personal = {
        name: getattr(ticket, name) for name in PERSONAL if getattr(ticket, name) is not None
    }
    if answer is not None:
        personal["answer"] = answer
    agreed = [clock.agreed_with for clock in clocks if clock.agreed_with]
    if agreed:
        personal["agreed_with"] = agreed[0]
    append(
        session,
        stamp,
        "ticket.added",
        {"number": ticket.number, "on_the_spot": answer is not None, **said,
         "ticket": ticket_snapshot(ticket), "clocks": snapshot(clocks)},
        ticket_id=ticket.id,
        personal=personal,
    )  # fmt: skip
