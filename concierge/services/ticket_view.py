"""Finding a ticket by what was typed, and reading it whole as a frozen view."""

from __future__ import annotations

import json
import re

from sqlmodel import Session, col, select

from concierge.domain.deadline import DayCount, binding, explain
from concierge.domain.escalation import NextRung
from concierge.domain.refusal import Refusal
from concierge.domain.ticket import is_to_be_agreed
from concierge.services.clocks import by_kind, clocks_of, is_breached, running, spec_of
from concierge.services.desk import Desk
from concierge.services.household_reading import instructions_of
from concierge.services.ladder import upcoming
from concierge.services.people import viewer_id
from concierge.services.ticket_told import calls_of, escalations_of, name_of, people_of
from concierge.services.views import ClockView, EventView, InstructionView, TicketView
from concierge.store.tables import Clock, Event, EventPersonal, Ticket

_SHORT = re.compile(r"(?:T-?)?(?:(?P<day>\d{4}|\d{8})-)?(?P<sequence>\d{1,6})", re.IGNORECASE)


def find_ticket(session: Session, typed: str) -> Ticket:
    """The ticket of a number: whole, without the year (1123-012), or the running number alone (12).

    Raises:
        Refusal: ``ticket.unknown``, or ``ticket.ambiguous`` when several open ones fit.
    """
    wanted = typed.strip()
    whole = session.exec(select(Ticket).where(Ticket.number == wanted.upper())).first()
    if whole is not None:
        return whole
    match = _SHORT.fullmatch(wanted)
    if match is None:
        raise Refusal("ticket.unknown", ticket=wanted)
    query = select(Ticket).where(Ticket.sequence == int(match["sequence"]))
    if match["day"]:
        found = session.exec(query.where(col(Ticket.day).endswith(match["day"])).limit(9)).all()
    else:
        found = session.exec(query.where(Ticket.state == "open").limit(9)).all()
        # Whoever says 12 of a matter that is closed means the last one that had this number.
        found = found or session.exec(query.order_by(col(Ticket.day).desc()).limit(1)).all()
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(sorted(row.number for row in found))
        raise Refusal("ticket.ambiguous", ticket=wanted, numbers=numbers)
    raise Refusal("ticket.unknown", ticket=wanted)


def show_ticket(
    desk: Desk, *, number: str, events: bool = True, viewer: str | None = None
) -> TicketView:
    """One ticket with its clocks, escalations and log.

    Raises:
        Refusal: ``ticket.unknown`` or ``ticket.ambiguous``; ``about.hidden`` for whom it is about.
    """
    with desk.store.read() as session:
        ticket = find_ticket(session, number)
        if viewer is not None and ticket.about_staff_id == viewer_id(session, viewer):
            raise Refusal("about.hidden", ticket=ticket.number)
        return read_ticket(session, desk, ticket, now=desk.clock.now(), events=events)


def explain_clock(desk: Desk, *, number: str, clock: str) -> tuple[DayCount, ...]:
    """The day-by-day count behind a clock's limit, by the calendar that it was counted with.

    Raises:
        Refusal: ``ticket.unknown``, ``ticket.ambiguous``, or ``clock.none`` when it has no such clock.
    """
    with desk.store.read() as session:
        ticket = find_ticket(session, number)
        found = by_kind(clocks_of(session, ticket), clock)
        if found is None:
            raise Refusal("clock.none", ticket=ticket.number, clock=clock)
        calendar = desk.rules.calendar_of(session, found.calendar_version)
        spec, start = spec_of(found), found.counted_from
        limit = spec.limit if found.agreed_at is not None else binding(spec, start, calendar)
        return explain(limit, start, calendar)


def list_tickets(
    desk: Desk,
    *,
    state: str = "open",
    overdue: bool = False,
    kind: str | None = None,
    viewer: str | None = None,
) -> tuple[TicketView, ...]:
    """Tickets without their events, the oldest first, and without those about ``viewer``.

    ``state`` is open, closed or all (cancelled too).
    """
    now = desk.clock.now()
    query = select(Ticket).order_by(col(Ticket.id))
    if state == "open":
        query = query.where(Ticket.state == "open")
    elif state == "closed":
        query = query.where(Ticket.state == "closed")
    if kind:
        query = query.where(Ticket.kind == kind)
    with desk.store.read() as session:
        hidden = viewer_id(session, viewer)
        views = [
            read_ticket(session, desk, ticket, now=now, events=False)
            for ticket in session.exec(query)
            if hidden is None or ticket.about_staff_id != hidden
        ]
    if overdue:
        views = [
            view
            for view in views
            if any(clock.open and clock.due_at < now for clock in view.clocks)
        ]
    return tuple(views)


