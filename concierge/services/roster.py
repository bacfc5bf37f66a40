"""Importing a roster: what was read, compared with the store, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session, col, select

from concierge.domain.household import UnitCode
from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.people import find_staff
from concierge.services.pinyin import readings
from concierge.services.roster_headers import HeaderGuess
from concierge.services.roster_reading import RejectedRow, Roster, RosterRow, read_roster
from concierge.store.audit import append
from concierge.store.search import write_many
from concierge.store.tables import Household, Member, Vehicle

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class RosterReport:
    """What an import did, or would do: counts are households; ``rows`` and ``rejected`` are the sheet's."""

    read: int
    added: int
    changed: int
    unchanged: int
    rejected: tuple[RejectedRow, ...]
    headers: tuple[HeaderGuess, ...]
    rows: int


@dataclass(slots=True)
class _Flat:
    """The rows of one unit, put together."""

    unit: UnitCode
    people: dict[str, RosterRow] = field(default_factory=dict)
    plates: dict[str, None] = field(default_factory=dict)
    notes: str | None = None
    moved_in: str | None = None


@dataclass(slots=True)
class _Tally:
    """What happened so far, and whose search keys have to be written anew."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    touched: list[int] = field(default_factory=list)


def import_roster(
    desk: Desk,
    *,
    path: Path,
    dry_run: bool = False,
    strict: bool = False,
    actor: str | None = None,
) -> RosterReport:
    """Read a roster and add or complete households; nobody is deleted by it.

    People are told apart by unit and name: a person known already gets what the roster says of phone and
    relation, blank cells change nothing. All accepted rows commit together.

    Args:
        desk: The desk.
        path: An .xlsx or .csv file.
        dry_run: Only say what would happen.
        strict: Refuse everything when one row is rejected.
        actor: Who imports.

    Raises:
        Refusal: ``roster.*`` for a file that cannot be read; ``roster.strict`` with the number rejected.
    """
    roster = read_roster(path)
    if strict and roster.rejected:
        first = roster.rejected[0]
        raise Refusal("roster.strict", rejected=len(roster.rejected), row=first.row)
    flats = _together(roster.rows)
    with desk.store.write() as session:
        tally = _write(session, desk, flats)
        staff = find_staff(session, actor) if actor else None
        if tally.touched:
            write_many(session, tally.touched, readings)
            append(
                session,
                desk.stamp(desk.clock.now(), staff),
                "household.imported",
                {"rows": len(roster.rows), "added": tally.added, "changed": tally.changed,
                 "unchanged": tally.unchanged, "rejected": len(roster.rejected)},
            )  # fmt: skip
        report = _report(roster, tally)
        if dry_run:
            session.rollback()
        return report


def _report(roster: Roster, tally: _Tally) -> RosterReport:
    return RosterReport(
        read=tally.added + tally.changed + tally.unchanged,
        added=tally.added,
        changed=tally.changed,
        unchanged=tally.unchanged,
        rejected=roster.rejected,
        headers=roster.headers,
        rows=roster.read,
    )


def _together(rows: Iterable[RosterRow]) -> dict[str, _Flat]:
    flats: dict[str, _Flat] = {}
    for row in rows:
        assert row.unit is not None
        flat = flats.setdefault(row.unit.text, _Flat(row.unit))
        known = flat.people.get(row.name)
        if known is None or (row.phone and not known.phone):
            flat.people[row.name] = row
        flat.plates.update(dict.fromkeys(row.plates))
        flat.notes = flat.notes or row.notes
        flat.moved_in = flat.moved_in or row.moved_in
    return flats


def _write(session: Session, desk: Desk, flats: dict[str, _Flat]) -> _Tally:
    tally = _Tally()
    units = list(flats)
    for start in range(0, len(units), _AT_A_TIME):
        some = units[start : start + _AT_A_TIME]
        rows = session.exec(select(Household).where(col(Household.unit).in_(some))).all()
        known = {row.unit: row for row in rows}
        members, plates = _known(session, [row.id for row in rows if row.id is not None])
        for unit in some:
            household = known.get(unit)
            if household is None:
                _add(session, desk, flats[unit], tally)
                continue
            assert household.id is not None
            before = members.get(household.id, {}), plates.get(household.id, set())
            _complete(session, household, flats[unit], before, tally)
        session.flush()
    return tally


def _known(
    session: Session, ids: list[int]
) -> tuple[dict[int, dict[str, Member]], dict[int, set[str]]]:
    members: dict[int, dict[str, Member]] = {}
    for member in session.exec(select(Member).where(col(Member.household_id).in_(ids))):
        members.setdefault(member.household_id, {})[member.name] = member
    plates: dict[int, set[str]] = {}
    for vehicle in session.exec(select(Vehicle).where(col(Vehicle.household_id).in_(ids))):
        plates.setdefault(vehicle.household_id, set()).add(vehicle.plate)
    return members, plates


def _add(session: Session, desk: Desk, flat: _Flat, tally: _Tally) -> None:
    household = Household(
        unit=flat.unit.text,
        building=flat.unit.building,
        entrance=flat.unit.entrance,
        room=flat.unit.room,
        moved_in=flat.moved_in,
        notes=flat.notes,
        created_at=desk.clock.now(),
    )
    session.add(household)
    session.flush()
    assert household.id is not None
    for position, row in enumerate(flat.people.values()):
        session.add(_member(household.id, position, row))
    session.add_all(Vehicle(household_id=household.id, plate=plate) for plate in flat.plates)
    tally.added += 1
    tally.touched.append(household.id)


def _complete(
    session: Session,
    household: Household,
    flat: _Flat,
    known: tuple[dict[str, Member], set[str]],
    tally: _Tally,
) -> None:
    assert household.id is not None
    members, plates = known
    changed = False
    for row in flat.people.values():
        member = members.get(row.name)
        if member is None:
            session.add(_member(household.id, len(members), row))
            members[row.name] = Member(household_id=household.id, name=row.name)
            changed = True
        else:
            changed |= _set(member, phone=row.phone, relation=row.relation)
    for plate in flat.plates:
        if plate not in plates:
            session.add(Vehicle(household_id=household.id, plate=plate))
            changed = True
    changed |= _set(household, notes=flat.notes, moved_in=flat.moved_in)
    tally.changed += changed
    tally.unchanged += not changed
    if changed:
        tally.touched.append(household.id)


def _member(household_id: int, position: int, row: RosterRow) -> Member:
    return Member(
        household_id=household_id,
        position=position,
        name=row.name,
        relation=row.relation,
        phone=row.phone,
    )


def _set(row: Member | Household, **values: str | None) -> bool:
    """Put what the roster gives; blanks change nothing."""
    changed = False
    for name, value in values.items():
        if value and getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed
