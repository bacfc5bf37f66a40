"""What a handover holds beside its matters and counts: instructions that turn, the running log."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlmodel import Session

from concierge.domain.wall import instant_of, wall_time
from concierge.services.handover_views import HandedNote, TurningInstruction
from concierge.store import handover_sql
from concierge.store.tables import Shift

_DAY_MINUTES = 24 * 60


def turning(
    session: Session, *, now: int, until: int, zone: ZoneInfo
) -> Iterator[TurningInstruction]:
    """The instructions that start or end after ``now``, up to ``until``, by unit."""
    days = {
        "first": wall_time(now, zone).date().isoformat(),
        "last": wall_time(until, zone).date().isoformat(),
    }
    rows = session.execute(text(handover_sql.TURNING), days).all()
    for row in sorted(rows, key=lambda row: str(row.unit)):
        for what, day, hour, otherwise in (
            ("starts", row.starts_on, row.from_time, 0),
            ("ends", row.ends_on, row.to_time, _DAY_MINUTES),
        ):
            at = _minutes(hour, otherwise)
            if day and now < instant_of(date.fromisoformat(day), at, zone) <= until:
                yield TurningInstruction(row.unit, row.text, what, day, hour or None)


def handed_notes(
    session: Session, shift: Shift, hidden: Container[int | None] = ()
) -> Iterator[HandedNote]:
    """The running log of a shift, without lines on matters about ``hidden`` members of staff, by id."""
    for row in session.execute(text(handover_sql.NOTES), {"shift": shift.id}):
        if row.about not in hidden:
            yield HandedNote(row.id, row.at, row.staff, row.text, row.flag, row.unit, row.number)


def _minutes(clock: str | None, otherwise: int) -> int:
    return int(clock[:2]) * 60 + int(clock[3:]) if clock else otherwise
