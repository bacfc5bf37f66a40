"""What a roster would change in the books: found by comparing the two, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from concierge.domain.folding import plain_plate
from concierge.domain.household import UnitCode, mask_phone, phone_digits
from concierge.domain.household_file import MASK
from concierge.domain.household_now import is_child
from concierge.domain.masking import masked_text
from concierge.services.household_log import Whom
from concierge.services.household_reading import OF_CHILDREN
from concierge.services.roster_books import Held, Known, KnownMember, read_books
from concierge.services.roster_fields import FREE, Value
from concierge.services.roster_heard import side_by_side
from concierge.services.roster_rows import RosterRow
from concierge.services.roster_views import Added, Changed, Gone
from concierge.services.roster_watch import NOBODY, Watch

_MASK, _LEFT = "*", "moved_out"


@dataclass(slots=True)
class Person:
    """Somebody of a roster: the name, and what is said of them in all rows."""

    name: str
    said: Held


@dataclass(slots=True)
class Flat:
    """The rows of one unit, put together; ``plates`` are as written, by their letters and digits."""

    unit: UnitCode
    people: dict[str, Person] = field(default_factory=dict)
    plates: dict[str, str] = field(default_factory=dict)
    own: dict[str, Value] = field(default_factory=dict)
    further: list[str] = field(default_factory=list)

    def said(self, held: Value = None) -> dict[str, Value]:
        """What is said of the household: further phones stand beside the notes, of the books too."""
        if not self.further:
            return self.own
        notes = self.own.get("notes") or held
        for each in self.further:
            notes = side_by_side(notes, each)
        return {**self.own, "notes": notes}


@dataclass(slots=True)
class Edit:
    """Fields of a row: what the books hold, nothing for a new row, and what it gets; a person's says whose."""

    before: Held | None
    after: Held
    whom: Whom | None = None


@dataclass(slots=True)
class Completion:
    """What one known household gets: fields of its own row, new people, plates, fields of people by id."""

    household_id: int
    unit: str
    own: Edit | None = None
    people: list[Person] = field(default_factory=list)
    first_position: int = 0
    plates: list[str] = field(default_factory=list)
    members: dict[int, Edit] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the books say all of it already."""
        return not (self.own or self.people or self.plates or self.members)


@dataclass(slots=True)
class Plan:
    """All that would be done on a day, and what would be said of it."""

    today: date
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
            yield from (person.name for person in completion.people)


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a roster is compared: the day, the fields that have a column, units of rejected rows.

    What a rejected row speaks of is in the roster, if not understood.
    """

    today: date
    fields: frozenset[str]
    named: frozenset[str] = frozenset()


def together(rows: Iterable[RosterRow]) -> dict[str, Flat]:
    """Put the rows of a unit together; a person is one by name, and what is said first counts.

    Notes are put side by side: rosters write of each person what matters of them, an allergy perhaps.
    """
    flats: dict[str, Flat] = {}
    for row in rows:
        flat = flats.setdefault(row.unit.text, Flat(row.unit))
        known = flat.people.get(row.name)
        if known is None:
            flat.people[row.name] = Person(row.name, row.person)
        else:
            known.said = {**row.person, **known.said}
        for plate in row.plates:
            if plain := plain_plate(plate):
                flat.plates.setdefault(plain, plate)
        flat.further += row.further
        if row.own:
            notes = side_by_side(flat.own.get("notes"), row.own.get("notes"))
            flat.own = {**row.own, **flat.own, **({"notes": notes} if notes else {})}
    return flats


def compare(
    session: Session, flats: Mapping[str, Flat], *, terms: Terms, watch: Watch = NOBODY
) -> Plan:
    """Compare a roster with the books; nothing is written.

    Args:
        session: Any session.
        flats: The roster by unit.
        terms: By what it is compared.
        watch: Whoever waits.
    """
    plan = Plan(terms.today)
    books, lacking = read_books(session, flats, terms.fields)
    plan.gone += [Gone(unit, None) for unit in lacking if unit not in terms.named]
    for unit, flat in watch.over(flats.items()):
        known = books.get(unit)
        if known is None:
            plan.new.append(flat)
            continue
        completion = _complete(flat, known, plan)
        if completion.is_empty:
            plan.unchanged += 1
        else:
            plan.completions.append(completion)
        if unit not in terms.named:
            plan.gone += _gone(flat, known, terms)
    return plan


