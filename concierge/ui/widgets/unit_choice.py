"""What a unit box may mean: households found, a unit nobody knows, or a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concierge.domain.household import parse_unit
from concierge.services.hits import HouseholdHit

# Where no line is marked a single hit by one of these is meant; initials such as "gym" may be a place.
_SURE = frozenset({"unit", "name", "phone", "plate"})
# What stands in a file may be a place as well, and more often: the garden, the lobby.
_LOOSE = frozenset({"pet", "word"})


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """One reading of what was typed.

    Args:
        unit: The unit's code; None when it is a place.
        place: The place as typed; None when it is a unit.
        name: The household's name; None when the unit is in nobody's books.
        match: By what it was found: unit, name, pinyin, phone, plate, pet or word.
        phone: The phone, masked.
        found: The plate, the pet's name or the piece of the file by which it was found.
        marked: Where the typed text stands: unit, name, phone or found.
        marks: At which characters of that.
    """

    unit: str | None = None
    place: str | None = None
    name: str | None = None
    match: str | None = None
    phone: str | None = None
    found: str | None = None
    marked: str | None = None
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def verified(self) -> bool:
        """Whether a household of the books stands behind it."""
        return self.match is not None

    @property
    def text(self) -> str:
        """What stands in the box once it is taken."""
        return self.unit or self.place or ""


def choices_of(text: str, hits: Sequence[HouseholdHit]) -> tuple[UnitChoice, ...]:
    """What was typed may mean, best first; behind them it is kept as it was typed.

    Whoever is found by a word or a pet comes after that: a place is not to become a household by Enter.

    Args:
        text: As typed.
        hits: What the household search found for it, best first.
    """
    said = text.strip()
    if not said:
        return ()
    found = [choice_of(hit) for hit in hits]
    sure = [choice for choice in found if choice.match not in _LOOSE]
    loose = [choice for choice in found if choice.match in _LOOSE]
    return (*sure, *_as_typed(said, found), *loose)


def choice_of(hit: HouseholdHit) -> UnitChoice:
    """The reading that a household found is."""
    return UnitChoice(
        unit=hit.unit,
        name=hit.name,
        match=hit.match,
        phone=hit.phone_masked,
        found=hit.found,
        marked=hit.marked,
        marks=hit.marks,
    )


def _as_typed(said: str, found: Sequence[UnitChoice]) -> list[UnitChoice]:
    """A unit nobody knows in each of its readings, else a place; nothing of it where the unit is known."""
    readings = [code.text for code in parse_unit(said)]
    if any(choice.unit in readings for choice in found):
        return []
    return [UnitChoice(unit=reading) for reading in readings] or [UnitChoice(place=said)]


def exact(text: str, choices: Sequence[UnitChoice]) -> tuple[UnitChoice, ...]:
    """The known households whose unit was typed, in whatever spelling; two mean that it is ambiguous."""
    readings = {code.text for code in parse_unit(text)}
    return tuple(each for each in choices if each.verified and each.unit in readings)


def settled(text: str, choices: Sequence[UnitChoice]) -> UnitChoice | None:
    """What is meant where no line is marked: the exact unit or the only hit, else what was typed.

    Returns:
        None for nothing typed, and where only a person can tell which household it is.
    """
    said = text.strip()
    known = exact(said, choices)
    if known or not said:
        return known[0] if len(known) == 1 else None
    readings = parse_unit(said)
    only = [each for each in choices if each.verified and each.match not in _LOOSE]
    if len(only) == 1 and not readings and only[0].match in _SURE:
        return only[0]
    if len(readings) == 1:
        return UnitChoice(unit=readings[0].text)
    return UnitChoice(unit=said) if readings else UnitChoice(place=said)
