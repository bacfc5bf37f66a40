"""Letting a summary out of the house with whole phone numbers: who may, and that it is on record."""

from __future__ import annotations

from concierge.services.desk import Desk
from concierge.services.people import find_staff, require
from concierge.services.pins import must_hold, prove
from concierge.services.shift_view import find_shift
from concierge.store.audit import append

CLEAR = "summary.clear"
"""The permission for it."""


def record_clear(
    desk: Desk, *, shift: int | None, actor: str | None, pin: str | None = None
) -> None:
    """Put on record who writes a shift's summary with nothing masked, before it is written.

    Args:
        desk: The desk.
        shift: Of which shift; None is the one that runs, or ran last.
        actor: Who asks.
        pin: That person's PIN, if there is one: a name alone is known to everybody.

    Raises:
        Refusal: ``staff.missing``, ``staff.unknown``, ``role.needed``; ``shift.unknown`` or ``shift.none``;
            what ``prove`` refuses of the PIN.
    """
    with desk.store.read() as session:
        staff = find_staff(session, actor)
        require(session, staff, CLEAR)
        find_shift(session, desk.name, shift)
        name = staff.name
    how = prove(desk, actor=name, pin=pin)
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        require(session, staff, CLEAR)
        must_hold(staff, how)
        row = find_shift(session, desk.name, shift)
        stamp = desk.stamp(desk.clock.now(), staff)
        append(session, stamp, "summary.shown-clear", {"how": how}, shift_id=row.id)
