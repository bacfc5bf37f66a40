"""A limit: so much time in a unit, as a policy writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from concierge.domain.refusal import Refusal

# Beyond this no promise makes sense, and counting it would only keep the desk waiting.
LARGEST = 1_000_000


class Unit(StrEnum):
    """What a limit counts in; the value is the plural as a policy writes it."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    BUSINESS_MINUTES = "business minutes"


_UNITS = {word: unit for unit in Unit for word in (unit.value, unit.value.removesuffix("s"))}
_FORM = re.compile(r"([0-9]{1,9}) ([a-z ]+)")


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of a unit, from 1 to ``LARGEST``.

    Raises:
        Refusal: ``limit.bad`` for any other amount.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse amounts that promise nothing, or for longer than anybody lives."""
        if not 1 <= self.amount <= LARGEST:
            raise Refusal("limit.bad", limit=str(self))

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Read "3 working days", "1 hour" or "90 business minutes".

        Args:
            text: An amount and a unit; the singular, capitals and extra spaces are accepted.

        Raises:
            Refusal: ``limit.bad`` with ``limit``, the text as given.
        """
        form = _FORM.fullmatch(" ".join(text.lower().split()))
        unit = _UNITS.get(form[2]) if form else None
        if form is None or unit is None or not 1 <= int(form[1]) <= LARGEST:
            raise Refusal("limit.bad", limit=text)
        return cls(int(form[1]), unit)

    def __str__(self) -> str:
        """The limit as a policy writes it: "3 working days", "1 working day"."""
        unit = self.unit.value
        return f"{self.amount} {unit.removesuffix('s') if self.amount == 1 else unit}"
