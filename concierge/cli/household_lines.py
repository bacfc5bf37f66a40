"""A household's file as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from concierge.cli.call import Call
from concierge.language import household_said as said
from concierge.language import household_terms as terms
from concierge.language.terms import term

if TYPE_CHECKING:
    from concierge.services.household_views import (
        Change,
        FactView,
        HouseholdFile,
        InstructionView,
        MemberFile,
    )

_PLAIN = (
    "people_count", "moved_in", "moved_out", "salutation", "language", "quiet_from", "quiet_to",
    "away_from", "away_to", "parking", "notes", "checked_on",
)  # fmt: skip


def file_lines(call: Call, file: HouseholdFile) -> Iterator[str]:
    """The whole file, what protects first."""
    yield file.unit
    for fact in file.allergies:
        yield "  !! " + _fact(call, fact)
    for one in file.instructions:
        if one.in_force:
            yield "  ! " + _instruction(call, one)
    yield from _fields(call, file)
    for member in file.members:
        yield from _member(call, member)
    for fact in file.facts:
        yield "  " + _fact(call, fact)
    yield from _parts(call, file)


def _fields(call: Call, file: HouseholdFile) -> Iterator[str]:
    t = call.t
    coded = {
        "care": [terms.care_flag(t, flag) for flag in file.care_flags],
        "tenure": [term(t, terms.TENURES, file.tenure)] if file.tenure else [],
        "contact_preference": [term(t, terms.CONTACT_PREFERENCES, file.contact_preference)]
        if file.contact_preference
        else [],
    }
    plain = {name: getattr(file, name) for name in _PLAIN}
    said = coded | {name: [str(value)] for name, value in plain.items() if value is not None}
    for name, words in said.items():
        if words:
            yield f"  {terms.field(t, name)}{t(': ')}{t(', ').join(words)}"


def _parts(call: Call, file: HouseholdFile) -> Iterator[str]:
    for vehicle in file.vehicles:
        yield _part(call, "vehicle", vehicle.plate, vehicle.model, vehicle.colour)
    for pet in file.pets:
        yield _part(call, "pet", pet.name, pet.kind, pet.note)
    for contact in file.contacts:
        yield _part(call, "contact", contact.name, contact.relation, contact.phone)


def change_line(call: Call, change: Change) -> str:
    """When, who, what: the fields with what stood there and what stands there."""
    return "  ".join((call.when(change.at), change.actor or "-", said.change_line(call.t, change)))


def _part(call: Call, part: str, *words: str | None) -> str:
    said = "  ".join(word for word in words if word)
    return f"  {terms.part(call.t, part)}{call.t(': ')}{said}"


def _member(call: Call, member: MemberFile) -> Iterator[str]:
    t = call.t
    role = term(t, terms.MEMBER_ROLES, member.role) if member.role else None
    words = (member.name, role, member.relation, member.phone, member.birthday, member.occupation,
             member.employer, member.background)  # fmt: skip
    gone = f"{terms.field(t, 'moved_out')}{t(': ')}{member.moved_out}" if member.moved_out else None
    yield "  " + "  ".join(word for word in (*words, gone) if word)
    for fact in member.facts:
        yield "    " + _fact(call, fact)


def _fact(call: Call, fact: FactView) -> str:
    t = call.t
    origin = t(", ").join((terms.source(t, fact.source), fact.noted_on, fact.written_by))
    words = [
        f"{terms.aspect(t, fact.aspect)}{t(': ')}{fact.text}", fact.member, fact.day, f"({origin})",
    ]  # fmt: skip
    if fact.consent_missing:
        words.append(t("consent still to be asked for"))
    return "  ".join(word for word in words if word)


def _instruction(call: Call, one: InstructionView) -> str:
    t = call.t
    hours = f"{one.from_time or '00:00'}-{one.to_time or '24:00'}"
    words = [
        f"[{one.id}]",
        one.text,
        terms.weekdays(t, one.weekdays) if one.weekdays else None,
        hours if one.from_time or one.to_time else None,
        t("until {day}", day=one.ends_on) if one.ends_on else None,
        t("given by {name}", name=one.given_by) if one.given_by else None,
    ]
    return "  ".join(word for word in words if word)
