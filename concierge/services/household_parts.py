"""What a household's file is made of: the rows of each part, and what their fields take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from sqlmodel import SQLModel

from concierge.domain import household_file as rules
from concierge.domain.household import phone_digits
from concierge.domain.refusal import Refusal
from concierge.services.typed_lines import cleaned_line, cleaned_text
from concierge.store.tables import (
    EmergencyContact,
    Fact,
    Household,
    Instruction,
    Member,
    Pet,
    Vehicle,
)

Value = str | int | None
Check = Callable[[str, str], Value]


def _line(_field: str, text: str) -> Value:
    return cleaned_line(text.strip())


def _text(_field: str, text: str) -> Value:
    return cleaned_text(text.strip())


def _phone(field: str, text: str) -> Value:
    """Any way to ring somebody, a plain number as its digits, as rosters are read.

    One copied from where it was masked is refused: nobody could ring it.
    """
    if "*" in text:
        raise Refusal("field.masked", field=field, value=text.strip())
    said = cleaned_line(text.strip())
    return phone_digits(said) if said else None


def _one_of(choices: type[StrEnum]) -> Check:
    return partial(_choice, choices=tuple(each.value for each in choices))


def _choice(field: str, value: str, *, choices: tuple[str, ...]) -> Value:
    return rules.choice(field, value, choices)


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of row: its table, what each field takes, which has to be there, which days are in order."""

    table: type[SQLModel]
    checks: Mapping[str, Check]
    needed: str | None = None
    order: tuple[str, str] | None = None


PARTS: Mapping[str, Part] = {
    "household": Part(Household, {
        "tenure": _one_of(rules.Tenure),
        "people_count": rules.people_count,
        "moved_in": rules.iso_date,
        "moved_out": rules.iso_date,
        "contact_preference": _one_of(rules.ContactPreference),
        "quiet_from": rules.time_of_day,
        "quiet_to": rules.time_of_day,
        "salutation": _line,
        "language": _line,
        "away_from": rules.iso_date,
        "away_to": rules.iso_date,
        "parking": _line,
        "notes": _text,
        "checked_on": rules.iso_date,
    }, order=("away_from", "away_to")),
    "member": Part(Member, {
        "name": _line,
        "relation": _line,
        "role": _one_of(rules.MemberRole),
        "sex": _one_of(rules.Sex),
        "birthday": rules.birthday,
        "phone": _phone,
        "occupation": _line,
        "employer": _line,
        "background": _text,
        "moved_out": rules.iso_date,
    }, needed="name"),
    "vehicle": Part(Vehicle, {"plate": _line, "model": _line, "colour": _line}, needed="plate"),
    "pet": Part(Pet, {"name": _line, "kind": _line, "note": _line}, needed="name"),
    "contact": Part(
        EmergencyContact, {"name": _line, "relation": _line, "phone": _phone}, needed="name"
    ),
    "fact": Part(Fact, {
        "aspect": _one_of(rules.Aspect),
        "text": _text,
        "day": rules.birthday,
        "source": _one_of(rules.Source),
        "noted_on": rules.iso_date,
        "consent_by": _line,
        "consent_scope": _line,
    }, needed="text"),
    "instruction": Part(Instruction, {
        "text": _text,
        "starts_on": rules.iso_date,
        "ends_on": rules.iso_date,
        "weekdays": rules.weekdays,
        "from_time": rules.time_of_day,
        "to_time": rules.time_of_day,
        "given_by": _line,
    }, needed="text", order=("starts_on", "ends_on")),
}  # fmt: skip
"""By the name under which changes are on record."""
LISTED = ("member", "vehicle", "pet", "contact")
"""Parts that are added, edited and removed alike."""


def part_of(name: str) -> Part:
    """The part of that name, of those that a household has several of.

    Raises:
        Refusal: ``field.unknown``.
    """
    if name not in LISTED:
        raise Refusal("field.unknown", field=name, fields=", ".join(LISTED))
    return PARTS[name]


def checked(part: Part, values: Mapping[str, str | None]) -> dict[str, Value]:
    """Typed values as they are stored; blank ones empty their field.

    Raises:
        Refusal: ``field.unknown``, or what the field's rule says of the value.
    """
    found: dict[str, Value] = {}
    for field, typed in values.items():
        if field not in part.checks:
            raise Refusal("field.unknown", field=field, fields=", ".join(part.checks))
        blank = typed is None or cleaned_text(typed) is None
        found[field] = None if blank else part.checks[field](field, typed or "")
        if found[field] is None and field == part.needed:
            raise Refusal("field.needed", field=field)
    return found


def check_row(part: Part, row: SQLModel) -> None:
    """What has to be right of a row as a whole.

    Raises:
        Refusal: ``field.needed`` or ``field.order``.
    """
    if part.needed and not getattr(row, part.needed):
        raise Refusal("field.needed", field=part.needed)
    if part.order:
        rules.check_order(*(getattr(row, name) for name in part.order))
