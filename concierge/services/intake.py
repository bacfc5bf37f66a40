"""Taking in a matter: one transaction from the resident's words to running clocks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, func, select

from concierge.domain.policy import GRADES, Category
from concierge.domain.refusal import Refusal
from concierge.domain.ticket import (
    CHANNELS,
    check_past,
    number_text,
)
from concierge.domain.typed_text import is_blank
from concierge.services.categories import find_category
from concierge.services.clocks import clocks_of, new_clock, running, soonest
from concierge.services.desk import Desk
from concierge.services.drafts import drop_draft
from concierge.services.intake_clocks import meet_at_once, put_major_first, start_clocks
from concierge.services.ladder import schedule, tell_received
from concierge.services.people import find_staff
from concierge.services.repeated import weigh
from concierge.services.ticket_log import log_added
from concierge.services.ticket_view import clock_view, read_ticket
from concierge.services.typed_lines import Cleaner
from concierge.services.units import FoundUnit, find_unit
from concierge.services.views import ClockView, TicketView
from concierge.store.audit import Stamp
from concierge.store.tables import Staff, Ticket


@dataclass(frozen=True, slots=True)
class Intake:
    """What the desk knows of a new matter. Instants are seconds since the epoch, UTC.

    ``answered`` is the answer given on the spot; ``confirmed`` says that an errand was accepted at once;
    ``unverified`` keeps a unit nobody knows. ``offered`` says that whoever took it in was asked whether it is
    major because it came again.
    """

    category: str
    words: str
    unit: str | None = None
    place: str | None = None
    against: str | None = None
    about: str | None = None
    caller: str | None = None
    phone: str | None = None
    channel: str = "desk"
    grade: str | None = None
    received_at: int | None = None
    late_reason: str | None = None
    agreed_at: int | None = None
    agreed_with: str | None = None
    consent: str | None = None
    answered: str | None = None
    confirmed: bool = False
    unverified: bool = False
    assignee: str | None = None
    draft: str | None = None
    linked_to: str | None = None
    offered: bool = False


def add_ticket(desk: Desk, *, intake: Intake, actor: str) -> TicketView:
    """Save a new ticket, start its clocks, and tell the supervisor at once of a major one.

    Raises:
        Refusal: for whatever the rules do not allow; nothing is saved then.
        StoreProblem: when the store cannot be written.
    """
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        ticket, cleaned = new_ticket(session, desk, intake, staff, now)
        return read_ticket(session, desk, ticket, now=now, events=True, cleaned=cleaned)


def new_ticket(
    session: Session, desk: Desk, intake: Intake, staff: Staff, now: int
) -> tuple[Ticket, bool]:
    """Build a ticket with its clocks inside the caller's transaction.

    Returns:
        The ticket, and whether control characters were taken out of what was typed.
    """
    category = find_category(desk.rules.policy, intake.category)
    lines = Cleaner()
    ticket, answer = _record(session, desk, intake, lines, category=category, staff=staff, now=now)
    session.add(ticket)
    session.flush()
    agreed_with = lines.line(intake.agreed_with) or ticket.caller
    clocks = start_clocks(
        desk, ticket, category, agreed_at=intake.agreed_at, agreed_with=agreed_with
    )
    stamp = desk.stamp(now, staff)
    if intake.answered is not None or (intake.confirmed and category.kind == "errand"):
        meet_at_once(ticket, clocks, stamp)
    if ticket.state == "open" and not running(clocks):
        at = ticket.received_at if ticket.logged_late else now
        clocks.append(new_clock(desk, ticket, desk.rules.policy.resolve_default, at))
    if ticket.grade == "major":
        put_major_first(running(clocks))
    session.add_all(clocks)
    session.flush()
    said = weigh(session, desk, ticket, chosen=intake.grade, offered=intake.offered)
    log_added(session, stamp, ticket, clocks, answer, said=said)
    for clock in clocks:
        schedule(session, desk, clock)
    _tell_at_once(session, desk, stamp, ticket)
    if intake.draft:
        drop_draft(session, intake.draft)
    return ticket, lines.changed


def _record(
    session: Session,
    desk: Desk,
    intake: Intake,
    lines: Cleaner,
    *,
    category: Category,
    staff: Staff,
    now: int,
) -> tuple[Ticket, str | None]:
    received = now if intake.received_at is None else intake.received_at
    late_reason = lines.line(intake.late_reason)
    late = check_past(received, now, late_reason, desk.rules.policy.late_after)
    words = _needed(lines, intake.words, "words.empty")
    answer = (
        _needed(lines, intake.answered, "answer.empty") if intake.answered is not None else None
    )
    _check_choices(intake)
    day = desk.rules.calendar.date_of(now).strftime("%Y%m%d")
    sequence = _next_sequence(session, day)
    number = number_text(day, sequence)
    about, assignee = _staff_named(session, intake, staff, number)
    assert staff.id is not None
    ticket = Ticket(
        number=number,
        day=day,
        sequence=sequence,
        desk=desk.name,
        kind=category.kind,
        category=category.code,
        grade="major" if "major" in (intake.grade, category.grade) else "ordinary",
        place=lines.line(intake.place),
        words=words,
        about_staff_id=about.id if about else None,
        caller=lines.line(intake.caller),
        phone=lines.line(intake.phone),
        channel=intake.channel,
        consent=lines.line(intake.consent),
        received_at=received,
        logged_at=now,
        logged_late=late,
        late_reason=late_reason,
        counted_from=received,
        first_owner_id=staff.id,
        assignee_id=assignee.id if assignee else None,
        linked_to=intake.linked_to,
    )
    _put_place(session, ticket, intake)
    return ticket, answer


def _put_place(session: Session, ticket: Ticket, intake: Intake) -> None:
    """Whose flat it is about, and against whose."""
    unit = _unit(session, intake.unit, unverified=intake.unverified)
    against = _unit(session, intake.against, unverified=intake.unverified)
    if unit is not None:
        ticket.unit, ticket.household_id = unit.text, unit.household_id
        ticket.unit_verified = unit.household_id is not None
    if against is not None:
        ticket.against = against.text


def _needed(lines: Cleaner, typed: str, code: str) -> str:
    said = lines.text(typed)
    if is_blank(said):
        raise Refusal(code)
    return said


def _check_choices(intake: Intake) -> None:
    if intake.channel not in CHANNELS:
        raise Refusal("channel.unknown", channel=intake.channel, channels=", ".join(CHANNELS))
    if intake.grade not in {None, *GRADES}:
        raise Refusal("grade.unknown", grade=intake.grade, grades=", ".join(GRADES))


def _next_sequence(session: Session, day: str) -> int:
    last = session.exec(select(func.max(Ticket.sequence)).where(Ticket.day == day)).one()
    return (last or 0) + 1


def _staff_named(
    session: Session, intake: Intake, staff: Staff, number: str
) -> tuple[Staff | None, Staff | None]:
    """Whom it is about and who gets it: never the same person, and nobody takes in what is about them."""
    about = find_staff(session, intake.about) if intake.about else None
    assignee = find_staff(session, intake.assignee) if intake.assignee else None
    if about is not None and about.id == staff.id:
        raise Refusal("about.self", name=staff.name)
    if about is not None and assignee is not None and about.id == assignee.id:
        raise Refusal("about.handles", name=assignee.name, ticket=number)
    return about, assignee


def _unit(session: Session, typed: str | None, *, unverified: bool) -> FoundUnit | None:
    if typed is None or is_blank(typed):
        return None
    return find_unit(session, typed, unverified=unverified)


def _tell_at_once(session: Session, desk: Desk, stamp: Stamp, ticket: Ticket) -> None:
    """Rung 1 of a major ticket fires inside the saving transaction."""
    clock = soonest(clocks_of(session, ticket))
    if ticket.grade == "major" and clock is not None:
        tell_received(session, desk, stamp, clock)


def promised(
    desk: Desk, *, category: str, received_at: int, agreed_at: int | None = None
) -> tuple[ClockView, ...]:
    """The clocks a ticket would have: for the promise sentence before anything is saved.

    Raises:
        Refusal: ``category.unknown``, ``agreed.past-cap`` or ``agreed.before-received``.
    """
    found = find_category(desk.rules.policy, category)
    draft = Ticket(
        id=0, number="", day="", sequence=0, desk=desk.name, kind=found.kind, category=found.code,
        grade="ordinary", words="", received_at=received_at, logged_at=received_at,
        counted_from=received_at, first_owner_id=0,
    )  # fmt: skip
    clocks = start_clocks(desk, draft, found, agreed_at=agreed_at)
    return tuple(clock_view(clock, None, now=received_at) for clock in clocks)
