"""The books as a roster: one line a person, in the layout that an import reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session, col

from concierge.domain.household import UnitCode, mask_phone
from concierge.services.desk import Desk
from concierge.services.people import find_staff, require
from concierge.services.roster_views import RosterLine
from concierge.store.audit import append
from concierge.store.tables import Household, Member, Vehicle

UNMASK = "household.export-clear"
"""The permission to let whole phone numbers out of the house."""
_BLOCK = 2000


def export_roster(
    desk: Desk, *, unmask: bool = False, actor: str | None = None
) -> tuple[RosterLine, ...]:
    """Every household with its people, as people count units; whoever moved out is left out.

    Args:
        desk: The desk.
        unmask: Whether phones are whole. That needs a supervisor's name, and is recorded.
        actor: Who asks.

    Raises:
        Refusal: ``staff.missing``, ``staff.unknown`` or ``role.needed`` where phones are to be whole.
    """
    if not unmask:
        with desk.store.read() as session:
            if actor:
                find_staff(session, actor)
            return tuple(_masked(line) for line in _lines(session))
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        require(session, staff, UNMASK)
        lines = tuple(_lines(session))
        stamp = desk.stamp(desk.clock.now(), staff)
        append(session, stamp, "roster.exported", {"rows": len(lines)})
        return lines


def _masked(line: RosterLine) -> RosterLine:
    return replace(line, phone=mask_phone(line.phone)) if line.phone else line


def _lines(session: Session) -> Iterator[RosterLine]:
    people: dict[int, list[tuple[str, str | None, str | None]]] = {}
    members = select(
        col(Member.household_id), col(Member.name), col(Member.phone), col(Member.relation)
    )
    members = members.where(col(Member.moved_out).is_(None))
    members = members.order_by(col(Member.position), col(Member.id))
    for owner, name, phone, relation in session.execute(members).yield_per(_BLOCK):
        people.setdefault(owner, []).append((name, phone, relation))
    plates: dict[int, list[str]] = {}
    vehicles = select(col(Vehicle.household_id), col(Vehicle.plate)).order_by(col(Vehicle.id))
    for owner, plate in session.execute(vehicles).yield_per(_BLOCK):
        plates.setdefault(owner, []).append(plate)
    households = select(
        col(Household.id), col(Household.building), col(Household.entrance), col(Household.room),
        col(Household.notes), col(Household.moved_in),
    ).where(col(Household.moved_out).is_(None))  # fmt: skip
    found = [(UnitCode(*row[1:4]), row) for row in session.execute(households).all()]
    for unit, (owner, *_, notes, moved_in) in sorted(found, key=lambda each: each[0]):
        for place, person in enumerate(people.get(owner) or [(None, None, None)]):
            own = ((), None, None) if place else (tuple(plates.get(owner, ())), notes, moved_in)
            yield RosterLine(unit.building, unit.entrance, unit.room, *person, *own)
