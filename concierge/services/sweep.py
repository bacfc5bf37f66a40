"""The sweep: every rung that is due is put on record exactly once, whoever sweeps and however often."""

from __future__ import annotations

from sqlmodel import Session, func, select

from concierge.domain.pace import Leap
from concierge.services.board_rows import is_held
from concierge.services.desk import Desk
from concierge.services.due import fire_due
from concierge.services.people import find_staff, require
from concierge.services.sweep_views import Sweep
from concierge.store import board_sql
from concierge.store.audit import append
from concierge.store.tables import Heartbeat

BEAT_SECONDS = 60
# Whoever watches leaves a mark at least every 75 seconds; a silence of five minutes was nobody watching.
GAP_SECONDS = 300


def sweep(desk: Desk) -> Sweep:
    """Fire every rung whose instant has passed and record every breach that nobody saw.

    Looking costs one question, answered by two index probes; only when something is due, or the last
    heartbeat is a minute old, is anything written. A wall clock that is behind the heartbeat, or leapt ahead
    of the machine's own count, fires nothing.

    Returns:
        What fired, in order; ``held`` says why nothing could.
    """
    now = desk.clock.now()
    beat, due = desk.store.glance_row(board_sql.SWEEP)
    held = _held(desk, beat, now)
    if held is not None:
        return Sweep(at=now, fired=(), held=held)
    idle = due is None or due >= now
    if idle and not desk.pace.settled and beat is not None and now - beat < BEAT_SECONDS:
        return Sweep(at=now, fired=())
    with desk.store.write() as session:
        # The clock and the rows are looked at again: another desk may have been faster.
        now = desk.clock.now()
        beat = last_beat(session)
        held = _held(desk, beat, now)
        if held is not None:
            return Sweep(at=now, fired=(), held=held)
        leaps = desk.pace.settled
        _record_leaps(session, desk, leaps, now)
        # Over a leap this process watched all the time, whatever the heartbeat says by the wall.
        unwatched = None if leaps or beat is None else _unwatched(session, desk, beat, now)
        fired, raised = ((), ()) if idle else fire_due(session, desk, now)
        if beat is None or now - beat >= BEAT_SECONDS:
            set_beat(session, desk, now, gap=unwatched)
    desk.pace.recorded()
    return Sweep(at=now, fired=fired, unwatched=unwatched, raised=raised)


def _held(desk: Desk, beat: int | None, now: int) -> str | None:
    """Why nothing may fire: "clock" behind the heartbeat, "jump" ahead of the machine's own count.

    A clock that is behind is not compared further, so that setting it right is no leap.
    """
    if is_held(beat, now):
        return "clock"
    pace = desk.pace
    if pace.leap is not None:
        confirmed = desk.store.glance(board_sql.CONFIRMED)
        if confirmed is not None and confirmed >= pace.leap.seen:
            pace.accept()  # said at another terminal of the same machine, after the leap: it holds here too
    return "jump" if pace.look(now, desk.clock.boot()) else None


def _record_leaps(session: Session, desk: Desk, leaps: tuple[Leap, ...], now: int) -> None:
    for leap in leaps:
        data = {"expected": leap.expected, "seen": leap.seen, "end": leap.end}
        append(session, desk.stamp(now), "clock.leapt", data)


def _unwatched(session: Session, desk: Desk, beat: int, now: int) -> tuple[int, int] | None:
    """The stretch in which neither desk nor watcher ran, put on record if it was long."""
    if now - beat <= GAP_SECONDS:
        return None
    append(session, desk.stamp(now), "watch.resumed", {"since": beat, "until": now})
    return beat, now


def next_due(desk: Desk) -> int | None:
    """The instant after which a sweep will find something, or None when nothing runs."""
    due: int | None = desk.store.glance(board_sql.NEXT)
    return due


def last_beat(session: Session) -> int | None:
    """When somebody last kept watch at this store."""
    return session.exec(select(func.max(Heartbeat.at))).one()


def set_beat(session: Session, desk: Desk, now: int, *, gap: tuple[int, int] | None = None) -> None:
    """Say that this desk keeps watch, and what stretch it found unwatched."""
    row = session.get(Heartbeat, desk.name) or Heartbeat(desk=desk.name, at=now)
    row.at = now
    if gap is not None:
        row.gap_from, row.gap_until = gap
    session.add(row)


def confirm_clock(desk: Desk, *, actor: str) -> int:
    """A supervisor confirms that the wall clock is right: behind the last heartbeat, or ahead after a leap.

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
        if desk.pace.leap is None:
            set_beat(session, desk, now)
        append(session, desk.stamp(now, staff), "clock.confirmed", {"was": beat, "now": now})
    desk.pace.accept()
    return now