def read_ticket(
    session: Session,
    desk: Desk,
    ticket: Ticket,
    *,
    now: int,
    events: bool,
    cleaned: bool = False,
) -> TicketView:
    """A ticket as it stands inside the caller's session; without ``events`` nor who was told how."""
    assert ticket.id is not None
    clocks, people = clocks_of(session, ticket), people_of(session)
    return TicketView(
        id=ticket.id,
        number=ticket.number,
        kind=ticket.kind,
        category=ticket.category,
        grade=ticket.grade,
        unit=ticket.unit,
        unit_verified=ticket.unit_verified,
        place=ticket.place,
        words=ticket.words,
        state=ticket.state,
        received_at=ticket.received_at,
        logged_at=ticket.logged_at,
        logged_late=ticket.logged_late,
        late_reason=ticket.late_reason,
        first_owner=name_of(people, ticket.first_owner_id) or "",
        assignee=name_of(people, ticket.assignee_id),
        desk=ticket.desk,
        channel=ticket.channel,
        caller=ticket.caller,
        phone=ticket.phone,
        against=ticket.against,
        about=name_of(people, ticket.about_staff_id),
        consent=ticket.consent,
        closed_at=ticket.closed_at,
        linked_to=ticket.linked_to,
        clocks=tuple(
            clock_view(clock, upcoming(session, desk, clock) if running([clock]) else None, now=now)
            for clock in clocks
        ),
        escalations=escalations_of(session, ticket, clocks, people, notices=events),
        events=_events(session, ticket) if events else (),
        cleaned=cleaned,
        household_id=ticket.household_id,
        grade_reason=ticket.grade_reason,
        calls=calls_of(session, ticket, people) if events else (),
        instructions=_instructions(session, desk, ticket, now) if events else (),
    )


def _instructions(
    session: Session, desk: Desk, ticket: Ticket, now: int
) -> tuple[InstructionView, ...]:
    """What the household asks of the desk these days."""
    if ticket.household_id is None:
        return ()
    held = instructions_of(session, ticket.household_id, desk.rules.calendar.local(now))
    return tuple(one for one in held if one.in_force)


def clock_view(clock: Clock, rung: NextRung | None, *, now: int) -> ClockView:
    """A clock as screens see it, with its next rung if it runs; one not saved yet has the id 0."""
    return ClockView(
        id=clock.id or 0,
        kind=clock.kind,
        generation=clock.generation,
        counted_from=clock.counted_from,
        due_at=clock.due_at,
        agreed_at=clock.agreed_at,
        agreed_with=clock.agreed_with,
        cap_at=clock.cap_at,
        to_be_agreed=is_to_be_agreed(
            by_agreement=clock.by_agreement, agreed_at=clock.agreed_at, at_once=clock.at_once
        ),
        warn_at=clock.warn_at,
        met_at=clock.met_at,
        met_late=clock.met_at is not None and clock.met_at > clock.due_at,
        breached=is_breached(clock, now),
        provisional=clock.provisional,
        clause=clock.clause,
        limit=clock.limit,
        at_once=clock.at_once,
        stopped_at=clock.stopped_at,
        awaits_confirmation=clock.awaits_confirmation,
        next_rung=rung.rung if rung else None,
        next_role=rung.to if rung else None,
        next_at=rung.at if rung else None,
    )


def _events(session: Session, ticket: Ticket) -> tuple[EventView, ...]:
    rows = session.exec(
        select(Event, EventPersonal)
        .join(EventPersonal, isouter=True)
        .where(Event.ticket_id == ticket.id)
        .order_by(col(Event.id))
    )
    return tuple(event_view(event, personal) for event, personal in rows)


def event_view(event: Event, personal: EventPersonal | None) -> EventView:
    """A fact of the log with its personal half, unless that was erased."""
    return EventView(
        id=event.id,
        at=event.at,
        actor=event.actor,
        kind=event.kind,
        data=json.loads(event.data),
        personal=json.loads(personal.payload) if personal else None,
    )
