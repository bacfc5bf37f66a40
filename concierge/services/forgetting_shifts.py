"""Taking people who moved out from signed summaries and handovers; what was signed keeps its hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from sqlmodel import Session, col, or_, select

from concierge.domain.traces import Traces
from concierge.store.tables import Event, Handover, HandoverCount, SealedText, Shift

FORGOTTEN = "household.forgotten"
STAYS = ("/place", "/unit")  # where it was stays, unless it names somebody


def mask_sealed(
    session: Session,
    blanked: AbstractSet[str],
    traces: Traces,
    near: Mapping[str, Traces] = MappingProxyType({}),
    texts: Mapping[str, Traces] = MappingProxyType({}),
) -> list[int]:
    """Take them out of the texts beside signed summaries, whose digests prove nothing from then on.

    Args:
        session: A session from ``Store.write``.
        blanked: The numbers of the tickets whose words are forgotten altogether.
        traces: By what they are known.
        near: By what they are known in the words of some tickets, by number.
        texts: By what they are known in some texts, as these were.

    Returns:
        The ids of the texts in which they stood, for the log.
    """
    found: list[int] = []
    for row in session.exec(select(SealedText).where(SealedText.text != "")):
        gone = row.ticket in blanked and not row.place.endswith(STAYS)
        known = texts.get(row.text) or near.get(row.ticket or "", traces)
        text = "" if gone else known.masked(row.text)
        if text != row.text:
            row.text, row.salt = text, None
            session.add(row)
            assert row.id is not None
            found.append(row.id)
    return found


def texts_masked(session: Session) -> set[int]:
    """The texts beside signed summaries in which somebody was forgotten, by id, as the log has them."""
    found: set[int] = set()
    for data in session.exec(select(Event.data).where(Event.kind == FORGOTTEN)):
        try:
            found |= set(json.loads(data).get("sealed", ()))
        except (ValueError, TypeError, AttributeError):
            continue  # an altered event was named by the chain
    return found


def mask_handovers(session: Session, traces: Traces) -> None:
    """Take them out of why somebody was absent or alone, of what was said of a count, and of reviews."""
    said = or_(col(Handover.absent).is_not(None), col(Handover.review).is_not(None))
    for handover in session.exec(select(Handover).where(said)):
        handover.absent = _masked(handover.absent, traces)
        handover.review = _masked(handover.review, traces)
        session.add(handover)
    for count in session.exec(select(HandoverCount).where(col(HandoverCount.word).is_not(None))):
        count.word = _masked(count.word, traces)
        session.add(count)
    for shift in session.exec(select(Shift).where(col(Shift.end_reason).is_not(None))):
        shift.end_reason = _masked(shift.end_reason, traces)
        session.add(shift)


def _masked(text: str | None, traces: Traces) -> str | None:
    return traces.masked(text) if text else text
