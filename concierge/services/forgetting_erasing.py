"""Taking people who moved out from tickets, the log and their file, and putting on record that it was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col, select

from concierge.domain.traces import Traces
from concierge.services.forgetting_doubts import (
    Chosen,
    Scope,
    chosen_tickets,
    mask_chosen_notes,
)
from concierge.services.forgetting_notes import mask_notes, mask_sealed_notes
from concierge.services.forgetting_search import HALVES, Sighted, owner_of, seen_halves
from concierge.services.forgetting_shifts import FORGOTTEN
from concierge.services.forgetting_tickets import (
    blank,
    elsewhere,
    in_the_way,
    mask,
    mask_beside,
    mask_books,
    refuse_open,
)
from concierge.services.household_changing import Changing
from concierge.services.household_parts import LISTED, PARTS
from concierge.services.household_views import Forgotten
from concierge.services.pinyin import readings
from concierge.services.typed_lines import cleaned_line
from concierge.store.audit import append
from concierge.store.batches import batches
from concierge.store.search import write_keys
from concierge.store.tables import CareFlag, Event, EventPersonal, Ticket

_ROWS = (*LISTED, "fact", "instruction")
_STAYS = frozenset({"moved_out"})  # when a flat became empty says nothing of anybody


@dataclass(frozen=True, slots=True)
class Gone:
    """Who is forgotten: by what they are known, where they may be spoken of, their own tickets and halves.

    ``about`` are all tickets about the flat, ``theirs`` among them; ``chosen`` are the texts of others that
    somebody looked at.
    """

    traces: Traces
    seen: Sighted
    about: Sequence[Ticket]
    theirs: Sequence[Ticket]
    erased: frozenset[int]
    chosen: Chosen
    members: int
    everybody: bool


def erase(change: Changing, gone: Gone, reason: str | None) -> Forgotten:
    """Take out tickets' words and events' halves, and put on record that it was done.

    Raises:
        Refusal: ``forget.open-tickets``; ``ticket.unknown`` for one that was chosen.
    """
    session, household, traces, seen = change.session, change.household, gone.traces, gone.seen
    known = {ticket.id for ticket in gone.about}
    near = [ticket for ticket in gone.about if ticket not in gone.theirs]
    chosen = [each for each in chosen_tickets(session, gone.chosen) if each.id not in known]
    others = elsewhere(session, known | {ticket.id for ticket in chosen}, seen)
    refuse_open(in_the_way(gone.theirs, (*near, *chosen, *others), seen.traces))
    blank(session, gone.theirs, traces)
    mask(session, [*near, *chosen], traces)
    mask(session, others, seen.traces)
    mask_beside(session, _told_beside(session, seen), seen.traces)
    events, texts = mask_chosen_notes(session, gone.chosen, traces)
    sealed = mask_books(session, gone.theirs, seen, close=([*near, *chosen], traces), notes=texts)
    sealed += mask_sealed_notes(session, household.unit, traces, everybody=gone.everybody)
    erased = gone.erased | events | mask_notes(
        session, household.unit, (gone.theirs, near), traces, everybody=gone.everybody
    )  # fmt: skip
    session.flush()
    erased |= set(_left(session, change.id, (gone.theirs, [*near, *chosen], others), seen, traces))
    session.execute(delete(EventPersonal).where(col(EventPersonal.event_id).in_(erased)))
    write_keys(session, change.id, readings=readings)
    said = cleaned_line(reason)
    counts = {"members": gone.members, "events": len(erased), "tickets": len(gone.theirs)}
    append(
        session,
        change.desk.stamp(change.now, change.staff),
        FORGOTTEN,
        {"household_id": change.id, "unit": household.unit, "sealed": sealed, **counts},
        personal={"reason": traces.masked(said)} if said else None,
        household_id=change.id,
    )
    return Forgotten(
        household.unit,
        gone.members,
        len(erased),
        len(gone.theirs),
        scrubbed=False,
        known=traces.tell_somebody(),
    )


def _told_beside(session: Session, seen: Sighted) -> set[int | None]:
    """Tickets beside which they are told: what is said there stands in an event too, and is found by that."""
    halves = seen_halves(session, seen.rows[HALVES])
    return {event.ticket_id for half, event in halves if seen.traces.tells(half.payload)}


def scope_of(change: Changing, about: Sequence[Ticket]) -> Scope:
    """Where names are looked for that nobody erases by himself."""
    about_ids = frozenset(ticket.id for ticket in about if ticket.id is not None)
    return Scope(change.id, change.household.unit, about_ids, change.staff.id)


def _left(
    session: Session,
    household_id: int,
    tickets: tuple[Sequence[Ticket], Sequence[Ticket], Sequence[Ticket]],
    seen: Sighted,
    traces: Traces,
) -> Iterator[int]:
    """Events whose half speaks of them without saying so: their tickets', the flat's, others that tell.

    Args:
        session: The session of the change.
        household_id: Whose people they are.
        tickets: Theirs, others by which they are known as near the flat, and those elsewhere that tell them.
        seen: Where they may be spoken of.
        traces: By what they are known.
    """
    theirs, near, others = ({ticket.id for ticket in each} for each in tickets)
    far = seen.traces
    for half, event in _of_flat(session, household_id, theirs | near):
        if event.ticket_id in theirs or traces.in_text(half.payload):
            yield half.event_id
    for half, event in seen_halves(session, seen.rows[HALVES]):
        whose = owner_of(half, event.data)
        # A note of the running log is of nobody's file, whichever ticket it is about.
        loose = whose is None and (event.ticket_id is None or event.shift_id is not None)
        loose = loose or whose == household_id or event.ticket_id in others
        if far.tells(half.payload) or (loose and far.in_text(half.payload)):
            yield half.event_id


def _of_flat(
    session: Session, household_id: int, tickets: AbstractSet[int | None]
) -> Iterator[tuple[EventPersonal, Event]]:
    """The halves about a household's file, and those about tickets; two questions, each by its index."""
    asked = select(EventPersonal, Event).join(Event, col(Event.id) == EventPersonal.event_id)
    yield from session.exec(asked.where(col(EventPersonal.household_id) == household_id))
    for some in batches(number for number in tickets if number is not None):
        yield from session.exec(asked.where(col(Event.ticket_id).in_(some)))


def empty_file(change: Changing) -> None:
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


def mask_file(change: Changing, traces: Traces) -> None:
    """Mask one person in what stays of the file."""
    rows: list[SQLModel] = [change.household]
    for part in _ROWS:
        table = PARTS[part].table
        rows += change.session.exec(select(table).where(_owner(table) == change.id)).all()
    for row in rows:
        for name, value in row.model_dump().items():
            # Who stays keeps the name, also one that another name stands in.
            fixed = name in {"unit", "room"} or (name == "name" and value not in traces.names)
            if isinstance(value, str) and not fixed and traces.in_text(value):
                setattr(row, name, traces.masked(value))
                change.session.add(row)


def _owner(table: type[SQLModel]) -> Any:
    return SQLModel.metadata.tables[str(table.__tablename__)].c.household_id
