"""A relief who does not come: an open shift climbs its ladder, by the same records as a clock does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from concierge.domain.escalation import Course, FiredRung, NextRung, next_rung
from concierge.domain.quiet import quiet_until
from concierge.domain.refusal import Refusal
from concierge.domain.shift import planned_shift
from concierge.services.acknowledging import sign_rungs
from concierge.services.climb import fired_rung
from concierge.services.desk import Desk
from concierge.services.firing import Firing
from concierge.services.people import find_staff
from concierge.services.shift_view import running_shift, shift_view
from concierge.services.sweep_views import Fired
from concierge.services.views import ShiftView
from concierge.store.audit import append
from concierge.store.tables import Escalation, Shift

SUBJECT = "shift"
CLOCK = "relief"
"""What stands for a clock where a rung of a shift is told."""
_GENERATION = 1


@dataclass(slots=True)
class Waiting:
    """An open shift on its ladder; ``fired`` grows as rungs fire. Due is its planned end and the grace."""

    shift: Shift
    course: Course
    fired: list[FiredRung]

    def upcoming(self, desk: Desk) -> NextRung:
        """The next rung, while the shift is open."""
        return next_rung(self.course, self.fired, desk.rules.calendar)


def waiting_for_relief(session: Session, desk: Desk, shift: Shift) -> Waiting | None:
    """A shift on its ladder, None when it has ended or no end was planned."""
    rules = desk.rules.policy.shifts
    if rules is None or shift.planned_until is None or shift.ended_at is not None:
        return None
    due = shift.planned_until + rules.relief
    ladder = desk.rules.policy.ladders[rules.ladder]
    course = Course(ladder, shift.planned_until, due, due)
    return Waiting(shift, course, [fired_rung(row) for row in relief_rungs(session, shift)])


def relief_rungs(session: Session, shift: Shift) -> list[Escalation]:
    """The rungs on record of a shift, in the order in which they fired."""
    return list(
        session.exec(
            select(Escalation)
            .where(Escalation.subject == SUBJECT, Escalation.subject_id == shift.id)
            .order_by(col(Escalation.rung))
        )
    )


def plan_relief(session: Session, desk: Desk, shift: Shift) -> None:
    """Set when a sweep has to look at a shift: whenever one starts, is signed for or ends."""
    found = waiting_for_relief(session, desk, shift)
    shift.relief_at = found.upcoming(desk).at if found is not None else None
    session.add(shift)


def replan_reliefs(session: Session, desk: Desk) -> None:
    """The same for every open shift, when other rules come into force.

    One that was started before shifts were planned is planned now, by when it was started.
    """
    rules, zone = desk.rules.policy.shifts, desk.rules.calendar.zone
    for shift in session.exec(select(Shift).where(col(Shift.ended_at).is_(None))).all():
        if shift.planned_until is None and rules is not None:
            plan = planned_shift(rules, shift.started_at, zone)
            shift.planned_from, shift.planned_until = plan.start, plan.end
        plan_relief(session, desk, shift)


def fire_reliefs(session: Session, desk: Desk, firing: Firing) -> tuple[Fired, ...]:
    """Put every rung of open shifts on record whose instant has passed."""
    now = firing.stamp.at
    late = select(Shift).where(col(Shift.relief_at) < now).order_by(col(Shift.relief_at))
    return tuple(
        fired
        for shift in session.exec(late).all()
        for fired in _climbed(session, desk, firing, shift)
    )


def _climbed(session: Session, desk: Desk, firing: Firing, shift: Shift) -> Iterable[Fired]:
    found, now = waiting_for_relief(session, desk, shift), firing.stamp.at
    while found is not None and (rung := found.upcoming(desk)).at < now:
        yield _fire(desk, firing, found, rung)
    shift.relief_at = found.upcoming(desk).at if found is not None else None
    session.add(shift)


def _fire(desk: Desk, firing: Firing, found: Waiting, rung: NextRung) -> Fired:
    shift, now = found.shift, firing.stamp.at
    people = firing.roll.holders(rung.to)
    names = tuple(person.name for person in people)
    zone, quiet = desk.rules.calendar.zone, desk.rules.policy.quiet
    held = quiet_until(quiet, rung.to, rung.at, zone) if people else None
    late = now - rung.at
    event_id = firing.log.append(
        firing.stamp,
        "shift.escalated",
        {"generation": _GENERATION, "rung": rung.rung, "to": rung.to, "people": names,
         "due_at": rung.at, "late_seconds": late, "held_until": held},
        shift_id=shift.id,
    )  # fmt: skip
    firing.put(
        {"subject": SUBJECT, "subject_id": shift.id, "ticket_id": None, "generation": _GENERATION,
         "rung": rung.rung, "role": rung.to, "due_at": rung.at, "by_hand": False, "reason": None,
         "held_until": held, "event_id": event_id},
        people,
        quiet_until(quiet, rung.to, now, zone) if people else None,
    )  # fmt: skip
    found.fired.append(FiredRung(rung.rung, rung.at, now, bool(people), None, held))
    return Fired(
        shift.desk, CLOCK, _GENERATION, rung.rung, rung.to, names, rung.at, late, shift=shift.id
    )


def sign_for_relief(desk: Desk, *, actor: str) -> ShiftView:
    """Somebody sees to it that the shift of this desk is relieved; it moves the next rung and ends nothing.

    Raises:
        Refusal: ``shift.not-running``, ``relief.nothing``, ``relief.role``.
    """
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        shift = running_shift(session, desk.name)
        left = [row for row in relief_rungs(session, shift) if row.acknowledged_at is None]
        if not left:
            raise Refusal("relief.nothing", desk=desk.name)
        signed = sign_rungs(session, left, staff, now, refusal="relief.role")
        session.flush()
        plan_relief(session, desk, shift)
        rungs = [row.rung for row in signed]
        stamp = desk.stamp(now, staff)
        append(session, stamp, "shift.relief-signed", {"rungs": rungs}, shift_id=shift.id)
        return shift_view(session, shift)
