"""What the books hold of the units of a roster, as far as the roster has a column for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from concierge.services.roster_fields import OWN, PERSON, Value
from concierge.store.tables import Household, Member, Vehicle

_BLOCK = 2000
Held = Mapping[str, Value]


@dataclass(slots=True)
class KnownMember:
    """A person in the books; ``left`` is the day of moving out."""

    id: int
    name: str
    birthday: str | None
    left: str | None
    values: Held


@dataclass(slots=True)
class Known:
    """A household in the books.

    ``left`` is the day on which all moved out, ``members`` hold one person a name, ``living`` everybody
    without a day of moving out of their own; ``plates`` are as written.
    """

    id: int
    left: str | None
    own: Held
    members: dict[str, KnownMember] = field(default_factory=dict)
    living: list[KnownMember] = field(default_factory=list)
    last_position: int = -1
    plates: list[str] = field(default_factory=list)


def read_books(
    session: Session, units: Collection[str], fields: frozenset[str]
) -> tuple[dict[str, Known], list[str]]:
    """Read what the books say of units.

    Args:
        session: Any session.
        units: The roster's.
        fields: What the roster has columns for; nothing else is read.

    Returns:
        The known ones by unit; and the units that the roster lacks, but for those that were left.
    """
    books: dict[str, Known] = {}
    lacking: list[str] = []
    own = tuple(name for name in OWN if name in fields)
    asked = select(
        col(Household.id), col(Household.unit), col(Household.moved_out),
        *(col(getattr(Household, name)) for name in own),
    ).order_by(col(Household.id))  # fmt: skip
    for number, unit, left, *values in session.execute(asked).yield_per(_BLOCK):
        if unit in units:
            books[unit] = Known(number, left, dict(zip(own, values, strict=True)))
        elif not left:
            lacking.append(unit)
    by_id = {known.id: known for known in books.values()}
    _read_members(session, by_id, tuple(name for name in PERSON if name in fields))
    vehicles = select(col(Vehicle.household_id), col(Vehicle.plate)).order_by(col(Vehicle.id))
    for owner, plate in session.execute(vehicles).yield_per(_BLOCK):
        if owner in by_id:
            by_id[owner].plates.append(plate)
    return books, lacking


def _read_members(session: Session, by_id: Mapping[int, Known], fields: tuple[str, ...]) -> None:
    asked = select(
        col(Member.household_id), col(Member.id), col(Member.name), col(Member.position),
        col(Member.moved_out), col(Member.birthday), *(col(getattr(Member, name)) for name in fields),
    ).order_by(col(Member.position), col(Member.id))  # fmt: skip
    for owner, number, name, place, left, birthday, *values in session.execute(asked).yield_per(
        _BLOCK
    ):
        if known := by_id.get(owner):
            said = dict(zip(fields, values, strict=True))
            member = KnownMember(number, name, birthday, left, said)
            namesake = known.members.get(name)
            if namesake is None or (namesake.left and not left):  # who lives there is meant
                known.members[name] = member
            known.living += [] if left else [member]
            known.last_position = max(known.last_position, place)
