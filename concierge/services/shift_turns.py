"""A shift's two ends: what ends is summed up and sealed, what starts begins where the last one ended."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, func, select

from concierge.domain.shift import day_starts, is_past_end, planned_shift
from concierge.domain.wall import wall_time
from concierge.services.climb import due_climbs
from concierge.services.clocks import note_breach
from concierge.services.copies import order_copies
from concierge.services.desk import Desk
from concierge.services.handover_summary import with_handover
from concierge.services.periods import recorded_before
from concierge.services.relief import plan_relief
from concierge.services.sealing import seal
from concierge.services.summing import sum_up
from concierge.store.audit import Log, Stamp, append
from concierge.store.tables import Shift, Staff


def open_new(
    session: Session, desk: Desk, stamp: Stamp, staff: Staff, *, takes_over: int | None = None
) -> Shift:
    """Start a shift at this desk, of the hours that the policy plans for this instant.

    Args:
        session: A session from ``Store.write``.
        desk: The desk.
        stamp: When and by whom.
        staff: Who works it.
        takes_over: The shift that was taken over, by id.
    """
    rules = desk.rules.policy.shifts
    plan = planned_shift(rules, stamp.at, desk.rules.calendar.zone) if rules is not None else None
    assert staff.id is not None
    shift = Shift(
        desk=desk.name,
        staff_id=staff.id,
        started_at=stamp.at,
        planned_from=plan.start if plan else None,
        planned_until=plan.end if plan else None,
        first_event=_first_event(session, desk, plan.start if plan else stamp.at),
        takes_over=takes_over,
    )
    session.add(shift)
    session.flush()
    data = {
        "planned_from": shift.planned_from,
        "planned_until": shift.planned_until,
        "first_event": shift.first_event,
        "takes_over": takes_over,
    }
    append(session, stamp, "shift.started", data, shift_id=shift.id)
    plan_relief(session, desk, shift)
    return shift


def close(
    session: Session,
    desk: Desk,
    stamp: Stamp,
    shift: Shift,
    *,
    how: str,
    reason: str | None = None,
) -> int:
    """End a shift: breaches that no sweep has seen first, then its summary as it stands at this instant.

    Args:
        session: A session from ``Store.write``.
        desk: The desk.
        stamp: When and by whom.
        shift: The running shift.
        how: "handover", "absent" or "alone".
        reason: What was said of an end that was not signed by both.

    Returns:
        The event's id, the last of the shift.
    """
    _record_breaches(session, desk, stamp)
    shift.ended_at, shift.ended_by = stamp.at, stamp.actor_id
    shift.ended_how, shift.end_reason = how, reason
    shift.relief_at = None
    session.add(shift)
    session.flush()
    forgotten = _forgotten(shift, stamp, how)
    # Its own end is no figure: the hash that this fact holds is of all that was counted before it.
    summary = with_handover(session, desk, shift, sum_up(session, desk, shift, until=stamp.at))
    sealed = seal(session, shift, replace(summary, forgotten=forgotten))
    copies = order_copies(session, desk, shift, stamp.at)
    data = {"how": how, "summary": sealed, "forgotten": forgotten, "copies": list(copies)}
    shift.last_event = append(
        session,
        stamp,
        "shift.ended",
        data,
        shift_id=shift.id,
        personal={"reason": reason} if reason else None,
    )
    session.add(shift)
    return shift.last_event


def _record_breaches(session: Session, desk: Desk, stamp: Stamp) -> None:
    """Put every breach on record that no sweep has seen, in as few questions as a sweep asks."""
    climbs, log = due_climbs(session, desk, stamp.at), Log(session)
    for climb in climbs:
        if note_breach(log, stamp, climb.clock):
            climb.schedule()
            session.add(climb.clock)
    log.write()


def _forgotten(shift: Shift, stamp: Stamp, how: str) -> bool:
    """Whether whoever worked it left without ending it, so that somebody else does after its time."""
    late = is_past_end(shift.planned_until, stamp.at)
    return late and how != "handover" and stamp.actor_id != shift.staff_id


def _first_event(session: Session, desk: Desk, start: int) -> int:
    """The event after which a shift's figures begin.

    That is where the last one at this desk ended. The first one has all that was recorded in the property's
    day before it, so that the shifts of a day come to the day.
    """
    last = session.exec(select(func.max(Shift.last_event)).where(Shift.desk == desk.name)).one()
    if last is not None:
        return last
    zone = desk.rules.calendar.zone
    begins = day_starts(desk.rules.policy.shifts, wall_time(start, zone).date(), zone)
    return recorded_before(session, begins)
