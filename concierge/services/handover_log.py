"""What the log says that shifts and handovers must be."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy
from sqlmodel import Session, col

from concierge.store.tables import Event, EventPersonal

ERASED = "\x00"
"""Stands for a text that was typed and is forgotten; no typed text is that."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the log about a shift; ``personal`` is None once it was erased."""

    id: int
    at: int
    desk: str
    actor: int | None
    shift: int
    data: Mapping[str, Any]
    personal: Mapping[str, Any] | None
    ticket: int | None = None


@dataclass(slots=True)
class ShiftLog:
    """What the log says the rows must be: by shift, by event (notes), by handover, by what is in it.

    ``copies`` that were made or given up: by shift and way, with their state.
    """

    started: dict[int, Fact] = field(default_factory=dict)
    ended: dict[int, Fact] = field(default_factory=dict)
    notes: dict[int, Fact] = field(default_factory=dict)
    copies: dict[tuple[int, str], tuple[str, Fact]] = field(default_factory=dict)
    handovers: dict[int, dict[str, Any]] = field(default_factory=dict)
    matters: dict[tuple[int, str], tuple[int, tuple[Any, ...]]] = field(default_factory=dict)
    counts: dict[tuple[int, str], tuple[int, tuple[Any, ...], str | None]] = field(
        default_factory=dict
    )


def read_log(session: Session) -> ShiftLog:
    """Replay every fact about a shift, in its order."""
    log = ShiftLog()
    columns = (
        col(Event.id), col(Event.at), col(Event.desk), col(Event.actor_id), col(Event.shift_id),
        col(Event.kind), col(Event.data), col(EventPersonal.payload), col(Event.personal_digest),
        col(Event.ticket_id),
    )  # fmt: skip
    rows = session.execute(
        sqlalchemy.select(*columns)
        .select_from(Event)
        .join(EventPersonal, isouter=True)
        .where(col(Event.shift_id).is_not(None))
        .order_by(col(Event.id))
    )
    for number, at, desk, actor, shift, kind, text, payload, digest, ticket in rows:
        take = _TAKE.get(kind)
        if take is None:
            continue
        try:
            data = dict(json.loads(text))
            erased = digest is not None and payload is None
            personal = None if erased else json.loads(payload or "{}")
            take(log, Fact(number, at, desk, actor, shift, data, personal, ticket))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # An altered event was already named by the chain.
    return log


def _take_noted(log: ShiftLog, fact: Fact) -> None:
    log.notes[fact.id] = fact


def _take_started(log: ShiftLog, fact: Fact) -> None:
    log.started[fact.shift] = fact


def _take_ended(log: ShiftLog, fact: Fact) -> None:
    log.ended[fact.shift] = fact


def _take_begun(log: ShiftLog, fact: Fact) -> None:
    number = fact.data["handover"]
    said = log.handovers.setdefault(
        number, {"event": fact.id, "shift_id": fact.shift, "state": "open", "begun_at": fact.at}
    )
    said |= {"incoming_id": fact.data["incoming_id"], "next_until": fact.data["next_until"]}
    said |= {"gone": fact.data["absent"], "absent": _text(fact, "reason")}
    # One from before it said so took back whoever had gone.
    for part in fact.data.get("taken_back", ("outgoing",) if fact.data["absent"] else ()):
        said |= _unsigned(part)


def _text(fact: Fact, name: str) -> str | None:
    """What a person typed, None where nothing was; ``ERASED`` proves nothing."""
    return ERASED if fact.personal is None else fact.personal.get(name)


def _unsigned(part: str) -> dict[str, None]:
    names = (f"{part}_at", f"{part}_how", *(("outgoing_by",) if part == "outgoing" else ()))
    return dict.fromkeys(names)


def _take_dropped(log: ShiftLog, fact: Fact) -> None:
    log.handovers[fact.data["handover"]] |= {"event": fact.id, "state": "dropped"}


def _take_one(log: ShiftLog, fact: Fact) -> None:
    key = (fact.data["handover"], fact.data["number"])
    said = (False, " ".join(fact.data["why"]), fact.at, fact.actor)
    log.matters[key] = (fact.id, said)


def _take_group(log: ShiftLog, fact: Fact) -> None:
    why = fact.data.get("why", {})
    for number in fact.data["numbers"]:
        said = (True, " ".join(why.get(number, ())), fact.at, fact.actor)
        log.matters[fact.data["handover"], number] = (fact.id, said)


def _take_count(log: ShiftLog, fact: Fact) -> None:
    data = fact.data
    said = (data["expected"], data["counted"], fact.at, fact.actor)
    log.counts[data["handover"], data["item"]] = (fact.id, said, _text(fact, "word"))
    for part in data["taken_back"]:
        log.handovers[data["handover"]] |= _unsigned(part)


def _take_signed(log: ShiftLog, fact: Fact) -> None:
    said, part = log.handovers[fact.data["handover"]], fact.data["part"]
    said |= {
        "event": fact.id,
        "event_id": fact.id,
        "next_until": fact.data["until"],
        f"{part}_at": fact.at,
        f"{part}_how": fact.data["how"],
    }
    if part == "outgoing":
        said["outgoing_by"] = fact.actor
    for other in fact.data.get("taken_back", ()):
        said |= _unsigned(other)
    if said.get("incoming_at") is not None and (
        said.get("outgoing_at") is not None or said["gone"]
    ):
        said |= {"state": "signed", "signed_at": fact.at}


def _take_reviewed(log: ShiftLog, fact: Fact) -> None:
    log.handovers[fact.data["handover"]] |= {
        "event": fact.id,
        "reviewed_by": fact.actor,
        "reviewed_at": fact.at,
        "review_how": fact.data["how"],
        "review": _text(fact, "note"),
    }


def _take_copied(log: ShiftLog, fact: Fact) -> None:
    log.copies[fact.shift, fact.data["way"]] = "done", fact


def _take_given_up(log: ShiftLog, fact: Fact) -> None:
    log.copies[fact.shift, fact.data["way"]] = "dead", fact


_TAKE: dict[str, Callable[[ShiftLog, Fact], None]] = {
    "shift.started": _take_started,
    "shift.ended": _take_ended,
    "shift.noted": _take_noted,
    "handover.begun": _take_begun,
    "handover.dropped": _take_dropped,
    "handover.acknowledged": _take_one,
    "handover.group": _take_group,
    "handover.withheld": _take_group,
    "handover.counted": _take_count,
    "handover.signed": _take_signed,
    "handover.reviewed": _take_reviewed,
    "summary.copy-done": _take_copied,
    "summary.copy-dead": _take_given_up,
}
