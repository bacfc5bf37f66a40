"""What a search hands out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HouseholdHit:
    """A household found: ``match`` is unit, name, pinyin, phone, plate, pet or word.

    ``found`` is the plate, the pet's name or a piece of the file. ``marks`` are the places, from a character to
    behind another, at which the typed text stands in what ``marked`` names: unit, name, phone or found.
    """

    household_id: int
    unit: str
    name: str
    match: str
    phone_masked: str | None
    found: str | None = None
    marked: str | None = None
    marks: tuple[tuple[int, int], ...] = ()
