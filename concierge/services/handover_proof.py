"""Proving shifts and handovers: every row against the log, every sealed summary against its hash."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from sqlmodel import Session, col, select

from concierge.services.copies_proof import check_copies
from concierge.services.forgetting_shifts import texts_masked
from concierge.services.handover_log import ERASED, Fact, ShiftLog, read_log
from concierge.services.notes_proof import check_notes
from concierge.services.problem import Problem
from concierge.services.sealing import digest_of, hash_of_summary, is_sealed, slots
from concierge.store.tables import (
    Handover,
    HandoverCount,
    HandoverMatter,
    SealedText,
    Shift,
    Ticket,
)

_PLANNED = ("planned_from", "planned_until", "first_event", "takes_over")
_KEPT = (
    "shift_id", "state", "incoming_id", "begun_at", "next_until", "outgoing_by", "outgoing_at",
    "outgoing_how", "incoming_at", "incoming_how", "signed_at", "event_id", "reviewed_by",
    "reviewed_at", "review_how",
)  # fmt: skip
_TYPED = ("absent", "review")


def check_handovers(session: Session) -> Iterator[Problem]:
    """Compare shifts and handovers with the log, and summaries with the hashes that it holds."""
    log = read_log(session)
    yield from _shifts(session, log)
    yield from check_notes(session, log)
    yield from check_copies(session, log)
    yield from _handovers(session, log)
    yield from _matters(session, log)
    yield from _counts(session, log)


def _shifts(session: Session, log: ShiftLog) -> Iterator[Problem]:
    started, ended = dict(log.started), dict(log.ended)
    forgotten = texts_masked(session)
    for row in session.exec(select(Shift).order_by(col(Shift.id))):
        assert row.id is not None
        fact, end = started.pop(row.id, None), ended.pop(row.id, None)
        name = f"shift {row.id}"
        if fact is None:
            yield Problem(None, "shift", f"{name}: not in the log")
            continue
        said = {"desk": fact.desk, "staff_id": fact.actor, "started_at": fact.at}
        said |= {each: fact.data[each] for each in _PLANNED if each in fact.data}
        yield from _differ(row, said, fact.id, "shift", name)
        yield from _end(row, end, name)
        if row.summary_hash is not None or (end is not None and "summary" in end.data):
            yield from _summary(session, row, end, name, forgotten=forgotten)
    for number, fact in sorted(started.items()):
        yield Problem(fact.id, "shift", f"shift {number}: the row is gone")


def _end(row: Shift, end: Fact | None, name: str) -> Iterator[Problem]:
    if end is None:
        if row.ended_at is not None:
            yield Problem(None, "shift", f"{name}: its end is not in the log")
        return
    said = {"ended_at": end.at, "ended_by": end.actor, "last_event": end.id}
    if "how" in end.data:
        said |= {"ended_how": end.data["how"], "summary_hash": end.data["summary"]}
    if end.personal is not None:
        said["end_reason"] = end.personal.get("reason")
    yield from _differ(row, said, end.id, "shift", name)


def _summary(
    session: Session, row: Shift, end: Fact | None, name: str, *, forgotten: AbstractSet[int]
) -> Iterator[Problem]:
    """The summary as kept has the hash that the log holds, and each text beside it its digest.

    Only where the log says that somebody was forgotten in a text has it none any more.
    """
    event = end.id if end is not None else None
    counted = hash_of_summary(row.summary or "")
    if end is None or counted != end.data.get("summary"):
        yield Problem(event, "summary", f"{name}: the summary is not what was signed")
        return
    texts = {
        text.place: text
        for text in session.exec(select(SealedText).where(SealedText.shift_id == row.id))
    }
    for slot in slots(json.loads(row.summary or "{}")):
        digest = slot.value
        if digest is None or not is_sealed(digest):
            continue
        text = texts.pop(slot.place, None)
        if text is None:
            yield Problem(event, "summary", f"{name}: the text of {slot.place} is gone")
        elif text.salt is None and text.id in forgotten:
            continue
        elif text.salt is None or digest_of(text.salt, text.text) != digest:
            yield Problem(event, "summary", f"{name}: the text of {slot.place} was altered")
    for place in sorted(texts):
        yield Problem(event, "summary", f"{name}: a text of {place} was never signed")


def _handovers(session: Session, log: ShiftLog) -> Iterator[Problem]:
    left = dict(log.handovers)
    for row in session.exec(select(Handover).order_by(col(Handover.id))):
        assert row.id is not None
        said, name = left.pop(row.id, None), f"handover {row.id}"
        if said is None:
            yield Problem(None, "handover", f"{name}: not in the log")
            continue
        wanted = {each: said.get(each) for each in _KEPT}
        wanted |= {each: said.get(each) for each in _TYPED if said.get(each) != ERASED}
        yield from _differ(row, wanted, said["event"], "handover", name)
    for number, said in sorted(left.items()):
        yield Problem(said["event"], "handover", f"handover {number}: the row is gone")


def _matters(session: Session, log: ShiftLog) -> Iterator[Problem]:
    left = dict(log.matters)
    rows = session.exec(
        select(HandoverMatter, Ticket.number)
        .join(Ticket, col(Ticket.id) == HandoverMatter.ticket_id)
        .order_by(col(HandoverMatter.id))
    )
    for row, number in rows:
        name = f"handover {row.handover_id} {number}"
        event, said = left.pop((row.handover_id, number), (None, ()))
        if event is None:
            yield Problem(None, "handover", f"{name}: the acknowledgement is not in the log")
        elif (row.grouped, row.why, row.at, row.staff_id) != said:
            yield Problem(event, "handover", f"{name}: the acknowledgement differs from the log")
    for (handover, number), (event, _) in sorted(left.items()):
        detail = f"handover {handover} {number}: the acknowledgement is gone"
        yield Problem(event, "handover", detail)


def _counts(session: Session, log: ShiftLog) -> Iterator[Problem]:
    left = dict(log.counts)
    for row in session.exec(select(HandoverCount).order_by(col(HandoverCount.id))):
        name = f"handover {row.handover_id} {row.item}"
        event, said, word = left.pop((row.handover_id, row.item), (None, (), None))
        if event is None:
            yield Problem(None, "handover", f"{name}: the count is not in the log")
        elif (row.expected, row.counted, row.at, row.staff_id) != said:
            yield Problem(event, "handover", f"{name}: the count differs from the log")
        elif word not in (ERASED, row.word):
            yield Problem(event, "handover", f"{name}: its word differs from the log")
    for (handover, item), (event, _, _) in sorted(left.items()):
        yield Problem(event, "handover", f"handover {handover} {item}: the count is gone")


def _differ(
    row: Shift | Handover, said: Mapping[str, object], event: int, kind: str, name: str
) -> Iterator[Problem]:
    for column, value in said.items():
        if (found := getattr(row, column)) != value:
            detail = f"{name}: {column} is {found}, the log says {value}"
            yield Problem(event, kind, detail)
