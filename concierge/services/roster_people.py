"""Who stands in a row of a roster: people taken apart, each with a phone of their own where it is certain.

Offices write a phone, a relation or a role behind a name, 孙(父) 13800001234, and several phones in one cell.
A phone that nobody can be given for certain goes into the notes of the household, and is never lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from concierge.domain.household import phone_digits
from concierge.domain.household_file import holds_phone
from concierge.services.roster_cells import closed_up, dealt, names_in, numbers, split
from concierge.services.roster_fields import PERSON, Value
from concierge.services.roster_words import code_of, is_relation, says_no_phone

_TAKEN = "\x00"  # where something was taken out; no cleaned cell holds it
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
# A digit beside a letter or a star belongs to a passport, or to a phone that was masked.
_PHONE = re.compile(
    r"(?:(?:联系)?(?:电话|手机)号?|(?<![a-z])(?:tel|phone|mobile))?[.:：\s]*(?<![a-z\d*])"
    r"(?P<number>(?P<main>(?:[(（]0\d{2,3}[)）][ -]?)?[+＋]?\d(?:[ \u3000\-‐–—－]{0,2}\d){6,})"
    r"(?:\s*(?:转|轉|ext\.?)\s*\d{1,6})?)(?![a-zｘ\d*])",
    re.IGNORECASE,
)
_LONGEST = 13  # digits; what is longer beside a name is an identity or a card number
_BETWEEN_WORDS = re.compile(r"[\s、,，/;；:：]+")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_OPENING, _CLOSING = "(（[【", ")）]】"
_HAN = re.compile("[\u3400-\u9fff]")


class HoldsPhone(Exception):
    """A name holds a long number, and nobody can tell what is the name and what the phone."""


@dataclass(slots=True)
class _Named:
    name: str
    phones: list[str] = field(default_factory=list)
    said: dict[str, Value] = field(default_factory=dict)


def people_of(
    values: Mapping[str, str],
) -> tuple[tuple[tuple[str, dict[str, Value]], ...], tuple[str, ...]]:
    """Each person of a row and what it says of them, and what is to be noted of further phones.

    What several people have each their own of is dealt out when the counts match. What a column says counts
    before what stands with the name.

    Raises:
        HoldsPhone: where a name and a phone cannot be told apart.
        Unreadable: where a cell cannot be read.
    """
    named = _named(values["name"])
    phones, further = _phones([each.phones for each in named], values["phone"])
    said = {
        name: phones if name == "phone" else dealt(name, values[name], len(named))
        for name in PERSON
        if values[name] or name == "phone"
    }
    people = []
    for place, each in enumerate(named):
        found = {name: PERSON[name](texts[place]) for name, texts in said.items() if texts[place]}
        found = {name: value for name, value in found.items() if value}
        people.append((closed_up(each.name), {**each.said, **found}))
    return tuple(people), _noted([name for name, _ in people], further)


def _named(cell: str) -> list[_Named]:
    names = names_in(cell)
    if not any(map(holds_phone, names)):
        return [_Named(name) for name in names]
    return [_taken_apart(name) for name in names]


def _taken_apart(text: str) -> _Named:
    """Take phones, and brackets with nothing but known words and phones, from beside a name."""
    found = _Named("")

    def phone(match: re.Match[str]) -> str:
        main = phone_digits(match["main"])
        if sum(map(str.isdecimal, main)) > _LONGEST or _DAY.fullmatch(main):
            raise HoldsPhone
        found.phones.append(phone_digits(match["number"]))
        return _TAKEN

    def bracket(match: re.Match[str]) -> str:
        words = [word for word in _BETWEEN_WORDS.split(match[1].replace(_TAKEN, " ")) if word]
        if not all(code_of("role", word) or is_relation(word) for word in words):
            return match[0]
        for word in words:
            role = code_of("role", word)
            known = ("role", role) if role and role != "family" else ("relation", word)
            found.said.setdefault(*known)
        return _TAKEN

    rest = _BRACKETED.sub(bracket, _PHONE.sub(phone, text))
    parts = [part.strip(" \u3000:：-、,，") for part in rest.split(_TAKEN)]
    parts = [part for part in parts if part]
    if len(parts) != 1 or holds_phone(parts[0]) or not _is_balanced(parts[0]):
        raise HoldsPhone
    found.name = parts[0]
    return found


def _is_balanced(text: str) -> bool:
    return sum(map(_OPENING.count, text)) == sum(map(_CLOSING.count, text))


def _phones(beside: Sequence[Sequence[str]], cell: str) -> tuple[list[str], list[str]]:
    """The phone of each person, blank for none, and those that nobody is given.

    Args:
        beside: The phones that stand with each name.
        cell: The column of phones.
    """
    parts = split(cell)
    if len(parts) != len(beside):
        parts = numbers(cell)
    left: list[str] = []
    given = parts
    if len(parts) != len(beside):
        with_names = {number for own in beside for number in own}
        left = [part for part in parts if phone_digits(part) not in with_names]
        given = [""] * len(beside)
        # Of two people the first may have said theirs, and then the column's is somebody else's.
        if left and (len(beside) == 1 or not beside[0]):
            given[0] = left.pop(0)
    whose = {number: place for place, own in enumerate(beside) for number in own}
    phones = [
        # A number beside somebody else's name is theirs, in whatever order the column has them.
        own[0]
        if own and (says_no_phone(part) or whose.get(phone_digits(part), place) != place)
        else part
        for place, (part, own) in enumerate(zip(given, beside, strict=True))
    ]
    taken = {phone_digits(phone) for phone in phones}
    further = dict.fromkeys(
        phone_digits(each) for each in (*left, *(number for own in beside for number in own))
    )
    # One that an export has masked says nothing of the number.
    return phones, [
        each
        for each in further
        if each not in taken and "*" not in each and not says_no_phone(each)
    ]


def _noted(names: Sequence[str], phones: Sequence[str]) -> tuple[str, ...]:
    """What stands in the notes, in the language of the names."""
    if any(map(_HAN.search, names)):
        return tuple(f"{'、'.join(names)}另一电话：{phone}" for phone in phones)
    return tuple(f"{', '.join(names)}: another phone {phone}" for phone in phones)
