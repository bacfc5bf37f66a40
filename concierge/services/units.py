"""Which household a typed unit means."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from concierge.domain.household import parse_unit
from concierge.domain.refusal import Refusal
from concierge.domain.typed_text import clean_line
from concierge.store.tables import Household

_LIMIT = 60


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit by its canonical text; ``household_id`` is None for one nobody knows."""

    text: str
    household_id: int | None


def find_unit(session: Session, typed: str, *, unverified: bool = False) -> FoundUnit:
    """The household whose unit was typed in any spelling.

    Args:
        session: A session on the store.
        typed: Such as 3-1201, 3栋1201 or 31201.
        unverified: Keep a unit that no household has, instead of refusing it.

    Raises:
        Refusal: ``unit.unknown``, or ``unit.ambiguous`` when it may be one of several households.
    """
    readings = [code.text for code in parse_unit(typed)]
    known = session.exec(select(Household).where(col(Household.unit).in_(readings))).all()
    if len(known) == 1:
        return FoundUnit(known[0].unit, known[0].id)
    if known:
        choices = sorted((row.unit for row in known), key=readings.index)
        raise Refusal("unit.ambiguous", unit=typed.strip(), choices=", ".join(choices))
    text = readings[0] if len(readings) == 1 else clean_line(typed, limit=_LIMIT).text.strip()
    if not unverified:
        raise Refusal("unit.unknown", unit=text)
    return FoundUnit(text, None)
