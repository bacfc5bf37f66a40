"""What earlier rows of a roster say of a household: nothing in later ones is lost unseen."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.domain.household import UnitCode
from concierge.services.roster_fields import Value

_BETWEEN = "; "


class Heard:
    """The notes of each household and the fields of each person, as far as a roster was read."""

    def __init__(self) -> None:
        self._notes: dict[UnitCode, str] = {}
        self._people: dict[tuple[UnitCode, str], Mapping[str, Value]] = {}

    def with_notes(self, unit: UnitCode, said: Value) -> str:
        """The notes of a household together with a row's."""
        return side_by_side(self._notes.get(unit), said)

    def keep_notes(self, unit: UnitCode, notes: str) -> None:
        """From now on these are a household's notes."""
        self._notes[unit] = notes

    def other(self, unit: UnitCode, name: str, said: Mapping[str, Value]) -> str | None:
        """Take what a row says of a person; give the first field that an earlier row says otherwise."""
        before = self._people.get((unit, name), {})
        self._people[unit, name] = {**said, **before} if before else said
        return next((each for each in said if before.get(each, said[each]) != said[each]), None)


def side_by_side(before: Value, said: Value) -> str:
    """The notes of two rows of a household as one text, each once."""
    first, second = str(before or ""), str(said or "")
    if not (first and second):
        return first or second
    held = f"{_BETWEEN}{second}{_BETWEEN}" in f"{_BETWEEN}{first}{_BETWEEN}"
    return first if held else f"{first}{_BETWEEN}{second}"
