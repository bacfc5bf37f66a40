"""Texts that may still name people who are forgotten, or somebody of the same name: for a person to look at.

A name in the words of another household, and a given name alone where no household is concerned, may be
somebody else's. Unless that household has such a name itself these places are shown before anything is erased;
whoever forgets chooses those from which the names go too, and is told which are left.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlmodel import Session, col, select

from concierge.domain.masking import masked_text
from concierge.domain.refusal import Refusal
from concierge.domain.traces import Traces
from concierge.services.forgetting_notes import is_about
from concierge.services.forgetting_search import (
    CALLS,
    HALVES,
    NOTES,
    SAID,
    TICKETS,
    Sighted,
    is_told,
    owner_of,
    seen_halves,
)
from concierge.services.household_views import StillNamed
from concierge.services.ticket_view import find_ticket
from concierge.store.batches import batches
from concierge.store.tables import Member, PhoneCall, ShiftNote, Ticket

NOTE, EVENT = "note-", "event-"
_AROUND = 12  # characters shown on either side of a name


@dataclass(frozen=True, slots=True)
class Chosen:
    """Texts that somebody looked at and that name whom is forgotten: tickets by number, notes by id."""

    tickets: frozenset[str] = frozenset()
    notes: frozenset[int] = frozenset()

    @classmethod
    def of(cls, refs: AbstractSet[str]) -> Chosen:
        """From how the places were shown; whatever is no note is taken for a ticket."""
        notes = {ref for ref in refs if ref.startswith(NOTE) and ref.removeprefix(NOTE).isdecimal()}
        return cls(frozenset(refs - notes), frozenset(int(ref.removeprefix(NOTE)) for ref in notes))


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose people they are, their unit, which tickets are about it, and who looks."""

    household_id: int
    unit: str
    about: frozenset[int]
    viewer: int | None


def still_named(session: Session, seen: Sighted, scope: Scope) -> tuple[StillNamed, ...]:
    """Where they may still be named once everything that tells them is erased, one line a place, in order.

    Before and after the erasing it is the same, but for what was chosen.

    Args:
        session: A session on the store.
        seen: Where they may be spoken of.
        scope: Whose people they are.
    """
    found: dict[str, StillNamed] = {}
    for each in _places(session, seen, scope):
        found.setdefault(each.ref, each)
    return tuple(sorted(found.values(), key=lambda each: (each.at, each.ref)))


def _places(session: Session, seen: Sighted, scope: Scope) -> Iterator[StillNamed]:
    namesakes = _Namesakes(session, seen.traces)
    told: set[int] = set()
    for ticket in _tickets(session, seen, scope.about):
        if is_told(ticket, seen.traces):
            told.add(ticket.id or 0)
        if not namesakes.has(ticket.household_id):
            yield from _in_ticket(ticket, seen.traces, told, scope)
    for some in batches(seen.rows[NOTES]):
        for note in session.exec(select(ShiftNote).where(col(ShiftNote.id).in_(some))):
            said = _around(seen.traces, seen.traces.masked(note.text))
            if said and note.ticket_id not in scope.about and not is_about(note, scope.unit):
                yield StillNamed(f"{NOTE}{note.id}", "note", note.at, said)
    yield from _in_calls(session, seen, scope, namesakes)
    yield from _in_halves(session, seen, scope, namesakes, told)


def _tickets(session: Session, seen: Sighted, about: AbstractSet[int]) -> Iterator[Ticket]:
    for some in batches(seen.rows[TICKETS] - about):
        yield from session.exec(select(Ticket).where(col(Ticket.id).in_(some)))


def _in_ticket(
    ticket: Ticket, traces: Traces, told: AbstractSet[int], scope: Scope
) -> Iterator[StillNamed]:
    for name in SAID:
        text = getattr(ticket, name)
        if text and ticket.id in told:
            text = traces.masked(text)
        if said := _around(traces, text):
            hidden = ticket.about_staff_id is not None and ticket.about_staff_id == scope.viewer
            yield StillNamed(ticket.number, "ticket", ticket.received_at, "" if hidden else said)
            return


