"""What a roster would change in the books: found by comparing the two, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from concierge.domain.household import UnitCode, mask_phone
from concierge.services.roster_reading import RosterRow
from concierge.services.roster_views import Added, Changed, Gone
from concierge.services.roster_watch import NOBODY, Watch
from concierge.store.tables import Household, Member, Vehicle

_MASK = "*"
_BLOCK = 2000


@dataclass(slots=True)
class Flat:
    """The rows of one unit, put together."""

    unit: UnitCode
    people: dict[str, RosterRow] = field(default_factory=dict)
    plates: dict[str, None] = field(default_factory=dict)
    notes: str | None = None
    moved_in: str | None = None


@dataclass(slots=True)
class Completion:
    """What one known household gets: columns of its own row, new people, plates, columns of people by id."""

    household_id: int
    own: dict[str, str] = field(default_factory=dict)
    people: list[RosterRow] = field(default_factory=list)
    first_position: int = 0
    plates: list[str] = field(default_factory=list)
    members: dict[int, dict[str, str]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the books say all of it already."""
        return not (self.own or self.people or self.plates or self.members)


@dataclass(slots=True)
class Plan:
    """All that would be done, and what would be said of it."""

    new: list[Flat] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    unchanged: int = 0

    @property
    def added(self) -> tuple[Added, ...]:
        """The new households."""
        return tuple(Added(flat.unit.text, tuple(flat.people)) for flat in self.new)

    def names(self) -> Iterator[str]:
        """Everybody whose search keys will be written, as far as the roster knows them."""
        for flat in self.new:
            yield from flat.people
        for completion in self.completions:
            yield from (row.name for row in completion.people)


@dataclass(slots=True)
class _Books:
    """What the store holds of one household."""

    id: int
    moved_in: str | None
    notes: str | None
    members: dict[str, tuple[int, str | None, str | None]] = field(default_factory=dict)
    living: list[str] = field(default_factory=list)
    last_position: int = -1
    plates: set[str] = field(default_factory=set)


def together(rows: Iterable[RosterRow]) -> dict[str, Flat]:
    """Put the rows of a unit together; a person is one by name."""
    flats: dict[str, Flat] = {}
    for row in rows:
        flat = flats.setdefault(row.unit.text, Flat(row.unit))
        known = flat.people.get(row.name)
        if known is None or (row.phone and not known.phone):
            flat.people[row.name] = row
        flat.plates.update(dict.fromkeys(row.plates))
        flat.notes = flat.notes or row.notes
        flat.moved_in = flat.moved_in or row.moved_in
    return flats


def compare(
    session: Session, flats: Mapping[str, Flat], *, named: frozenset[str], watch: Watch = NOBODY
) -> Plan:
    """Compare a roster with the books; nothing is written.

    Args:
        session: Any session.
        flats: The roster by unit.
        named: Units that rejected rows speak of: they are in the roster, if not understood.
        watch: Whoever waits.
    """
    plan = Plan()
    books = _read(session, flats, named, plan)
    for unit, flat in watch.over(flats.items()):
        known = books.get(unit)
        if known is None:
            plan.new.append(flat)
            continue
        completion = _complete(unit, flat, known, plan.changes)
        if completion.is_empty:
            plan.unchanged += 1
        else:
            plan.completions.append(completion)
        if unit not in named:
            plan.gone += [Gone(unit, name) for name in known.living if name not in flat.people]
    return plan


def _read(
    session: Session, flats: Mapping[str, Flat], named: frozenset[str], plan: Plan
) -> dict[str, _Books]:
    """Read what the books say of the roster's units; the others are gone."""
    books: dict[str, _Books] = {}
    by_id: dict[int, _Books] = {}
    households = select(
        col(Household.id), col(Household.unit), col(Household.moved_in), col(Household.notes),
        col(Household.moved_out),
    ).order_by(col(Household.id))  # fmt: skip
    for number, unit, moved_in, notes, left in session.execute(households).yield_per(_BLOCK):
        if unit in flats:
            books[unit] = by_id[number] = _Books(number, moved_in, notes)
        elif unit not in named and not left:
            plan.gone.append(Gone(unit, None))
    people = select(
        col(Member.household_id), col(Member.id), col(Member.name), col(Member.phone),
        col(Member.relation), col(Member.position), col(Member.moved_out),
    ).order_by(col(Member.position), col(Member.id))  # fmt: skip
    for owner, number, name, phone, relation, position, left in session.execute(people).yield_per(
        _BLOCK
    ):
        if known := by_id.get(owner):
            known.members.setdefault(name, (number, phone, relation))
            known.living += [] if left else [name]
            known.last_position = max(known.last_position, position)
    vehicles = select(col(Vehicle.household_id), col(Vehicle.plate))
    for owner, plate in session.execute(vehicles).yield_per(_BLOCK):
        if known := by_id.get(owner):
            known.plates.add(plate)
    return books


def _complete(unit: str, flat: Flat, known: _Books, changes: list[Changed]) -> Completion:
    """What a household gets; blank cells take nothing away."""
    completion = Completion(known.id, first_position=known.last_position + 1)
    for row in flat.people.values():
        member = known.members.get(row.name)
        if member is None:
            completion.people.append(row)
            changes.append(Changed(unit, row.name, "name", None, row.name))
            continue
        number, phone, relation = member
        found = _differences({"phone": phone, "relation": relation},
                             {"phone": row.phone, "relation": row.relation})  # fmt: skip
        if found:
            completion.members[number] = found
        for name, new in found.items():
            old = phone if name == "phone" else relation
            changes.append(_changed(unit, row.name, name, old, new))
    for plate in flat.plates:
        if plate not in known.plates:
            completion.plates.append(plate)
            changes.append(Changed(unit, None, "plate", None, plate))
    before = {"notes": known.notes, "moved_in": known.moved_in}
    completion.own = _differences(before, {"notes": flat.notes, "moved_in": flat.moved_in})
    for name, new in completion.own.items():
        changes.append(_changed(unit, None, name, before[name], new))
    return completion


def _differences(old: Mapping[str, str | None], new: Mapping[str, str | None]) -> dict[str, str]:
    return {
        name: value
        for name, value in new.items()
        if value and value != old[name] and not (name == "phone" and is_masked(value))
    }


def is_masked(phone: str | None) -> bool:
    """Whether a phone was hidden by an export, so that it says nothing of the number."""
    return phone is not None and _MASK in phone


def _changed(unit: str, person: str | None, name: str, old: str | None, new: str) -> Changed:
    if name == "phone":
        return Changed(unit, person, name, mask_phone(old) if old else None, mask_phone(new))
    return Changed(unit, person, name, old, new)
