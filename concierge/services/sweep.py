"""The sweep: every rung that is due is put on record exactly once, whoever sweeps and however often."""

from __future__ import annotations

from sqlmodel import Session, func, select

from concierge.services.board_rows import is_held
from concierge.services.desk import Desk
from concierge.services.due import fire_due
from concierge.services.people import find_staff, require
from concierge.services.views import Sweep
from concierge.store import board_sql
from concierge.store.audit import append
from concierge.store.tables import Heartbeat

BEAT_SECONDS = 60


def sweep(desk: Desk) -> Sweep:
    """Fire every rung whose instant has passed and record every breach that nobody saw.

    Looking costs one index probe; only when something is due, or the last heartbeat is a minute old, is
    anything written. A wall clock that is behind the heartbeat fires nothing.

    Returns:
        What fired, in order; ``held`` is "clock" when the wall clock is wrong.
    """
    now = desk.clock.now()
    beat, due = desk.store.glance(board_sql.BEAT), next_due(desk)
    if is_held(beat, now):
        return Sweep(at=now, fired=(), held="clock")
    idle = due is None or due >= now
    if idle and beat is not None and now - beat < BEAT_SECONDS:
        return Sweep(at=now, fired=())
    with desk.store.write() as session:
        # The clock and the rows are looked at again: another desk may have been faster.
        now = desk.clock.now()
        beat = last_beat(session)
        if is_held(beat, now):
            return Sweep(at=now, fired=(), held="clock")
        fired = () if idle else fire_due(session, desk, now)
        if beat is None or now - beat >= BEAT_SECONDS:
            set_beat(session, desk, now)
        return Sweep(at=now, fired=fired)


def next_due(desk: Desk) -> int | None:
    """The instant after which a sweep will find something, or None when nothing runs."""
    due: int | None = desk.store.glance(board_sql.NEXT)
    return due


def last_beat(session: Session) -> int | None:
    """When somebody last kept watch at this store."""
    return session.exec(select(func.max(Heartbeat.at))).one()


def set_beat(session: Session, desk: Desk, now: int) -> None:
    """Say that this desk keeps watch."""
    row = session.get(Heartbeat, desk.name) or Heartbeat(desk=desk.name, at=now)
    row.at = now
    session.add(row)


def confirm_clock(desk: Desk, *, actor: str) -> int:
    """A supervisor confirms that the wall clock is right although it is behind the last heartbeat.

    Returns:
        The instant confirmed.

    Raises:
        Refusal: ``role.needed``.
    """
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        require(session, staff, "clock.confirm")
        beat = last_beat(session)
        for row in session.exec(select(Heartbeat)):
            row.at = min(row.at, now)
            session.add(row)
        set_beat(session, desk, now)
        append(session, desk.stamp(now, staff), "clock.confirmed", {"was": beat, "now": now})
    return now
