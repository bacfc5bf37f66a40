"""Shifts: starting, keeping notes, ending, and the summary of each."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from concierge.domain.refusal import Refusal
from concierge.domain.shift import NOTE_FLAGS, is_past_end
from concierge.domain.typed_text import LONGEST_WORDS
from concierge.services.board import open_rows
from concierge.services.desk import Desk
from concierge.services.handover_changing import drop
from concierge.services.handover_signed import reviews
from concierge.services.people import find_staff
from concierge.services.sealing import unseal
from concierge.services.shift_turns import close, open_new
from concierge.services.shift_view import find_shift, open_shift, running_shift, shift_view
from concierge.services.summary import ShiftSummary
from concierge.services.summing import sum_up
from concierge.services.ticket_view import find_ticket
from concierge.services.typed_lines import cleaned_line, needed_line
from concierge.services.views import ShiftView
from concierge.store.audit import Stamp, append
from concierge.store.tables import Shift, ShiftNote, Staff


def start_shift(desk: Desk, *, actor: str, note: str | None = None) -> ShiftView:
    """Start a shift at this desk, with a first note if there is one.

    Raises:
        Refusal: ``shift.running`` while another is open here, ``shift.forgotten`` when it should have ended;
            ``words.empty`` for a blank note.
    """
    said = None if note is None else _note_line(note)
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        running = open_shift(session, desk.name)
        if running is not None:
            raise _still_running(session, desk, running, now)
        stamp = desk.stamp(now, staff)
        shift = open_new(session, desk, stamp, staff)
        if said is not None:
            _keep_note(session, stamp, shift, said)
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
        shift = running_shift(session, desk.name)
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

    Its summary is kept as it stands now, whatever is edited later; a handover that was under way is dropped.

    Args:
        desk: The desk.
        actor: Who ends it.
        note: A last line for its log.
        alone: Why nobody takes over; needed while matters are open, for nobody takes note of them then.

    Raises:
        Refusal: ``shift.not-running``; ``shift.alone`` with open matters and no reason; ``words.empty`` for a
            blank note.
    """
    said = None if note is None else _note_line(note)
    reason = cleaned_line(alone)
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        shift = running_shift(session, desk.name)
        left = len(open_rows(session, desk=desk.name)) if reason is None else 0
        if left:
            raise Refusal("shift.alone", count=left)
        stamp = desk.stamp(now, staff)
        if said is not None:
            _keep_note(session, stamp, shift, said)
        drop(session, stamp, shift)
        close(session, desk, stamp, shift, how="alone", reason=reason)
        return shift_view(session, shift)


def shift_summary(desk: Desk, *, shift: int | None = None) -> ShiftSummary:
    """The summary of a shift: as it was signed, or of a running one as it is now.

    That a director reviewed its handover is no part of what was signed; it is added as it stands.

    Raises:
        Refusal: ``shift.unknown`` or ``shift.none``.
    """
    with desk.store.read() as session:
        row = find_shift(session, desk.name, shift)
        if row.summary is None:
            return sum_up(session, desk, row, until=desk.clock.now())
        kept = unseal(session, row)
        return replace(kept, signatures=(*kept.signatures, *reviews(session, row)))


def current_shift(desk: Desk) -> ShiftView | None:
    """The shift that is open at this desk, if any."""
    with desk.store.read() as session:
        row = open_shift(session, desk.name)
        return shift_view(session, row) if row else None


def _still_running(session: Session, desk: Desk, running: Shift, now: int) -> Refusal:
    """Why no shift can start; one whose end was forgotten is named so."""
    name = session.get_one(Staff, running.staff_id).name
    if is_past_end(running.planned_until, now):
        at = running.planned_until
        return Refusal("shift.forgotten", shift=running.id, name=name, desk=desk.name, at=at)
    return Refusal("shift.running", shift=running.id, name=name, desk=desk.name)


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
