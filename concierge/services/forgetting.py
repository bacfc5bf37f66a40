"""Forgetting people who moved out: they are gone from rows, events and texts; tickets and figures stay.

The erasable half of every event about them is deleted, so that the chain of the log stays whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import sqlalchemy
from sqlalchemy import and_, delete, or_
from sqlmodel import Session, SQLModel, col, select

from concierge.domain.refusal import Refusal
from concierge.domain.traces import Traces
from concierge.services.desk import Desk
from concierge.services.forgetting_tickets import (
    blank,
    drop_drafts,
    elsewhere,
    mask,
    mask_books,
    refuse_open,
    tickets_of,
)
from concierge.services.household_changing import Changing, changing
from concierge.services.household_parts import LISTED, PARTS
from concierge.services.household_views import Forgotten
from concierge.services.people import require
from concierge.services.pinyin import readings
from concierge.services.typed_lines import cleaned_line
from concierge.store.audit import append
from concierge.store.scrubbing import scrub
from concierge.store.search import write_keys
from concierge.store.tables import CareFlag, EmergencyContact, Event, EventPersonal, Member, Ticket

_ALLOWED = "household.forget"
_OLD = "household.added"
_ROWS = (*LISTED, "fact", "instruction")
_STAYS = frozenset({"moved_out"})  # when a flat became empty says nothing of anybody


def forget_household(desk: Desk, *, unit: str, actor: str, reason: str | None = None) -> Forgotten:
    """Forget everybody of a household that moved out; the flat stays, with an empty file.

    Raises:
        Refusal: ``role.needed``; ``forget.still-here`` until a day of moving out is entered;
            ``forget.open-tickets``; what ``changing`` refuses.
        StoreProblem: when the store cannot be written.
    """
    with changing(desk, unit, actor) as change:
        require(change.session, change.staff, _ALLOWED)
        if change.household.moved_out is None:
            raise Refusal("forget.still-here", name=change.household.unit)
        people = _people(change.session, change.id)
        halves = _halves(change.session, change.id)
        contacts = _contacts(change.session, halves)
        traces = _alone(change.session, _traces(people, _kept(halves, contacts)), people)
        theirs = [ticket for ticket in tickets_of(change.session, change.household)
                  if ticket.household_id == change.id or ticket.unit == change.household.unit]  # fmt: skip
        erased = {half.event_id for half in halves}
        _empty_file(change)
        drop_drafts(change.session, change.household.unit)
        members = sum(isinstance(one, Member) for one in people)
        done = _forget(change, traces, theirs, erased, members=members, reason=reason)
    return _scrubbed(desk, done)


def forget_member(
    desk: Desk, *, unit: str, member: int, actor: str, reason: str | None = None
) -> Forgotten:
    """Forget one person who moved out, also one who was removed from the file before.

    Raises:
        Refusal: as ``forget_household``; ``part.unknown`` when the household never had such a member.
        StoreProblem: when the store cannot be written.
    """
    with changing(desk, unit, actor) as change:
        require(change.session, change.staff, _ALLOWED)
        halves = [half for half in _halves(change.session, change.id) if half.member_id == member]
        row = change.session.get(Member, member)
        if row is None or row.household_id != change.id:
            if not halves:
                raise Refusal("part.unknown", unit=change.household.unit, row=member)
            row = None
        elif row.moved_out is None and change.household.moved_out is None:
            raise Refusal("forget.still-here", name=row.name)
        people = [row] if row else []
        traces = _alone(change.session, _traces(people, _kept(halves)), people)
        tickets = tickets_of(change.session, change.household)
        theirs = [ticket for ticket in tickets if traces.is_of(ticket.caller, ticket.phone)]
        erased = {half.event_id for half in halves}
        if row is not None:
            change.session.delete(row)
            change.session.flush()
        _mask_file(change, traces)
        done = _forget(change, traces, theirs, erased, members=1, reason=reason)
    return _scrubbed(desk, done)


def _forget(
    change: Changing,
    traces: Traces,
    theirs: Sequence[Ticket],
    erased: set[int],
    *,
    members: int,
    reason: str | None,
) -> Forgotten:
    """Take out tickets' words and events' halves, and put on record that it was done."""
    session, household = change.session, change.household
    about = tickets_of(session, household)
    others = [ticket for ticket in about if ticket not in theirs]
    others += elsewhere(session, {ticket.id for ticket in about}, traces)
    refuse_open([*theirs, *(ticket for ticket in others if traces.has_phone(ticket.phone))])
    blank(session, theirs, traces)
    mask(session, others, traces)
    mask_books(session, theirs, traces)
    session.flush()
    near = {ticket.id for ticket in others}
    erased |= set(_left(session, change.id, {ticket.id for ticket in theirs}, near, traces))
    session.execute(delete(EventPersonal).where(col(EventPersonal.event_id).in_(erased)))
    write_keys(session, change.id, readings=readings)
    said = cleaned_line(reason)
    counts = {"members": members, "events": len(erased), "tickets": len(theirs)}
    append(
        session,
        change.desk.stamp(change.now, change.staff),
        "household.forgotten",
        {"household_id": change.id, "unit": household.unit, **counts},
        personal={"reason": traces.masked(said)} if said else None,
        household_id=change.id,
    )
    return Forgotten(household.unit, scrubbed=False, **counts)


def _scrubbed(desk: Desk, done: Forgotten) -> Forgotten:
    return Forgotten(done.unit, done.members, done.events, done.tickets, scrub(desk.store))


def _people(session: Session, household_id: int) -> list[Member | EmergencyContact]:
    """Everybody in a file who has a name and perhaps a phone."""
    members = select(Member).where(Member.household_id == household_id)
    contacts = select(EmergencyContact).where(EmergencyContact.household_id == household_id)
    return [*session.exec(members), *session.exec(contacts)]


def _halves(session: Session, household_id: int) -> Sequence[EventPersonal]:
    """The erasable halves about a household; of old ones only the event says whose they are."""
    rows = session.exec(
        select(EventPersonal, Event.data)
        .join(Event, col(Event.id) == EventPersonal.event_id)
        .where(
            or_(
                col(EventPersonal.household_id) == household_id,
                and_(col(EventPersonal.household_id).is_(None), col(Event.kind) == _OLD),
            )
        )
    )
    return [half for half, data in rows if json.loads(data).get("household_id") == household_id]


def _contacts(session: Session, halves: Iterable[EventPersonal]) -> set[int]:
    """The events about emergency contacts, who are no members."""
    ids = [half.event_id for half in halves if half.member_id is None]
    events = session.exec(select(Event.id, Event.data).where(col(Event.id).in_(ids)))
    return {number for number, data in events if json.loads(data).get("what") == "contact"}


def _kept(
    halves: Iterable[EventPersonal], contacts: AbstractSet[int] = frozenset()
) -> Iterator[dict[str, Any]]:
    """The values that were on record of members and contacts, before and after each change."""
    for half in halves:
        said = json.loads(half.payload)
        for values in (said, said.get("before"), said.get("after")):
            if isinstance(values, dict) and (
                half.member_id is not None or half.household_id is None or half.event_id in contacts
            ):
                yield values


def _traces(people: Sequence[Member | EmergencyContact], kept: Iterable[dict[str, Any]]) -> Traces:
    """By what people are and were known."""
    before = list(kept)
    names = [*(one.name for one in people), *(one.get("name") for one in before),
             *(one.get("member") for one in before)]  # fmt: skip
    phones = [*(one.phone for one in people), *(one.get("phone") for one in before)]
    return Traces.of(names, phones)


def _alone(session: Session, traces: Traces, people: Sequence[Member | EmergencyContact]) -> Traces:
    """Without the phones that somebody who stays has too: a family's one number is not taken from them."""
    gone = {(type(one), one.id) for one in people}
    staying = [
        phone
        for table in (Member, EmergencyContact)
        for number, phone in session.exec(
            select(table.id, table.phone).where(col(table.phone).is_not(None))
        )
        if (table, number) not in gone
    ]
    return Traces(traces.names, traces.phones - Traces.of((), staying).phones)


def _left(
    session: Session,
    household_id: int,
    theirs: set[int | None],
    near: set[int | None],
    traces: Traces,
) -> Iterator[int]:
    """Events whose half speaks of the people without saying so: older ones, their tickets', loose notes.

    A name alone is taken for theirs near the flat and in what belongs to no household; elsewhere somebody else
    may have it, and only a phone tells.
    """
    rows = session.execute(
        sqlalchemy.select(
            col(EventPersonal.event_id), col(Event.ticket_id), col(Event.data),
            col(EventPersonal.payload), col(EventPersonal.household_id),
        ).join(Event, col(Event.id) == EventPersonal.event_id)
    )  # fmt: skip
    for event_id, ticket_id, data, payload, about in rows:
        whose = about if about is not None else json.loads(data).get("household_id")
        if ticket_id in theirs and ticket_id is not None:
            yield event_id
        elif ticket_id in near or whose == household_id or (whose is None and ticket_id is None):
            if traces.in_text(payload):
                yield event_id
        elif traces.has_phone(payload):
            yield event_id


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
