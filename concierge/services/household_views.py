"""Frozen views of a household's file. Dates are ISO text, times of day HH:MM, instants seconds since the epoch.

What is sensitive comes masked: a view says so by ``masked``, and a masked text is no part of the real one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from concierge.services.views import BoardRow, InstructionView

__all__ = [
    "BeforeForgetting",
    "Change",
    "ConsentView",
    "ContactView",
    "FactView",
    "Forgotten",
    "HouseholdCardNow",
    "HouseholdFile",
    "HouseholdPage",
    "HouseholdRow",
    "InstructionView",
    "KeyDateView",
    "MemberFile",
    "PetView",
    "VehicleView",
]


@dataclass(frozen=True, slots=True)
class ConsentView:
    """Who agreed, when and to what, that the desk keeps a fact."""

    by: str
    at: int
    scope: str | None


@dataclass(frozen=True, slots=True)
class FactView:
    """What the desk knows: ``aspect`` and ``source`` are codes; ``day`` is a key date's, yearly as --05-06.

    ``member`` is None for a fact about the whole household. ``consent_missing`` asks for what is not given yet.
    """

    id: int
    member_id: int | None
    member: str | None
    aspect: str
    text: str
    masked: bool
    day: str | None
    source: str
    noted_on: str
    written_by: str
    at: int
    consent: ConsentView | None
    consent_missing: bool


@dataclass(frozen=True, slots=True)
class VehicleView:
    """A vehicle by its plate."""

    id: int
    plate: str
    model: str | None
    colour: str | None


@dataclass(frozen=True, slots=True)
class PetView:
    """An animal of the household."""

    id: int
    name: str
    kind: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ContactView:
    """Whom to ring in an emergency."""

    id: int
    name: str
    relation: str | None
    phone: str | None
    masked: bool


@dataclass(frozen=True, slots=True)
class MemberFile:
    """A person of the household with what is known; ``masked`` names the fields that are hidden.

    ``next_birthday`` is the date of the next one, today included.
    """

    id: int
    name: str
    relation: str | None
    role: str | None
    sex: str | None
    birthday: str | None
    phone: str | None
    occupation: str | None
    employer: str | None
    background: str | None
    moved_out: str | None
    masked: tuple[str, ...]
    next_birthday: str | None
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class HouseholdFile:
    """Everything the desk keeps of a household; ``facts`` are those about no single member.

    ``clear`` are the kinds of sensitive values shown: phones, health, religion, children.
    """

    id: int
    unit: str
    tenure: str | None
    people_count: int | None
    moved_in: str | None
    moved_out: str | None
    contact_preference: str | None
    quiet_from: str | None
    quiet_to: str | None
    salutation: str | None
    language: str | None
    care_flags: tuple[str, ...]
    away_from: str | None
    away_to: str | None
    parking: str | None
    notes: str | None
    checked_on: str | None
    members: tuple[MemberFile, ...]
    facts: tuple[FactView, ...]
    vehicles: tuple[VehicleView, ...]
    pets: tuple[PetView, ...]
    contacts: tuple[ContactView, ...]
    instructions: tuple[InstructionView, ...]
    clear: frozenset[str] = frozenset()

    @property
    def allergies(self) -> tuple[FactView, ...]:
        """Every allergy, whoever has it."""
        every = (*self.facts, *(fact for member in self.members for fact in member.facts))
        return tuple(fact for fact in every if fact.aspect == "allergy")


@dataclass(frozen=True, slots=True)
class KeyDateView:
    """A day that comes soon: whose birthday, or with ``text`` what is kept then."""

    day: str
    member: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class HouseholdCardNow:
    """What matters of a household at this moment, for the intake and beside a ticket.

    ``allergies`` and ``diet`` are facts; ``instructions`` are those in force today.
    """

    id: int
    unit: str
    salutation: str | None
    language: str | None
    contact_preference: str | None
    allergies: tuple[FactView, ...]
    diet: tuple[FactView, ...]
    care_flags: tuple[str, ...]
    quiet_now: bool
    quiet_from: str | None
    quiet_to: str | None
    away_now: bool
    away_from: str | None
    away_to: str | None
    moved_out: str | None
    instructions: tuple[InstructionView, ...]
    key_dates: tuple[KeyDateView, ...]
    open_tickets: tuple[BoardRow, ...]
    tickets_90_days: int


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household in a list; ``people`` is the count that was said, else how many are known."""

    id: int
    unit: str
    name: str | None
    people: int
    phone_masked: str | None
    care_flags: tuple[str, ...]
    moved_in: str | None
    moved_out: str | None
    away_from: str | None
    away_to: str | None


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """Some households, and the id after which the next page starts; None on the last."""

    rows: tuple[HouseholdRow, ...]
    after: int | None


ENTERED = "entered"
"""The act of the change by which a household came in."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a file: ``what`` is household, care, member, vehicle, pet, contact, fact or instruction.

    ``act`` is set, added or removed; ``before`` and ``after`` hold the fields' values, sensitive ones masked,
    and are empty where they were erased. ``undoes`` is the change that this one took back; ``undone`` that it
    was taken back itself; ``roster`` that it came with a roster, and is nobody's typing.
    """

    event_id: int
    at: int
    actor: str | None
    what: str
    act: str
    member: str | None
    fields: tuple[str, ...]
    before: dict[str, object] = field(hash=False)
    after: dict[str, object] = field(hash=False)
    undoes: int | None = None
    undone: bool = False
    roster: bool = False


@dataclass(frozen=True, slots=True)
class StillNamed:
    """A text that may name somebody who is forgotten: where it is, when it is from, the name in its midst.

    ``kind`` is ticket (``ref`` is its number), note of the running log (note-17), file (``ref`` is the unit) or
    event (event-812). From the first two a name can be taken out by their ``ref``.
    """

    ref: str
    kind: str
    at: int
    said: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What forgetting took away: people, erased halves of events, tickets without their words.

    ``scrubbed`` says that no trace is left in the store's own file; backups made before keep theirs. ``left``
    are places where they, or somebody of the same name, may still be named; where nobody was ``known`` nothing
    could be looked for.
    """

    unit: str
    members: int
    events: int
    tickets: int
    scrubbed: bool
    left: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class BeforeForgetting:
    """What is to be known before anybody is forgotten, for afterwards no name can be looked for.

    ``places`` are texts that may name them and would stay; ``open_tickets`` and ``still_here`` stand in the
    way; ``known`` says that a name, phone or plate is on record at all.
    """

    unit: str
    places: tuple[StillNamed, ...] = ()
    open_tickets: tuple[str, ...] = ()
    still_here: bool = False
    known: bool = True
