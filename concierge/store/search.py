"""Finding households by stored keys, and writing those keys.

Every question is a range of one b-tree (kind of match, key); never a LIKE, never a scan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, select
from sqlmodel import Session, SQLModel, col

from concierge.domain.household import UnitCode
from concierge.domain.search_keys import SearchKey as Key
from concierge.domain.search_keys import (
    SearchQuery,
    name_keys,
    phone_keys,
    plate_keys,
    unit_keys,
)
from concierge.store.tables import Household, Member, SearchKey, Vehicle

_AT_A_TIME = 500
# The syllables of each way in which a name may be read; none for a Latin name.
Readings = Callable[[str], tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A household that fits: ``name`` and ``phone`` are those of the member that matched.

    Where the unit or a plate matched, they are the first member's; "" and None without members.
    """

    household_id: int
    unit: str
    name: str
    match: str
    phone: str | None


def find(session: Session, queries: tuple[SearchQuery, ...], *, limit: int) -> list[FoundRow]:
    """Households within the ranges, each once, by what found it first.

    Args:
        session: A session on the store.
        queries: The ranges, best first.
        limit: How many households at most.

    Returns:
        In the order of the queries; within one by key, then in the order the roster was entered in,
        which is the order of the index: sorting twenty thousand equal keys by unit costs a frame.
    """
    found: dict[int, FoundRow] = {}
    for query in queries:
        if len(found) >= limit:
            break
        values = {"match": str(query.match), "low": query.low, "high": query.high}
        with session.execute(_IN_RANGE, values) as rows:
            for row in rows:
                found.setdefault(row.household_id, FoundRow(*row))
                if len(found) >= limit:
                    break
    return list(found.values())


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
        if rows:
            session.connection().execute(insert(SQLModel.metadata.tables["search_key"]), rows)


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
    for owner, member, name, phone in session.execute(people).all():
        yield from ((owner, member, key) for key in name_keys(name, readings(name)))
        yield from ((owner, member, key) for key in phone_keys(phone or ""))
    plates = select(col(Vehicle.household_id), col(Vehicle.plate)).where(
        col(Vehicle.household_id).in_(household_ids)
    )
    for owner, plate in session.execute(plates).all():
        yield from ((owner, None, key) for key in plate_keys(plate))


def _in_range() -> Select[Any]:
    """One range of keys with whom to greet.

    Columns of tables, not of records: rows then come one by one in the order of the index, so that a
    common name costs no more than a rare one.
    """
    tables = SQLModel.metadata.tables
    key, household, member = (tables[name].c for name in ("search_key", "household", "member"))
    someone = tables["member"].alias("someone").c
    first = (
        select(someone.id)
        .where(someone.household_id == key.household_id)
        .order_by(someone.position, someone.id)
        .limit(1)
        .scalar_subquery()
    )
    greeted = (
        tables["search_key"]
        .join(tables["household"], household.id == key.household_id)
        .outerjoin(tables["member"], member.id == func.coalesce(key.member_id, first))
    )
    name = func.coalesce(member.name, "")
    return (
        select(key.household_id, household.unit, name, key.match, member.phone)
        .select_from(greeted)
        .where(
            key.match == bindparam("match"),
            key.key >= bindparam("low"),
            key.key < bindparam("high"),
        )
        .order_by(key.key, key.household_id)
    )


# Built once: building it costs more than running it.
_IN_RANGE = _in_range()
