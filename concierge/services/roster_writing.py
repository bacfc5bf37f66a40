"""Writing what a roster changes, in bulk, inside the caller's one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlmodel import Session, SQLModel

from concierge.domain.household_now import is_child
from concierge.services.fresh_ids import fresh_id
from concierge.services.household_log import Whom
from concierge.services.roster_fields import Value
from concierge.services.roster_log import Home, RosterLog
from concierge.services.roster_plan import Completion, Edit, Flat, Person, Plan, is_masked
from concierge.services.roster_watch import Watch
from concierge.store.bulk import insert_rows, update_rows
from concierge.store.search import write_many
from concierge.store.tables import Household, Member, Vehicle

_AT_A_TIME = 500
Readings = Callable[[str], tuple[tuple[str, ...], ...]]
Row = dict[str, Value]


class Writer:
    """Writes new households and what known ones get, each on record, and the keys by which they are found.

    Args:
        session: From ``Store.write``.
        log: Where it is recorded.
        readings: How a name's characters are pronounced.
        is_file: Whether ids are given here, for the store is a file that has one writer.
    """

    def __init__(
        self, session: Session, log: RosterLog, readings: Readings, *, is_file: bool
    ) -> None:
        self._session, self._log, self._readings = session, log, readings
        self._next: dict[type[SQLModel], int] = {}
        if is_file:
            last = session.execute(select(func.max(_table(Household).c.id))).scalar() or 0
            self._next = {
                Household: last + 1,
                Member: fresh_id(session, Member),
                Vehicle: fresh_id(session, Vehicle),
            }

    def write(self, plan: Plan, watch: Watch) -> None:
        """Write it all.

        Args:
            plan: What is to be done.
            watch: Whoever waits; told of households.

        Raises:
            Refusal: ``roster.cancelled``.
        """
        total, done = len(plan.new) + len(plan.completions), 0
        for flats in _some(plan.new):
            watch.at(done, total)
            self._finish(self._add(flats, plan.today))
            done += len(flats)
        for completions in _some(plan.completions):
            watch.at(done, total)
            self._finish(self._fill(completions, plan.today))
            done += len(completions)
        watch.at(done, total)

    def _finish(self, households: Sequence[int]) -> None:
        write_many(self._session, households, self._readings)
        self._log.flush()

    def _add(self, flats: Sequence[Flat], today: date) -> list[int]:
        made = self._insert(Household, [
            {"unit": flat.unit.text, "building": flat.unit.building,
             "entrance": flat.unit.entrance, "room": flat.unit.room,
             "created_at": self._log.now, **flat.said()}
            for flat in flats
        ])  # fmt: skip
        homes = [Home(_id(row), flat.unit.text) for row, flat in zip(made, flats, strict=True)]
        own = {home.household_id: flat.said() for home, flat in zip(homes, flats, strict=True)}
        for home, row, whom in self._people(
            [(home, place, person)
             for home, flat in zip(homes, flats, strict=True)
             for place, person in enumerate(flat.people.values())],
            today,
        ):  # fmt: skip
            if row["position"]:
                self._log.added(home, "member", row, whom)
            else:
                self._log.entered(home, own[home.household_id], said=row, whom=whom)
        self._vehicles([
            (home, plate)
            for home, flat in zip(homes, flats, strict=True)
            for plate in flat.plates.values()
        ])  # fmt: skip
        return list(own)

    def _fill(self, completions: Sequence[Completion], today: date) -> list[int]:
        homes = [Home(each.household_id, each.unit) for each in completions]
        own = [
            (home, home.household_id, each.own)
            for home, each in zip(homes, completions, strict=True)
            if each.own
        ]
        self._set(Household, "household", own)
        self._set(Member, "member", [
            (home, number, edit)
            for home, each in zip(homes, completions, strict=True)
            for number, edit in each.members.items()
        ])  # fmt: skip
        for home, row, whom in self._people(
            [(home, each.first_position + place, person)
             for home, each in zip(homes, completions, strict=True)
             for place, person in enumerate(each.people)],
            today,
        ):  # fmt: skip
            self._log.added(home, "member", row, whom)
        self._vehicles([
            (home, plate)
            for home, each in zip(homes, completions, strict=True)
            for plate in each.plates
        ])  # fmt: skip
        return [home.household_id for home in homes]

    def _people(
        self, people: Sequence[tuple[Home, int, Person]], today: date
    ) -> Iterator[tuple[Home, Row, Whom]]:
        """Write people at their places; give each row as it was written."""
        rows = self._insert(Member, [
            {"household_id": home.household_id, "position": place, "name": person.name,
             **{name: value for name, value in person.said.items()
                if not (name == "phone" and is_masked(value))}}
            for home, place, person in people
        ])  # fmt: skip
        for (home, _, person), row in zip(people, rows, strict=True):
            birthday = row.get("birthday")
            of_child = birthday is not None and is_child(str(birthday), today)
            yield home, row, Whom(_id(row), person.name, of_child)

    def _vehicles(self, plates: Sequence[tuple[Home, str]]) -> None:
        rows = self._insert(
            Vehicle, [{"household_id": home.household_id, "plate": plate} for home, plate in plates]
        )
        for (home, _), row in zip(plates, rows, strict=True):
            self._log.added(home, "vehicle", row, None)

    def _set(
        self, kind: type[SQLModel], what: str, edits: Sequence[tuple[Home, int, Edit]]
    ) -> None:
        table = _table(kind)
        update_rows(self._session, table, ((number, edit.after) for _, number, edit in edits))
        for home, number, edit in edits:
            self._log.set(home, what, number, edit)

    def _insert(self, kind: type[SQLModel], rows: list[Row]) -> list[Row]:
        """Insert rows, each with the record's own defaults for whatever a roster does not say; they get ids."""
        if not rows:
            return rows
        blank = {
            name: info.get_default(call_default_factory=True)
            for name, info in kind.model_fields.items()
            if name != "id" and not info.is_required()
        }
        table = _table(kind)
        if kind in self._next:
            for number, row in enumerate(rows, self._next[kind]):
                row["id"] = number
            self._next[kind] += len(rows)
            insert_rows(self._session, table, [{**blank, **row} for row in rows])
            return rows
        told = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        ids = self._session.connection().execute(told, [{**blank, **row} for row in rows]).scalars()
        for row, number in zip(rows, ids, strict=True):
            row["id"] = number
        return rows


def _some(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(things), _AT_A_TIME):
        yield things[start : start + _AT_A_TIME]


def _id(row: Row) -> int:
    return int(row["id"] or 0)


def _table(kind: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(kind.__tablename__)]
