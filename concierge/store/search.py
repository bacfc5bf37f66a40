"""Writing the keys by which households are found; ``store.finding`` asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import delete, func, select
from sqlmodel import Session, SQLModel, col

from concierge.domain.household import UnitCode
from concierge.domain.household_file import Aspect
from concierge.domain.household_now import is_unsearchable
from concierge.domain.search_keys import (
    MOST_WORD_KEYS,
    name_keys,
    pet_keys,
    phone_keys,
    plate_keys,
    unit_keys,
    word_keys,
)
from concierge.domain.search_keys import SearchKey as Key
from concierge.store.bulk import insert_rows
from concierge.store.tables import Fact, Household, Instruction, Member, Pet, SearchKey, Vehicle

_AT_A_TIME = 500
KEYS_VERSION = 4
"""Raised whenever keys come to be written differently: then a store's are written anew at its next opening."""
NO_PHONE = "no-phone"
"""The match of a key that finds nothing typed: it lists the households of whom no phone is known."""
# The syllables of each way in which a name may be read; none for a Latin name.
Readings = Callable[[str], tuple[tuple[str, ...], ...]]


def write_keys(session: Session, household_id: int, readings: Readings) -> None:
    """Write a household's keys anew from its unit, members and vehicles.

    Args:
        session: A session from ``Store.write``; what it still holds back is flushed first.
        household_id: The household.
        readings: How a name's characters are pronounced.
    """
    write_many(session, (household_id,), readings)


def write_many(session: Session, household_ids: Sequence[int], readings: Readings) -> None:
    """The same for many households, as an import needs it."""
    session.flush()
    for start in range(0, len(household_ids), _AT_A_TIME):
        some = household_ids[start : start + _AT_A_TIME]
        session.execute(delete(SearchKey).where(col(SearchKey.household_id).in_(some)))
        rows = [
            {"household_id": owner, "member_id": member, "match": str(key.match), "key": key.key}
            for owner, member, key in dict.fromkeys(_keys(session, some, readings))
        ]
        rows += [
            {"household_id": owner, "member_id": None, "match": NO_PHONE, "key": ""}
            for owner in _unreachable(session, some)
        ]
        insert_rows(session, SQLModel.metadata.tables["search_key"], rows)


def _unreachable(session: Session, household_ids: Sequence[int]) -> Sequence[int]:
    """Those of the households of whose people no phone is known."""
    reached = select(col(Member.household_id)).where(
        col(Member.household_id).in_(household_ids), col(Member.phone).is_not(None)
    )
    left = select(col(Household.id)).where(
        col(Household.id).in_(household_ids), col(Household.id).not_in(reached)
    )
    return session.execute(left).scalars().all()


def _keys(
    session: Session, household_ids: Sequence[int], readings: Readings
) -> Iterator[tuple[int, int | None, Key]]:
    """Household, member whose name or phone it is, and key."""
    units = select(
        col(Household.id), col(Household.building), col(Household.entrance), col(Household.room)
    ).where(col(Household.id).in_(household_ids))
    for owner, *parts in session.execute(units).all():
        yield from ((owner, None, key) for key in unit_keys(UnitCode(*parts)))
    people = select(
        col(Member.household_id), col(Member.id), col(Member.name), col(Member.phone)
    ).where(col(Member.household_id).in_(household_ids))
    people = people.order_by(col(Member.household_id), col(Member.id))
    for owner, member, name, phone in session.execute(people).all():
        yield from ((owner, member, key) for key in name_keys(name, readings(name)))
        yield from ((owner, member, key) for key in phone_keys(phone or ""))
    plates = select(col(Vehicle.household_id), col(Vehicle.plate)).where(
        col(Vehicle.household_id).in_(household_ids)
    )
    for owner, plate in session.execute(plates).all():
        yield from ((owner, None, key) for key in plate_keys(plate))
    pets = select(col(Pet.household_id), col(Pet.name)).where(
        col(Pet.household_id).in_(household_ids)
    )
    for owner, name in session.execute(pets).all():
        yield from ((owner, None, key) for key in pet_keys(name, readings(name)))
    yield from _words(session, household_ids)


def _words(session: Session, household_ids: Sequence[int]) -> Iterator[tuple[int, int | None, Key]]:
    """The words of each file, up to so many keys a household; what protects comes first."""
    left = dict.fromkeys(household_ids, MOST_WORD_KEYS)
    for owner, member, text in _texts(session, household_ids):
        keys = word_keys(text, most=left[owner])
        left[owner] -= len(keys)
        yield from ((owner, member, key) for key in keys)


def _texts(session: Session, household_ids: Sequence[int]) -> Iterator[tuple[int, int | None, str]]:
    """Facts, instructions, notes and what is said of pets: household, whom it is about, text."""
    facts = (
        select(
            col(Fact.household_id),
            col(Fact.member_id),
            col(Fact.text),
            col(Fact.aspect),
            col(Member.birthday),
            col(Fact.noted_on),
        )
        .outerjoin(Member, col(Member.id) == Fact.member_id)
        .where(col(Fact.household_id).in_(household_ids))
        .order_by(col(Fact.aspect) != str(Aspect.ALLERGY), col(Fact.id))
    )
    for owner, member, text, *kind in session.execute(facts):
        if not is_unsearchable(*kind):
            yield owner, member, text
    told = (
        select(col(Instruction.household_id), col(Instruction.text))
        .where(
            col(Instruction.household_id).in_(household_ids), col(Instruction.ended_at).is_(None)
        )
        .order_by(col(Instruction.id))
    )
    notes = select(col(Household.id), col(Household.notes)).where(
        col(Household.id).in_(household_ids)
    )
    pets = (
        select(
            col(Pet.household_id), func.coalesce(Pet.kind, "") + " " + func.coalesce(Pet.note, "")
        )
        .where(col(Pet.household_id).in_(household_ids))
        .order_by(col(Pet.id))
    )
    for question in (told, notes, pets):
        yield from ((owner, None, text) for owner, text in session.execute(question) if text)
