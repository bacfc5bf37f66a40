"""Reading a household's file, and looking at what is masked, which is on record."""

from __future__ import annotations

from concierge.domain.household_file import choice
from concierge.services.desk import Desk
from concierge.services.household_reading import KINDS, read_file
from concierge.services.household_views import HouseholdFile
from concierge.services.people import find_staff, require
from concierge.services.units import find_unit
from concierge.store.audit import append

REVEALED = "household.revealed"
EVERYTHING = "all"


def household_file(desk: Desk, *, unit: str) -> HouseholdFile:
    """The whole file of a unit in any spelling, sensitive values masked.

    Raises:
        Refusal: ``unit.unknown`` or ``unit.ambiguous``.
    """
    with desk.store.read() as session:
        found = find_unit(session, unit)
        assert found.household_id is not None
        return read_file(session, desk, found.household_id)


def reveal(desk: Desk, *, unit: str, what: str, actor: str) -> HouseholdFile:
    """The file with sensitive values in clear; who looked at what and when is on record.

    Args:
        desk: The desk.
        unit: In any spelling.
        what: phones, health, religion, children or all.
        actor: Who looks.

    Raises:
        Refusal: ``field.choice``, ``role.needed``, ``unit.unknown``, ``unit.ambiguous``, ``staff.unknown``.
    """
    choice("reveal", what, (EVERYTHING, *sorted(KINDS)))
    clear = KINDS if what == EVERYTHING else frozenset({what})
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        require(session, staff, "household.reveal")
        found = find_unit(session, unit)
        assert found.household_id is not None
        kinds = sorted(map(str, clear))
        append(
            session,
            desk.stamp(desk.clock.now(), staff),
            REVEALED,
            {"household_id": found.household_id, "unit": found.text, "what": kinds},
            personal={"what": kinds},
            household_id=found.household_id,
        )
        return read_file(session, desk, found.household_id, clear=clear)
