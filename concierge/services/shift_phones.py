"""Looking at the whole phones in a shift's running log and handover, which is on record."""

from __future__ import annotations

from concierge.services.desk import Desk
from concierge.services.people import find_staff, require
from concierge.services.shift_view import find_shift
from concierge.store.audit import append

REVEALED = "shift.revealed"
_ALLOWED = "household.reveal"  # the same numbers as in the household's file, so the same permission


def record_look(desk: Desk, *, shift: int | None, actor: str | None) -> None:
    """Put on record who looks at the phones in what a shift wrote down, before they are shown.

    Args:
        desk: The desk.
        shift: Of which shift; None is the one that runs, or ran last.
        actor: Who looks.

    Raises:
        Refusal: ``staff.missing``, ``staff.unknown``, ``role.needed``; ``shift.unknown`` or ``shift.none``.
        StoreProblem: when the store cannot be written.
    """
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        require(session, staff, _ALLOWED)
        row = find_shift(session, desk.name, shift)
        stamp = desk.stamp(desk.clock.now(), staff)
        append(session, stamp, REVEALED, {"what": ["phones"]}, shift_id=row.id)
