"""Reading shifts: the one open at a desk, and one by its number."""

from __future__ import annotations

from sqlmodel import Session, col, select

from concierge.domain.refusal import Refusal
from concierge.services.views import ShiftView
from concierge.store.tables import Shift, Staff

_LARGEST = 2**63 - 1  # what a store can be asked for


def open_shift(session: Session, desk: str) -> Shift | None:
    """The shift that is open at a desk, if any; there is at most one."""
    return session.exec(
        select(Shift).where(Shift.desk == desk, col(Shift.ended_at).is_(None))
    ).first()


def running_shift(session: Session, desk: str) -> Shift:
    """The shift that is open at a desk.

    Raises:
        Refusal: ``shift.not-running``.
    """
    shift = open_shift(session, desk)
    if shift is None:
        raise Refusal("shift.not-running", desk=desk)
    return shift


def find_shift(session: Session, desk: str, shift: int | None) -> Shift:
    """The shift of that number, or without one the last at this desk.

    Raises:
        Refusal: ``shift.unknown`` or ``shift.none``.
    """
    if shift is not None:
        row = session.get(Shift, shift) if abs(shift) <= _LARGEST else None
        if row is None:
            raise Refusal("shift.unknown", shift=shift)
        return row
    latest = session.exec(
        select(Shift).where(Shift.desk == desk).order_by(col(Shift.id).desc()).limit(1)
    ).first()
    if latest is None:
        raise Refusal("shift.none", desk=desk)
    return latest


def shift_view(session: Session, row: Shift) -> ShiftView:
    """A shift as screens see it."""
    assert row.id is not None
    return ShiftView(
        id=row.id,
        desk=row.desk,
        state="open" if row.ended_at is None else "closed",
        started_at=row.started_at,
        ended_at=row.ended_at,
        staff=session.get_one(Staff, row.staff_id).name,
        staff_id=row.staff_id,
    )
