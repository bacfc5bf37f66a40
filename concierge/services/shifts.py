"""Shifts: starting, keeping notes, ending, and the summary of each."""

from __future__ import annotations

import json

from sqlmodel import Session, col, func, select

from concierge.domain.refusal import Refusal
from concierge.domain.shift import NOTE_FLAGS
from concierge.domain.typed_text import LONGEST_WORDS
from concierge.services.clocks import record_breaches
from concierge.services.desk import Desk
from concierge.services.ladder import schedule
from concierge.services.people import find_staff
from concierge.services.shift_view import find_shift, open_shift, shift_view
from concierge.services.summary import ShiftSummary
from concierge.services.summing import sum_up
from concierge.services.ticket_view import find_ticket
from concierge.services.typed_lines import cleaned_line, needed_line
from concierge.services.views import ShiftView
from concierge.store.audit import Stamp, append
from concierge.store.tables import Clock, Shift, ShiftNote, Staff


def start_shift(desk: Desk, *, actor: str, note: str | None = None) -> ShiftView:
    """Start a shift at this desk, with a first note if there is one.

    Raises:
        Refusal: ``shift.running`` while another is open here; ``words.empty`` for a blank note.
    """
    said = None if note is None else _note_line(note)
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
        if said is not None:
            _keep_note(session, desk.stamp(now, staff), shift, said)
        return shift_view(session, shift)


def note_shift(
    desk: Desk,
    *,
    text: str,
    actor: str,
    flag: str | None = None,
    unit: str | None = None,
    ticket: str | None = None,
) -> ShiftView:
    """Keep a note in the running shift's log.

    Args:
        desk: The desk.
        text: What is noted.
        actor: Who notes it.
        flag: One of ``NOTE_FLAGS``.
        unit: Which unit it is about, as typed.
        ticket: The number of the ticket it is about.

    Raises:
        Refusal: ``words.empty``, ``shift.not-running``, ``note.flag``, ``ticket.unknown``.
    """
    said = _note_line(text)
    if flag is not None and flag not in NOTE_FLAGS:
        raise Refusal("note.flag", flag=flag, flags=", ".join(NOTE_FLAGS))
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        shift = _running(open_shift(session, desk.name), desk)
        about = find_ticket(session, ticket) if ticket is not None else None
        assert shift.id is not None
        assert staff.id is not None
        note = ShiftNote(
            shift_id=shift.id,
            staff_id=staff.id,
            at=now,
            text=said,
            flag=flag,
            unit=cleaned_line(unit),
            ticket_id=about.id if about is not None else None,
        )
        _keep(session, desk.stamp(now, staff), note)
        return shift_view(session, shift)


def end_shift(
    desk: Desk, *, actor: str, note: str | None = None, alone: str | None = None
) -> ShiftView:
    """End the running shift with nobody to take over, with a last note if there is one.

    Its summary is kept as it stands now, whatever is edited later.

    Breaches that no sweep has seen are recorded first, so that they count where they belong.

    Raises:
        Refusal: ``shift.not-running``; ``words.empty`` for a blank note.
    """
    said = None if note is None else _note_line(note)
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        shift = _running(open_shift(session, desk.name), desk)
        stamp = desk.stamp(now, staff)
        if said is not None:
            _keep_note(session, stamp, shift, said)
        for clock in session.exec(select(Clock).where(col(Clock.next_at) < now)).all():
            if record_breaches(session, stamp, [clock]):
                schedule(session, desk, clock)
        shift.ended_at, shift.ended_by = now, staff.id
        shift.ended_how, shift.end_reason = "alone", cleaned_line(alone)
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


def _note_line(text: str) -> str:
    return needed_line(text, "words.empty", limit=LONGEST_WORDS)


def _keep_note(session: Session, stamp: Stamp, shift: Shift, said: str) -> None:
    assert shift.id is not None
    assert stamp.actor_id is not None
    _keep(
        session,
        stamp,
        ShiftNote(shift_id=shift.id, staff_id=stamp.actor_id, at=stamp.at, text=said),
    )


def _keep(session: Session, stamp: Stamp, note: ShiftNote) -> None:
    data = {"flag": note.flag} if note.flag else {}
    personal = {"text": note.text} | ({"unit": note.unit} if note.unit else {})
    note.event_id = append(
        session,
        stamp,
        "shift.noted",
        data,
        shift_id=note.shift_id,
        ticket_id=note.ticket_id,
        personal=personal,
    )
    session.add(note)


def _running(shift: Shift | None, desk: Desk) -> Shift:
    if shift is None:
        raise Refusal("shift.not-running", desk=desk.name)
    return shift
