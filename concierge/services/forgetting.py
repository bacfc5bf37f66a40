"""Forgetting people who moved out: they are gone from rows, events and texts; tickets and figures stay.

The erasable half of every event about them is deleted, so that the chain of the log stays whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col, select

from concierge.domain.refusal import Refusal
from concierge.domain.traces import Traces
from concierge.services.desk import Desk
from concierge.services.forgetting_notes import mask_notes, mask_sealed_notes
from concierge.services.forgetting_search import (
    HALVES,
    Sighted,
    look,
    owner_of,
    renewed,
)
from concierge.services.forgetting_shifts import FORGOTTEN
from concierge.services.forgetting_tickets import (
    blank,
    drop_drafts,
    elsewhere,
    mask,
    mask_books,
    refuse_open,
    tickets_of,
)
from concierge.services.forgetting_traces import (
    halves_of,
    old_halves,
    traces_of_household,
    traces_of_member,
)
from concierge.services.household_changing import Changing, changing
from concierge.services.household_parts import LISTED, PARTS
from concierge.services.household_views import Forgotten
from concierge.services.people import find_staff, require
from concierge.services.pinyin import readings
from concierge.services.typed_lines import cleaned_line
from concierge.services.units import find_unit
from concierge.store.audit import append
from concierge.store.batches import batches
from concierge.store.scrubbing import scrub
from concierge.store.search import write_keys
from concierge.store.tables import CareFlag, Event, EventPersonal, Household, Member, Ticket

_ALLOWED = "household.forget"
_ROWS = (*LISTED, "fact", "instruction")
_STAYS = frozenset({"moved_out"})  # when a flat became empty says nothing of anybody


@dataclass(frozen=True, slots=True)
class _Survey:
    """What was read before the store was locked."""

    old: frozenset[int]
    seen: Sighted


def forget_household(desk: Desk, *, unit: str, actor: str, reason: str | None = None) -> Forgotten:
    """Forget everybody of a household that moved out; the flat stays, with an empty file.

    Raises:
        Refusal: ``role.needed``; ``forget.still-here`` until a day of moving out is entered;
            ``forget.open-tickets``; what ``changing`` refuses.
        StoreProblem: when the store cannot be written.
    """
    survey = _survey(desk, unit, actor)
    with changing(desk, unit, actor) as change:
        require(change.session, change.staff, _ALLOWED)
        if change.household.moved_out is None:
            raise Refusal("forget.still-here", name=change.household.unit)
        halves = halves_of(change.session, change.id, survey.old)
        traces = traces_of_household(change.session, change.household, halves)
        about = tickets_of(change.session, change.household)
        theirs = [ticket for ticket in about
                  if ticket.household_id == change.id or ticket.unit == change.household.unit]  # fmt: skip
        people = select(Member.id).where(Member.household_id == change.id)
        members = len(change.session.exec(people).all())
        erased = {half.event_id for half in halves}
        _empty_file(change)
        drop_drafts(change.session, change.household.unit)
        seen = renewed(change.session, survey.seen, traces.anywhere())
        done = _forget(
            change, traces, seen, theirs, erased, members=members, everybody=True, reason=reason
        )
    return _scrubbed(desk, done)


def forget_member(
    desk: Desk, *, unit: str, member: int, actor: str, reason: str | None = None
) -> Forgotten:
    """Forget one person who moved out, also one who was removed from the file before.

    Raises:
        Refusal: as ``forget_household``; ``part.unknown`` when the household never had such a member.
        StoreProblem: when the store cannot be written.
    """
    survey = _survey(desk, unit, actor, member)
    with changing(desk, unit, actor) as change:
        require(change.session, change.staff, _ALLOWED)
        row = _member(change.session, change.id, member)
        halves = _of_member(halves_of(change.session, change.id, survey.old), member)
        if row is None and not halves:
            raise Refusal("part.unknown", unit=change.household.unit, row=member)
        if row is not None and row.moved_out is None and change.household.moved_out is None:
            raise Refusal("forget.still-here", name=row.name)
        traces = traces_of_member(change.session, row, halves)
        tickets = tickets_of(change.session, change.household)
        theirs = [ticket for ticket in tickets if traces.is_of(ticket.caller, ticket.phone)]
        erased = {half.event_id for half in halves}
        if row is not None:
            change.session.delete(row)
            change.session.flush()
        _mask_file(change, traces)
        seen = renewed(change.session, survey.seen, traces)
        done = _forget(
            change, traces, seen, theirs, erased, members=1, everybody=False, reason=reason
        )
    return _scrubbed(desk, done)


def _survey(desk: Desk, unit: str, actor: str, member: int | None = None) -> _Survey:
    """Read the whole store for the people, in nobody's way.

    Raises:
        Refusal: ``role.needed``, and what finding the unit and the member of staff refuses.
    """
    with desk.store.read() as session:
        require(session, find_staff(session, actor), _ALLOWED)
        found = find_unit(session, unit).household_id
        assert found is not None
        old = old_halves(session, found)
        halves = halves_of(session, found, old)
        if member is None:
            household = session.get_one(Household, found)
            traces = traces_of_household(session, household, halves).anywhere()
        else:
            person = _member(session, found, member)
            traces = traces_of_member(session, person, _of_member(halves, member))
        return _Survey(old, look(session, traces))


def _member(session: Session, household_id: int, member: int) -> Member | None:
    row = session.get(Member, member)
    return row if row is not None and row.household_id == household_id else None


def _of_member(halves: Sequence[EventPersonal], member: int) -> list[EventPersonal]:
    return [half for half in halves if half.member_id == member]


def _forget(
    change: Changing,
    traces: Traces,
    seen: Sighted,
    theirs: Sequence[Ticket],
    erased: set[int],
    *,
    members: int,
    everybody: bool,
    reason: str | None,
) -> Forgotten:
    """Take out tickets' words and events' halves, and put on record that it was done."""
    session, household, far = change.session, change.household, traces.anywhere()
    about = tickets_of(session, household)
    near = [ticket for ticket in about if ticket not in theirs]
    others = elsewhere(session, {ticket.id for ticket in about}, seen)
    on_phone = (ticket for ticket in (*near, *others) if far.has_phone(ticket.phone))
    refuse_open([*theirs, *on_phone])
    blank(session, theirs, traces)
    mask(session, near, traces)
    mask(session, others, far)
    sealed = mask_books(session, theirs, seen, close=(near, traces))
    sealed += mask_sealed_notes(session, household.unit, traces, everybody=everybody)
    erased |= mask_notes(session, household.unit, (theirs, near), traces, everybody=everybody)
    session.flush()
    erased |= set(_left(session, change.id, (theirs, near, others), seen, traces))
    session.execute(delete(EventPersonal).where(col(EventPersonal.event_id).in_(erased)))
    write_keys(session, change.id, readings=readings)
    said = cleaned_line(reason)
    counts = {"members": members, "events": len(erased), "tickets": len(theirs)}
    append(
        session,
        change.desk.stamp(change.now, change.staff),
        FORGOTTEN,
        {"household_id": change.id, "unit": household.unit, "sealed": sealed, **counts},
        personal={"reason": traces.masked(said)} if said else None,
        household_id=change.id,
    )
    return Forgotten(household.unit, scrubbed=False, **counts)


def _scrubbed(desk: Desk, done: Forgotten) -> Forgotten:
    return Forgotten(done.unit, done.members, done.events, done.tickets, scrub(desk.store))


def _left(
    session: Session,
    household_id: int,
    tickets: tuple[Sequence[Ticket], Sequence[Ticket], Sequence[Ticket]],
    seen: Sighted,
    traces: Traces,
) -> Iterator[int]:
    """Events whose half speaks of them without saying so: their tickets', those about the flat, loose ones.

    A name alone is taken for theirs near the flat and in what belongs to no household; elsewhere somebody else
    may have it, and only a phone or a plate tells. How they were addressed tells near the flat only.

    Args:
        session: The session of the change.
        household_id: Whose people they are.
        tickets: Theirs, others about the flat, and those elsewhere that speak of them.
        seen: Where they are spoken of.
        traces: By what they are known.
    """
    theirs, near, others = ({ticket.id for ticket in each} for each in tickets)
    far = traces.anywhere()
    half = select(EventPersonal, Event.ticket_id, Event.shift_id, Event.data).join(
        Event, col(Event.id) == EventPersonal.event_id
    )
    of_flat = half.where(
        col(Event.ticket_id).in_(theirs | near) | (col(EventPersonal.household_id) == household_id)
    )
    for row, ticket_id, _, _ in session.exec(of_flat):
        if ticket_id in theirs or traces.in_text(row.payload):
            yield row.event_id
    for some in batches(seen.rows[HALVES]):
        asked = half.where(col(EventPersonal.event_id).in_(some))
        for row, ticket_id, shift_id, data in session.exec(asked):
            whose = owner_of(row, data)
            # A note of the running log is of nobody's file, whichever ticket it is about.
            loose = whose is None and (ticket_id is None or shift_id is not None)
            loose = loose or whose == household_id or ticket_id in others
            if far.is_certain(row.payload) or (loose and far.in_text(row.payload)):
                yield row.event_id


def _empty_file(change: Changing) -> None:
    """Take every row of the file, and every field but those of the flat itself."""
    for part in _ROWS:
        table = PARTS[part].table
        change.session.execute(delete(table).where(_owner(table) == change.id))
    change.session.execute(delete(CareFlag).where(col(CareFlag.household_id) == change.id))
    for name in PARTS["household"].checks:
        if name not in _STAYS:
            setattr(change.household, name, None)
    change.session.add(change.household)
    change.session.flush()


def _mask_file(change: Changing, traces: Traces) -> None:
    """Mask one person in what stays of the file."""
    rows: list[SQLModel] = [change.household]
    for part in _ROWS:
        table = PARTS[part].table
        rows += change.session.exec(select(table).where(_owner(table) == change.id)).all()
    for row in rows:
        for name, value in row.model_dump().items():
            if isinstance(value, str) and name not in {"unit", "room"} and traces.in_text(value):
                setattr(row, name, traces.masked(value))
                change.session.add(row)


def _owner(table: type[SQLModel]) -> Any:
    return SQLModel.metadata.tables[str(table.__tablename__)].c.household_id
