"""The frame of everything that is done to a ticket: who, on which ticket, breaches first, log last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlmodel import Session

from concierge.domain.refusal import Refusal
from concierge.services.clocks import clocks_of, record_breaches, running, snapshot
from concierge.services.desk import Desk
from concierge.services.ladder import schedule
from concierge.services.overtaken import Untold, overtaken, untold
from concierge.services.people import find_staff
from concierge.services.repeated import may_climb
from concierge.services.ticket_log import ticket_snapshot
from concierge.services.ticket_view import find_ticket, read_ticket
from concierge.services.views import TicketView
from concierge.store.audit import Stamp, append
from concierge.store.tables import Clock, Staff, Ticket


@dataclass(slots=True)
class Handling:
    """One act on one ticket inside one write transaction."""

    session: Session
    desk: Desk
    now: int
    staff: Staff
    ticket: Ticket
    clocks: list[Clock] = field(default_factory=list)
    event_id: int | None = None
    untold: list[Untold] = field(default_factory=list)

    @property
    def stamp(self) -> Stamp:
        """Who acts, where and when."""
        return self.desk.stamp(self.now, self.staff)

    def running(self) -> list[Clock]:
        """The clocks that still run."""
        return running(self.clocks)

    def must_be_open(self) -> None:
        """Refuse what can only be done to an open ticket.

        Raises:
            Refusal: ``ticket.not-open``.
        """
        if self.ticket.state != "open":
            raise Refusal("ticket.not-open", ticket=self.ticket.number, state=self.ticket.state)

    def log(
        self,
        kind: str,
        data: Mapping[str, object],
        personal: Mapping[str, object] | None = None,
    ) -> int:
        """Append the fact with the ticket and its clocks as they are after it, and set the next rungs."""
        if not may_climb(self.ticket):
            self.ticket.raise_at = None
        self.session.add(self.ticket)
        self.session.add_all(self.clocks)
        self.session.flush()
        rungs = [schedule(self.session, self.desk, clock) for clock in self.clocks]
        values = {
            **data,
            "number": self.ticket.number,
            "ticket": ticket_snapshot(self.ticket),
            "clocks": snapshot(self.clocks),
        }
        if gone := overtaken(self.untold, self.clocks, rungs, self.now):
            values["overtaken"] = gone
        said = {name: value for name, value in (personal or {}).items() if value is not None}
        self.event_id = append(
            self.session, self.stamp, kind, values, ticket_id=self.ticket.id, personal=said or None
        )
        return self.event_id

    def view(self) -> TicketView:
        """The ticket as it stands now, with its log."""
        self.session.flush()
        return read_ticket(self.session, self.desk, self.ticket, now=self.now, events=True)


@contextmanager
def handling(desk: Desk, number: str, actor: str) -> Iterator[Handling]:
    """Open a write transaction on a ticket; breaches that nobody saw yet go on record first.

    Raises:
        Refusal: unknown ticket or staff, or ``about.handles`` for the person it is about.
        StoreProblem: when the store cannot be written.
    """
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        ticket = find_ticket(session, number)
        if ticket.about_staff_id == staff.id:
            raise Refusal("about.handles", name=staff.name, ticket=ticket.number)
        clocks = clocks_of(session, ticket)
        act = Handling(session, desk, now, staff, ticket, clocks)
        if ticket.state == "open":
            record_breaches(session, act.stamp, clocks)
            act.untold = untold(session, desk, clocks, now)
        yield act
