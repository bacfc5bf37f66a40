"""The books as a roster: one line a person, in the layout that an import reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from concierge.domain.household import UnitCode, mask_phone
from concierge.domain.household_now import is_child
from concierge.domain.masking import masked_text
from concierge.services.desk import Desk
from concierge.services.household_reading import OF_CHILDREN
from concierge.services.people import find_staff, require
from concierge.services.pins import must_hold, prove
from concierge.services.roster_fields import FREE, OWN, PERSON
from concierge.services.roster_views import RosterLine, Said
from concierge.store.audit import append
from concierge.store.tables import Household, Member, Vehicle

UNMASK = "household.export-clear"
"""The permission to let whole phone numbers out of the house."""
_BLOCK = 2000


def export_roster(
    desk: Desk, *, unmask: bool = False, actor: str | None = None, pin: str | None = None
) -> tuple[RosterLine, ...]:
    """Every household with its people, as people count units; whoever moved out is left out.

    Args:
        desk: The desk.
        unmask: Whether phones are whole, and what is masked of children stands there. That needs a
            supervisor's name, and is recorded.
        actor: Who asks.
        pin: That person's PIN, if there is one: a name alone is known to everybody.

    Raises:
        Refusal: ``staff.missing``, ``staff.unknown`` or ``role.needed`` where nothing is to be masked; what
            ``prove`` refuses of the PIN then.
    """
    if not unmask:
        with desk.store.read() as session:
            if actor:
                find_staff(session, actor)
            today = desk.rules.calendar.date_of(desk.clock.now())
            return tuple(_masked(line, today) for line in _lines(session))
    with desk.store.read() as session:
        staff = find_staff(session, actor)
        require(session, staff, UNMASK)
        name = staff.name
    how = prove(desk, actor=name, pin=pin)
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        require(session, staff, UNMASK)
        must_hold(staff, how)
        lines = tuple(_lines(session))
        stamp = desk.stamp(desk.clock.now(), staff)
        append(session, stamp, "roster.exported", {"rows": len(lines), "how": how})
        return lines


def _masked(line: RosterLine, today: date) -> RosterLine:
    """Without whole phones, in texts too, and without what is masked of children.

    Blank, it takes nothing away when it is read again.
    """
    said = dict(line.said)
    if phone := said.get("phone"):
        said["phone"] = mask_phone(str(phone))
    said |= {name: masked_text(str(said[name])) for name in FREE if name in said}
    birthday = said.get("birthday")
    if birthday and is_child(str(birthday), today):
        said = {name: value for name, value in said.items() if name not in OF_CHILDREN}
    return replace(line, said=said)


def _lines(session: Session) -> Iterator[RosterLine]:
    people: dict[int, list[tuple[str, dict[str, Said]]]] = {}
    members = select(
        col(Member.household_id), col(Member.name), *(col(getattr(Member, name)) for name in PERSON)
    )
    members = members.where(col(Member.moved_out).is_(None))
    members = members.order_by(col(Member.position), col(Member.id))
    for owner, name, *values in session.execute(members).yield_per(_BLOCK):
        people.setdefault(owner, []).append((name, _known(PERSON, values)))
    plates: dict[int, list[str]] = {}
    vehicles = select(col(Vehicle.household_id), col(Vehicle.plate)).order_by(col(Vehicle.id))
    for owner, plate in session.execute(vehicles).yield_per(_BLOCK):
        plates.setdefault(owner, []).append(plate)
    households = select(
        col(Household.id), col(Household.building), col(Household.entrance), col(Household.room),
        *(col(getattr(Household, name)) for name in OWN),
    ).where(col(Household.moved_out).is_(None))  # fmt: skip
    found = [(UnitCode(*row[1:4]), row) for row in session.execute(households).all()]
    for unit, (owner, _, _, _, *values) in sorted(found, key=lambda each: each[0]):
        own = _known(OWN, values)
        if owner in plates:
            own["plate"] = tuple(plates[owner])
        for place, (name, said) in enumerate(people.get(owner) or [(None, {})]):
            known = said if place else {**said, **own}
            yield RosterLine(unit.building, unit.entrance, unit.room, name, known)


def _known(fields: Iterable[str], values: Iterable[str | int | None]) -> dict[str, Said]:
    return {name: value for name, value in zip(fields, values, strict=True) if value is not None}