def _in_calls(
    session: Session, seen: Sighted, scope: Scope, namesakes: _Namesakes
) -> Iterator[StillNamed]:
    for some in batches(seen.rows[CALLS]):
        calls = select(PhoneCall, Ticket).join(Ticket, col(Ticket.id) == PhoneCall.ticket_id)
        for call, ticket in session.exec(calls.where(col(PhoneCall.id).in_(some))):
            said = "" if seen.traces.tells(call.whom) else _around(seen.traces, call.whom)
            if said and ticket.id not in scope.about and not namesakes.has(ticket.household_id):
                yield StillNamed(ticket.number, "ticket", call.at, said)


def _in_halves(
    session: Session,
    seen: Sighted,
    scope: Scope,
    namesakes: _Namesakes,
    told: AbstractSet[int],
) -> Iterator[StillNamed]:
    """Events of tickets and files; what is about the flat is erased, and a note is looked at as one."""
    for half, event in seen_halves(session, seen.rows[HALVES]):
        data = json.loads(event.data)
        owner = owner_of(half, event.data)
        if (
            owner == scope.household_id
            or event.ticket_id in scope.about
            or event.shift_id is not None
        ):
            continue
        loose = owner is None and event.ticket_id is None
        erased = seen.traces.tells(half.payload) or (
            (loose or event.ticket_id in told) and seen.traces.in_text(half.payload)
        )
        said = "" if erased or half.member_id is not None else _around(seen.traces, half.payload)
        if not said:
            continue
        if event.ticket_id is not None:
            ticket = session.get_one(Ticket, event.ticket_id)
            hidden = ticket.about_staff_id is not None and ticket.about_staff_id == scope.viewer
            if not namesakes.has(ticket.household_id):
                yield StillNamed(ticket.number, "ticket", event.at, "" if hidden else said)
        elif owner is None:
            yield StillNamed(f"{EVENT}{event.id}", "event", event.at, said)
        elif not namesakes.has(owner):
            yield StillNamed(str(data.get("unit")), "file", event.at, said)


def _around(traces: Traces, text: str | None) -> str:
    """A name with what stands around it, phones masked; nothing where there is none."""
    shown = None if text is None else masked_text(text)
    found = traces.may_name(shown)
    if found is None or shown is None:
        return ""
    return shown[max(0, found.start() - _AROUND) : found.end() + _AROUND]


class _Namesakes:
    """Households that have somebody of the name themselves: there it means them."""

    def __init__(self, session: Session, traces: Traces) -> None:
        self._session, self._traces = session, traces
        self._known: dict[int, bool] = {}

    def has(self, household_id: int | None) -> bool:
        """Whether a household has."""
        if household_id is None:
            return False
        if household_id not in self._known:
            names = self._session.exec(
                select(Member.name).where(Member.household_id == household_id)
            )
            self._known[household_id] = any(map(self._traces.is_like, names))
        return self._known[household_id]


def chosen_tickets(session: Session, chosen: Chosen) -> Sequence[Ticket]:
    """The tickets that were chosen, by numbers as short as people say them.

    Raises:
        Refusal: ``ticket.unknown``, or ``ticket.ambiguous`` when several open ones fit.
    """
    found = (find_ticket(session, number) for number in sorted(chosen.tickets))
    return list({ticket.id: ticket for ticket in found}.values())


def unchosen(
    session: Session, places: Sequence[StillNamed], chosen: Chosen
) -> tuple[StillNamed, ...]:
    """The places that nobody chose.

    Raises:
        Refusal: as ``chosen_tickets`` does.
    """
    refs = {ticket.number for ticket in chosen_tickets(session, chosen)}
    refs |= {f"{NOTE}{note}" for note in chosen.notes}
    return tuple(each for each in places if each.ref not in refs)


def mask_chosen_notes(
    session: Session, chosen: Chosen, traces: Traces
) -> tuple[set[int], frozenset[str]]:
    """Take them out of the notes that were chosen; gives the events about these, and the texts they had.

    Raises:
        Refusal: ``ticket.unknown`` for a note that is none.
    """
    notes = session.exec(select(ShiftNote).where(col(ShiftNote.id).in_(chosen.notes))).all()
    if gone := chosen.notes - {note.id for note in notes}:
        raise Refusal("ticket.unknown", ticket=f"{NOTE}{min(gone)}")
    events: set[int] = set()
    texts: set[str] = set()
    for note in notes:
        texts.add(note.text)
        note.text = traces.masked(note.text)
        events |= set() if note.event_id is None else {note.event_id}
        session.add(note)
    return events, frozenset(texts)
