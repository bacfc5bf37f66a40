"""By what people who are forgotten are known: what stands in their file, and what stood there once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from sqlmodel import Session, col, func, select

from concierge.domain.folding import plain_plate
from concierge.domain.search_keys import LONGEST_KEY, Match
from concierge.domain.traces import Traces
from concierge.services.pinyin import given_name, spoken, surnames
from concierge.store.tables import (
    EmergencyContact,
    Event,
    EventPersonal,
    Household,
    Member,
    SearchKey,
    Vehicle,
)

_OLD = "household.added"


def old_halves(session: Session, household_id: int) -> frozenset[int]:
    """Events from before halves said whose they are: only the event does. They are older than those that do."""
    said = select(func.min(EventPersonal.event_id)).where(
        col(EventPersonal.household_id).is_not(None)
    )
    older = select(EventPersonal.event_id, Event.data).join(
        Event, col(Event.id) == EventPersonal.event_id
    )
    if (first := session.execute(said).scalar()) is not None:
        older = older.where(col(EventPersonal.event_id) < first)
    rows = session.exec(
        older.where(col(EventPersonal.household_id).is_(None), col(Event.kind) == _OLD)
    )
    return frozenset(
        number for number, data in rows if json.loads(data).get("household_id") == household_id
    )


def halves_of(
    session: Session, household_id: int, old: AbstractSet[int]
) -> Sequence[EventPersonal]:
    """The erasable halves about a household, ``old`` ones among them."""
    owned = select(EventPersonal).where(EventPersonal.household_id == household_id)
    found = {half.event_id: half for half in session.exec(owned)}
    older = select(EventPersonal).where(col(EventPersonal.event_id).in_(old - found.keys()))
    return [*found.values(), *session.exec(older)]


def people_of(session: Session, household_id: int) -> list[Member | EmergencyContact]:
    """Everybody in a file who has a name and perhaps a phone."""
    members = select(Member).where(Member.household_id == household_id)
    contacts = select(EmergencyContact).where(EmergencyContact.household_id == household_id)
    return [*session.exec(members), *session.exec(contacts)]


def traces_of_member(
    session: Session, person: Member | None, halves: Sequence[EventPersonal], *, unit: str
) -> Traces:
    """One person's names and phones; ``unit`` is where they lived."""
    people = [person] if person else []
    return _alone(session, _traces(people, _kept(halves), unit=unit), people)


def traces_of_household(
    session: Session, household: Household, halves: Sequence[EventPersonal]
) -> Traces:
    """Everybody's names and phones, their plates, and how they were addressed."""
    assert household.id is not None
    people = people_of(session, household.id)
    said = list(_kept(halves, _contacts(session, halves)))
    everything = [values for half in halves for values in _values(half)]
    names = [*(one.name for one in people), *(str(one["name"]) for one in said if one.get("name"))]
    vehicles = session.exec(select(Vehicle.plate).where(Vehicle.household_id == household.id))
    traces = _traces(
        people,
        said,
        unit=household.unit,
        plates=[*vehicles, *(one.get("plate") for one in everything)],
        addressed=names,
        salutations=[household.salutation, *(one.get("salutation") for one in everything)],
    )
    others = frozenset(
        plate for plate in traces.plates if _is_elsewhere(session, plate, household.id)
    )
    return _alone(session, traces, people, others)


def _traces(
    people: Sequence[Member | EmergencyContact],
    kept: Iterable[dict[str, Any]],
    *,
    unit: str,
    plates: Iterable[str | None] = (),
    addressed: Iterable[str] = (),
    salutations: Iterable[str | None] = (),
) -> Traces:
    """By what people are and were known."""
    before = list(kept)
    said = [*(one.name for one in people), *(one.get("name") for one in before),
            *(one.get("member") for one in before)]  # fmt: skip
    names = {name.strip() for name in said if name}
    phones = [*(one.phone for one in people), *(one.get("phone") for one in before)]
    family = {surname for name in addressed for surname in surnames(name)}
    return Traces.of(
        names,
        phones,
        plates=plates,
        surnames=family,
        salutations=salutations,
        spoken=(reading for name in names for reading in spoken(name)),
        given=(given for name in names if (given := given_name(name))),
        unit=unit,
    )


def _values(half: EventPersonal) -> Iterator[dict[str, Any]]:
    said = json.loads(half.payload)
    yield from (
        one for one in (said, said.get("before"), said.get("after")) if isinstance(one, dict)
    )


def _kept(
    halves: Iterable[EventPersonal], contacts: AbstractSet[int] = frozenset()
) -> Iterator[dict[str, Any]]:
    """The values that were on record of members and contacts, before and after each change."""
    for half in halves:
        if half.member_id is not None or half.household_id is None or half.event_id in contacts:
            yield from _values(half)


def _contacts(session: Session, halves: Iterable[EventPersonal]) -> set[int]:
    """The events about emergency contacts, who are no members."""
    ids = [half.event_id for half in halves if half.member_id is None]
    events = session.exec(select(Event.id, Event.data).where(col(Event.id).in_(ids)))
    return {number for number, data in events if json.loads(data).get("what") == "contact"}


def _alone(
    session: Session,
    traces: Traces,
    people: Sequence[Member | EmergencyContact],
    plates: frozenset[str] = frozenset(),
) -> Traces:
    """Without what somebody who stays has too: a family's one number is not taken from them."""
    gone = {(type(one), one.id) for one in people}
    staying = [
        phone
        for table in (Member, EmergencyContact)
        for number, phone in session.exec(
            select(table.id, table.phone).where(col(table.phone).is_not(None))
        )
        if (table, number) not in gone
    ]
    return traces.without(Traces.of((), staying).phones, plates)


def _is_elsewhere(session: Session, plate: str, household_id: int) -> bool:
    """Whether another household has the plate too."""
    other = select(SearchKey.id).where(
        SearchKey.match == str(Match.PLATE),
        SearchKey.key == plain_plate(plate)[:LONGEST_KEY],
        SearchKey.household_id != household_id,
    )
    return session.exec(other.limit(1)).first() is not None
