"""Looking at the whole phones on a ticket, which are masked unless somebody asks, and is on record."""

from __future__ import annotations

from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.people import find_staff, require
from concierge.services.ticket_view import find_ticket, read_ticket
from concierge.services.views import TicketView
from concierge.store.audit import append

REVEALED = "ticket.revealed"
_ALLOWED = "household.reveal"  # the same numbers as in the household's file, so the same permission


def reveal_phone(desk: Desk, *, number: str, actor: str) -> TicketView:
    """A ticket with its log for somebody who may see the phones on it; the look is on record.

    They are the caller's and those that people typed into its words, notes, reasons and instructions.

    Args:
        desk: The desk.
        number: The ticket's, as typed.
        actor: Who looks.

    Raises:
        Refusal: ``role.needed``, ``staff.missing``, ``staff.unknown``, ``staff.ambiguous``,
            ``ticket.unknown``, ``ticket.ambiguous``; ``about.hidden`` for whom it is about.
        StoreProblem: when the store cannot be written.
    """
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        require(session, staff, _ALLOWED)
        ticket = find_ticket(session, number)
        if ticket.about_staff_id is not None and ticket.about_staff_id == staff.id:
            raise Refusal("about.hidden", ticket=ticket.number)
        now = desk.clock.now()
        view = read_ticket(session, desk, ticket, now=now, events=True)
        if not view.has_phones:  # nothing to look at is no look
            return view
        what = {"what": ["phones"]}
        append(session, desk.stamp(now, staff), REVEALED, what, ticket_id=ticket.id)
        return read_ticket(session, desk, ticket, now=now, events=True)
