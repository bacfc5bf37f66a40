"""The lines that the shift before left for the one that runs: they are still there once it was handed over."""

from __future__ import annotations

from sqlmodel import Session, col, select

from concierge.services.desk import Desk
from concierge.services.handover_parts import handed_notes
from concierge.services.shift_view import open_shift
from concierge.services.summary import NoteLine
from concierge.store.tables import Shift, Staff

_FOR_THE_NEXT = "next"


def notes_before(desk: Desk) -> tuple[NoteLine, ...]:
    """What the last shift at this desk flagged for the next, oldest first; nothing while none runs.

    As on the paper, lines on matters about members of staff are left out: everybody at the desk reads it.
    """
    with desk.store.read() as session:
        running = open_shift(session, desk.name)
        before = _before(session, running) if running is not None else None
        if before is None:
            return ()
        hidden = set(session.exec(select(Staff.id)).all())
        return tuple(
            NoteLine(note.at, note.staff, note.text, note.flag, note.unit, note.number)
            for note in handed_notes(session, before, hidden)
            if note.flag == _FOR_THE_NEXT
        )


def _before(session: Session, running: Shift) -> Shift | None:
    """The shift before at the same desk, whether it was handed over or ended with nobody to take over."""
    return session.exec(
        select(Shift)
        .where(Shift.desk == running.desk, col(Shift.id) < running.id)
        .order_by(col(Shift.id).desc())
        .limit(1)
    ).first()
