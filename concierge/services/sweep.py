"""The sweep: every rung that is due is put on record exactly once, whoever sweeps and however often."""

from __future__ import annotations

import heapq

from sqlmodel import Session, col, func, select

from concierge.services.board_rows import is_held
from concierge.services.clocks import record_breaches, running
from concierge.services.desk import Desk
from concierge.services.ladder import fire, notify, schedule, upcoming
from concierge.services.people import find_staff, require
from concierge.services.views import Fired, Sweep
from concierge.store import board_sql
from concierge.store.audit import append
from concierge.store.tables import Clock, Escalation, Heartbeat, Ticket

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
        fired = () if idle else _fire_due(session, desk, now)
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


def _due(session: Session, now: int) -> list[int | None]:
    return list(
        session.exec(select(Clock.id).where(col(Clock.next_at) < now).order_by(col(Clock.next_at)))
    )


def _fire_due(session: Session, desk: Desk, now: int) -> tuple[Fired, ...]:
    """Fire in the order of the instants, over all clocks; people get one notice a ticket."""
    stamp = desk.stamp(now)
    queue: list[tuple[int, int]] = []
    clocks: dict[int, tuple[Clock, Ticket]] = {}
    for clock_id in _due(session, now):
        clock = session.get_one(Clock, clock_id)
        ticket = session.get_one(Ticket, clock.ticket_id)
        assert clock.id is not None
        clocks[clock.id] = (clock, ticket)
        _look(session, desk, clock, queue, now)
    fired: list[Fired] = []
    highest: dict[int, Escalation] = {}
    while queue:
        _, clock_id = heapq.heappop(queue)
        clock, ticket = clocks[clock_id]
        record_breaches(session, stamp, ticket, [clock])
        rung = upcoming(session, desk, clock)
        if rung.at < now:
            done, row = fire(session, desk, stamp, ticket=ticket, clock=clock, rung=rung)
            fired.append(done)
            assert ticket.id is not None
            best = highest.get(ticket.id)
            # A rung that found nobody must not swallow the notice of the one below it.
            if done.people and (best is None or row.rung >= best.rung):
                highest[ticket.id] = row
        _look(session, desk, clock, queue, now)
    for row in highest.values():
        notify(session, row)
    return tuple(fired)


def _look(
    session: Session, desk: Desk, clock: Clock, queue: list[tuple[int, int]], now: int
) -> None:
    """Put a clock back in line if something more of it is due."""
    if running([clock]):
        schedule(session, desk, clock)
        if clock.next_at is not None and clock.next_at < now:
            assert clock.id is not None
            heapq.heappush(queue, (clock.next_at, clock.id))
