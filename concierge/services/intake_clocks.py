"""The clocks of a matter that comes in: which ones start, which is major, and which are met at once."""

from __future__ import annotations

from concierge.domain.policy import MAJOR_LADDER, Category
from concierge.domain.ticket import closes, default_agreed_clock, first_due
from concierge.services.clocks import meet, new_clock
from concierge.services.desk import Desk
from concierge.store.audit import Stamp
from concierge.store.tables import Clock, Ticket


def start_clocks(
    desk: Desk,
    ticket: Ticket,
    category: Category,
    *,
    agreed_at: int | None,
    agreed_with: str | None = None,
) -> list[Clock]:
    """The clocks of the category, one of them with the agreed time."""
    agreed_kind = None
    if agreed_at is not None:
        agreed_kind = default_agreed_clock([(s.kind, s.by_agreement) for s in category.clocks])
    return [
        new_clock(
            desk,
            ticket,
            spec,
            ticket.received_at,
            agreed_at=agreed_at if spec.kind == agreed_kind else None,
            agreed_with=agreed_with,
        )
        for spec in category.clocks
    ]


def put_major_first(clocks: list[Clock]) -> None:
    """Put the clock due first of a major ticket on the ladder for major matters."""
    kind = first_due([(clock.kind, clock.due_at) for clock in clocks])
    for clock in clocks:
        if clock.kind == kind:
            clock.ladder = MAJOR_LADDER


def meet_at_once(ticket: Ticket, clocks: list[Clock], stamp: Stamp) -> None:
    """An answer on the spot, or an errand accepted at once, meets its clock when the resident spoke.

    For an inquiry an answer closes the ticket.
    """
    at = ticket.received_at if ticket.logged_late else stamp.at
    closing = closes("answer", ticket.kind)
    for clock in clocks:
        if closing or clock.kind == "answer":
            meet(clock, at, logged_at=stamp.at, by=stamp.actor_id, confirmed=True)
    if closing:
        ticket.state, ticket.closed_at = "closed", at
