"""Reopening a ticket, or a new linked one when it was closed too long ago."""

from __future__ import annotations

from concierge.domain.policy import MAJOR_LADDER
from concierge.domain.refusal import Refusal
from concierge.domain.ticket import may_reopen, restarted
from concierge.services.categories import find_category
from concierge.services.clocks import by_kind, new_clock, restart
from concierge.services.desk import Desk
from concierge.services.handling import Handling, handling
from concierge.services.intake import Intake, new_ticket
from concierge.services.ladder import tell_received
from concierge.services.repeated import weigh_again
from concierge.services.ticket_view import read_ticket
from concierge.services.typed_lines import needed_line
from concierge.services.views import TicketView
from concierge.store.tables import Staff


def reopen(desk: Desk, *, number: str, reason: str, actor: str) -> TicketView:
    """Reopen a closed or cancelled ticket within seven times 24 hours; later, open a new linked one.

    Raises:
        Refusal: ``reason.missing``, ``ticket.open``.
    """
    said = needed_line(reason, "reason.missing")
    with handling(desk, number, actor) as act:
        if act.ticket.closed_at is None:
            raise Refusal("ticket.open", ticket=act.ticket.number)
        policy = desk.rules.policy
        if not may_reopen(act.ticket.closed_at, act.now, policy.reopen_within):
            return _linked(act, said)
        spec = restarted(find_category(policy, act.ticket.category), policy)
        act.ticket.state, act.ticket.closed_at = "open", None
        act.ticket.counted_from = act.now
        weigh_again(act.session, desk, act.ticket, act.now, moved=False, decided=False)
        clock = by_kind(act.clocks, spec.kind)
        if clock is None:
            clock = new_clock(desk, act.ticket, spec, act.now)
            act.clocks.append(clock)
        else:
            restart(desk, clock, spec, act.now)
        if act.ticket.grade == "major":
            clock.ladder = MAJOR_LADDER
        act.log("ticket.reopened", {"clock": clock.kind, "due_at": clock.due_at}, {"reason": said})
        tell_received(act.session, desk, act.stamp, clock)
        return act.view()


def _linked(act: Handling, reason: str) -> TicketView:
    """A new ticket of the same matter, for one that was closed too long ago."""
    old = act.ticket
    about = act.session.get(Staff, old.about_staff_id) if old.about_staff_id else None
    intake = Intake(
        category=old.category,
        words=old.words,
        unit=old.unit,
        place=old.place,
        against=old.against,
        about=about.name if about else None,
        caller=old.caller,
        phone=old.phone,
        channel=old.channel,
        grade="major" if old.grade == "major" else None,
        unverified=True,
        linked_to=old.number,
    )
    ticket, _ = new_ticket(act.session, act.desk, intake, act.staff, act.now)
    act.log("ticket.continued", {"by": ticket.number}, {"reason": reason})
    return read_ticket(act.session, act.desk, ticket, now=act.now, events=True)
