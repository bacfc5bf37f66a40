"""Taking people who moved out from notes of the running log that are about their flat or their tickets."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, or_, select

from concierge.domain.household import parse_unit
from concierge.domain.traces import Traces
from concierge.services.forgetting_shifts import STAYS
from concierge.store.tables import SealedText, ShiftNote, Ticket


def mask_notes(
    session: Session,
    flat: str,
    tickets: tuple[Sequence[Ticket], Sequence[Ticket]],
    traces: Traces,
    *,
    everybody: bool,
) -> set[int]:
    """Take them out of notes about their flat and their tickets: of the words about these nothing stays.

    Args:
        session: A session from ``Store.write``.
        flat: Their unit.
        tickets: Theirs, and the others about the flat.
        traces: By what they are known near the flat.
        everybody: Whether the whole household is forgotten; else a note about the flat may be about others.

    Returns:
        The events whose halves hold the same words.
    """
    theirs, near = ({ticket.id for ticket in each} for each in tickets)
    about = or_(col(ShiftNote.ticket_id).in_(theirs | near), col(ShiftNote.unit).is_not(None))
    erased: set[int] = set()
    for note in session.exec(select(ShiftNote).where(about)):
        of_flat = is_about(note, flat)
        gone = note.ticket_id in theirs or (of_flat and everybody)
        if not (gone or of_flat or note.ticket_id in near):
            continue
        text = "" if gone else traces.masked(note.text)
        if text != note.text:
            note.text = text
            session.add(note)
            erased |= set() if note.event_id is None else {note.event_id}
    return erased


def is_about(note: ShiftNote, flat: str) -> bool:
    """Whether a note says that it is about a unit, however that is written."""
    return note.unit is not None and flat in {code.text for code in parse_unit(note.unit)}


def mask_sealed_notes(session: Session, flat: str, traces: Traces, *, everybody: bool) -> list[int]:
    """The same in signed summaries, for notes about the flat; gives the ids of the texts it changed."""
    found: list[int] = []
    asked = select(SealedText).where(
        SealedText.unit == flat, col(SealedText.ticket).is_(None), SealedText.text != ""
    )
    for row in session.exec(asked):
        gone = everybody and not row.place.endswith(STAYS)
        text = "" if gone else traces.masked(row.text)
        if text != row.text:
            row.text, row.salt = text, None
            session.add(row)
            assert row.id is not None
            found.append(row.id)
    return found
