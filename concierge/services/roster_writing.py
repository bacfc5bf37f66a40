"""Writing what a roster changes, in bulk, inside the caller's one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlmodel import Session, SQLModel, col

from concierge.services.roster_plan import Completion, Flat, Plan, is_masked
from concierge.services.roster_reading import RosterRow
from concierge.services.roster_watch import Watch
from concierge.store.search import write_many
from concierge.store.tables import Household, Member, Vehicle

_AT_A_TIME = 500
Readings = Callable[[str], tuple[tuple[str, ...], ...]]


def write_plan(session: Session, plan: Plan, now: int, readings: Readings, watch: Watch) -> None:
    """Write new households and what known ones get, and the keys by which they are found.

    Args:
        session: From ``Store.write``.
        plan: What is to be done.
        now: The present instant in seconds.
        readings: How a name's characters are pronounced.
        watch: Whoever waits; told of households.
    """
    total, done = len(plan.new) + len(plan.completions), 0
    for flats in _some(plan.new):
        watch.at(done, total)
        write_many(session, _add(session, flats, now), readings)
        done += len(flats)
    for completions in _some(plan.completions):
        watch.at(done, total)
        _fill(session, completions)
        write_many(session, [each.household_id for each in completions], readings)
        done += len(completions)
    watch.at(done, total)


def _some(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(things), _AT_A_TIME):
        yield things[start : start + _AT_A_TIME]


def _add(session: Session, flats: Sequence[Flat], now: int) -> list[int]:
    rows = [
        {"unit": flat.unit.text, "building": flat.unit.building, "entrance": flat.unit.entrance,
         "room": flat.unit.room, "moved_in": flat.moved_in, "notes": flat.notes, "created_at": now}
        for flat in flats
    ]  # fmt: skip
    _insert(session, Household, rows)
    units = [row["unit"] for row in rows]
    made = select(col(Household.unit), col(Household.id)).where(col(Household.unit).in_(units))
    ids: dict[str, int] = {row[0]: row[1] for row in session.execute(made).all()}
    owned = [(ids[flat.unit.text], flat) for flat in flats]
    _insert(session, Member, [
        _member(owner, position, row)
        for owner, flat in owned
        for position, row in enumerate(flat.people.values())
    ])  # fmt: skip
    _insert(session, Vehicle, [
        {"household_id": owner, "plate": plate} for owner, flat in owned for plate in flat.plates
    ])  # fmt: skip
    return [owner for owner, _ in owned]


def _fill(session: Session, completions: Sequence[Completion]) -> None:
    _insert(session, Member, [
        _member(each.household_id, each.first_position + place, row)
        for each in completions
        for place, row in enumerate(each.people)
    ])  # fmt: skip
    _insert(session, Vehicle, [
        {"household_id": each.household_id, "plate": plate}
        for each in completions
        for plate in each.plates
    ])  # fmt: skip
    for each in completions:
        _update(session, Household, {each.household_id: each.own} if each.own else {})
        _update(session, Member, each.members)


def _member(owner: int, position: int, row: RosterRow) -> dict[str, object]:
    return {
        "household_id": owner,
        "position": position,
        "name": row.name,
        "relation": row.relation,
        "phone": None if is_masked(row.phone) else row.phone,
    }


def _insert(session: Session, kind: type[SQLModel], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, each with the record's own defaults for whatever a roster does not say."""
    if not rows:
        return
    columns = {
        name: info.get_default(call_default_factory=True)
        for name, info in kind.model_fields.items()
        if name != "id" and not info.is_required()
    }
    session.connection().execute(insert(_table(kind)), [{**columns, **row} for row in rows])


def _update(
    session: Session, kind: type[SQLModel], values: Mapping[int, Mapping[str, str]]
) -> None:
    table = _table(kind)
    for number, columns in values.items():
        told = update(table).where(table.c.id == bindparam("row_id")).values(**columns)
        session.connection().execute(told, {"row_id": number})


def _table(kind: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(kind.__tablename__)]
