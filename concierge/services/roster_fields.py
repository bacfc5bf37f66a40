"""What a roster may say of a person and of a household, and how each cell of it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from concierge.domain import household_file as rules
from concierge.domain.household import phone_digits
from concierge.domain.refusal import Refusal
from concierge.services.roster_words import code_of, plain_count, plain_day, says_no_phone

Value = str | int | None


class Unreadable(Exception):
    """A cell says nothing that its field takes."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__(field)
        self.values = {"field": field, "value": value}


def _phone(text: str) -> Value:
    return None if says_no_phone(text) else phone_digits(text)


def _text(text: str) -> Value:
    return text


def _coded(text: str, *, field: str) -> Value:
    code = code_of(field, text)
    if code is None:
        raise Unreadable(field, text)
    return code


def _birthday(text: str) -> Value:
    try:
        return rules.birthday("birthday", plain_day(text))
    except Refusal as problem:
        raise Unreadable("birthday", text) from problem


def _moved_in(text: str) -> Value:
    """A day, or whatever else stands there: offices write of some only the year."""
    try:
        return rules.iso_date("moved_in", plain_day(text))
    except Refusal:
        return text


def _people_count(text: str) -> Value:
    try:
        return rules.people_count("people_count", plain_count(text))
    except Refusal as problem:
        raise Unreadable("people_count", text) from problem


Reader = Callable[[str], Value]
PERSON: Mapping[str, Reader] = {
    "phone": _phone,
    "relation": _text,
    "role": partial(_coded, field="role"),
    "sex": partial(_coded, field="sex"),
    "birthday": _birthday,
    "occupation": _text,
    "employer": _text,
    "background": _text,
}
"""Fields of a person beside the name."""
OWN: Mapping[str, Reader] = {
    "notes": _text,
    "moved_in": _moved_in,
    "tenure": partial(_coded, field="tenure"),
    "people_count": _people_count,
    "contact_preference": partial(_coded, field="contact_preference"),
    "salutation": _text,
    "language": _text,
    "parking": _text,
}
"""Fields of a household beside its unit and plates."""

FREE = ("notes", "background", "relation", "occupation", "employer")
"""Fields in which anything may stand, a phone too."""


def read_own(values: Mapping[str, str]) -> dict[str, Value]:
    """What a row says of its household.

    Raises:
        Unreadable: where a cell cannot be read.
    """
    return {name: read(values[name]) for name, read in OWN.items() if values[name]}
