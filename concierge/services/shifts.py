"""Shifts: starting, keeping notes, ending, and the summary of each."""

from __future__ import annotations

import json

from sqlmodel import col, func, select

from concierge.domain.refusal import Refusal
from concierge.services.clocks import record_breaches
from concierge.services.desk import Desk
from concierge.services.ladder import schedule
from concierge.services.people import find_staff
from concierge.services.progress import needed_line
from concierge.services.shift_view import find_shift, open_shift, shift_view
from concierge.services.summary import NoteLine, ShiftSummary
from concierge.services.summing import sum_up
from concierge.services.typed_lines import WORDS_LIMIT
from concierge.services.views import ShiftView
from concierge.store.audit import append
from concierge.store.tables import Clock, Shift, ShiftNote, Staff, Ticket


def start_shift(desk: Desk, *, actor: str) -> ShiftView:
    """Start a shift at this desk.

    Raises:
        Refusal: ``shift.running`` while another is open here.
    """
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        running = open_shift(session, desk.name)
        if running is not None:
            name = session.get_one(Staff, running.staff_id).name
            raise Refusal("shift.running", shift=running.id, name=name, desk=desk.name)
        before = session.exec(
            select(func.max(Shift.last_event)).where(Shift.desk == desk.name)
        ).one()
        assert staff.id is not None
        shift = Shift(desk=desk.name, staff_id=staff.id, started_at=now, first_event=before or 0)
        session.add(shift)
        session.flush()
        append(session, desk.stamp(now, staff), "shift.started", {}, shift_id=shift.id)
        return shift_view(session, shift)


def note_shift(desk: Desk, *, text: str, actor: str) -> ShiftView:
    """Keep a note in the running shift's log.

    Raises:
        Refusal: ``words.empty``, ``shift.not-running``.
    """
    said = needed_line(text, "words.empty", limit=WORDS_LIMIT)
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        shift = _running(open_shift(session, desk.name), desk)
        assert shift.id is not None
        assert staff.id is not None
        session.add(ShiftNote(shift_id=shift.id, staff_id=staff.id, at=now, text=said))
        append(
            session,
            desk.stamp(now, staff),
            "shift.noted",
            {},
            shift_id=shift.id,
            personal={"text": said},
        )
        return shift_view(session, shift)


def end_shift(desk: Desk, *, actor: str) -> ShiftView:
    """End the running shift; its summary is kept as it stands now, whatever is edited later.

    Breaches that no sweep has seen are recorded first, so that they count where they belong.

    Raises:
        Refusal: ``shift.not-running``.
    """
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        shift = _running(open_shift(session, desk.name), desk)
        stamp = desk.stamp(now, staff)
        for clock in session.exec(select(Clock).where(col(Clock.next_at) < now)).all():
            ticket = session.get_one(Ticket, clock.ticket_id)
            if record_breaches(session, stamp, ticket, [clock]):
                schedule(session, desk, clock)
        shift.ended_at, shift.ended_by = now, staff.id
        shift.last_event = append(session, stamp, "shift.ended", {}, shift_id=shift.id)
        summary = sum_up(session, desk, shift, until=now)
        shift.summary = json.dumps(summary.to_json(), ensure_ascii=False)
        session.add(shift)
        return shift_view(session, shift)


def shift_summary(desk: Desk, *, shift: int | None = None) -> ShiftSummary:
    """The summary of a shift: as it was kept at its end, or of a running one as it is now.

    Raises:
        Refusal: ``shift.unknown`` or ``shift.none``.
    """
    with desk.store.read() as session:
        row = find_shift(session, desk.name, shift)
        if row.summary is not None:
            return ShiftSummary.from_json(json.loads(row.summary))
        return sum_up(session, desk, row, until=desk.clock.now())


def current_shift(desk: Desk) -> ShiftView | None:
    """The shift that is open at this desk, if any."""
    with desk.store.read() as session:
        row = open_shift(session, desk.name)
        return shift_view(session, row) if row else None


def shift_notes(desk: Desk, *, shift: int) -> tuple[NoteLine, ...]:
    """The notes kept in a shift, oldest first."""
    with desk.store.read() as session:
        rows = session.exec(
            select(ShiftNote, Staff.name)
            .join(Staff, col(Staff.id) == ShiftNote.staff_id)
            .where(ShiftNote.shift_id == shift)
            .order_by(col(ShiftNote.id))
        )
        return tuple(NoteLine(note.at, name, note.text) for note, name in rows)


def _running(shift: Shift | None, desk: Desk) -> Shift:
    if shift is None:
        raise Refusal("shift.not-running", desk=desk.name)
    return shift