def _gone(flat: Flat, known: Known, terms: Terms) -> Iterator[Gone]:
    """People who still live there by the books, and plates where the roster has a column for them."""
    unit = flat.unit.text
    if not _past(known.left, terms.today):
        yield from (Gone(unit, each.name) for each in known.living if each.name not in flat.people)
    if "plate" in terms.fields:
        yield from (
            Gone(unit, None, plate)
            for plate in known.plates
            if plain_plate(plate) not in flat.plates
        )


def _complete(flat: Flat, known: Known, plan: Plan) -> Completion:
    """What a household gets; blank cells take nothing away, and who is listed has not moved out."""
    unit = flat.unit.text
    completion = Completion(known.id, unit, first_position=known.last_position + 1)
    for person in flat.people.values():
        member = known.members.get(person.name)
        if member is None:
            completion.people.append(person)
            plan.changes.append(Changed(unit, person.name, "name", None, person.name))
        elif edit := _edit(member.values, person.said, _past(member.left, plan.today)):
            _set(completion, member, edit, plan)
    left = _past(known.left, plan.today)
    if left:
        # Those of before stay moved out, or the household would come back with two families.
        for member in known.living:
            if member.name not in flat.people:
                _set(completion, member, Edit({_LEFT: None}, {_LEFT: left}), plan)
    plates = set(map(plain_plate, known.plates))
    for plain, plate in flat.plates.items():
        if plain not in plates:
            completion.plates.append(plate)
            plan.changes.append(Changed(unit, None, "plate", None, plate))
    completion.own = _edit(known.own, flat.said(known.own.get("notes")), left)
    if completion.own:
        plan.changes += _changed(unit, None, completion.own, of_child=False)
    return completion


def _set(completion: Completion, member: KnownMember, edit: Edit, plan: Plan) -> None:
    """Note what a known person gets."""
    birthday = edit.after.get("birthday", member.birthday)
    edit.whom = Whom(member.id, member.name, is_child(_text(birthday), plan.today))
    completion.members[member.id] = edit
    of_child = edit.whom.is_child or is_child(member.birthday, plan.today)
    plan.changes += _changed(completion.unit, member.name, edit, of_child=of_child)


def _past(left: str | None, today: date) -> str | None:
    """A day of moving out that has come; a later one says nothing against living there now."""
    return left if left and left <= today.isoformat() else None


def _edit(held: Held, said: Mapping[str, Value], left: str | None) -> Edit | None:
    """What is new of a person or a household; ``left`` is a day of moving out to be emptied."""
    new: dict[str, Value] = {
        name: value
        for name, value in said.items()
        if value != held[name] and not _says_nothing_new(name, held[name], value)
    }
    before = {name: held[name] for name in new}
    if left:
        before, new = {**before, _LEFT: left}, {**new, _LEFT: None}
    return Edit(before, new) if new else None


def _says_nothing_new(name: str, held: Value, value: Value) -> bool:
    """Whether a phone, in a text too, was masked or is only written otherwise, or a text lost line breaks."""
    if name == "phone" and is_masked(value):
        return True
    if not isinstance(held, str) or not isinstance(value, str):
        return False
    if name in FREE and is_masked(value) and masked_text(held).split() == value.split():
        return True
    return held.split() == value.split() or (name == "phone" and phone_digits(held) == value)


def is_masked(phone: Value) -> bool:
    """Whether a phone was hidden by an export, so that it says nothing of the number."""
    return isinstance(phone, str) and _MASK in phone


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _changed(unit: str, person: str | None, edit: Edit, *, of_child: bool) -> Iterator[Changed]:
    """What a preview says of it: phones, in texts too, and what is masked of a child are masked."""
    for name, new in edit.after.items():
        old = (edit.before or {}).get(name)
        shown: tuple[str | None, str | None]
        if name == "phone":
            shown = mask_phone(str(old)) if old else None, mask_phone(str(new))
        elif of_child and name in OF_CHILDREN:
            shown = MASK if old else None, MASK
        elif name in FREE:
            shown = masked_text(_text(old) or "") or None, masked_text(_text(new) or "") or None
        else:
            shown = _text(old), _text(new)
        yield Changed(unit, person, name, *shown)
