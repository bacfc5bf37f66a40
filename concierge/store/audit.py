"""The hash-chained log: appending to it, and what a row's hash is made of."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from concierge.store.tables import ChainHead, Event, EventPersonal

GENESIS = "0" * 64
# What a row's hash is made of: its columns and the hash before it.
HASHED = (
    "previous", "id", "at", "desk", "actor_id", "actor", "kind", "ticket_id", "shift_id", "data",
    "personal_digest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stamp:
    """When, where and by whom something was recorded; ``actor`` is None for what happens by itself."""

    at: int
    desk: str
    actor_id: int | None = None
    actor: str | None = None


def canonical(value: object) -> str:
    """JSON in one possible way, so that equal values have equal hashes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def personal_digest(salt: str, payload: str) -> str:
    """What of a personal payload enters the chain: it tells nothing once the salt is gone."""
    return hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest()


def event_hash(event: Event) -> str:
    """The hash of an event's row over all its columns and the hash before it."""
    return hash_of([getattr(event, name) for name in HASHED])


def hash_of(values: Sequence[object]) -> str:
    """The hash over the values of the columns ``HASHED``, in that order."""
    return hashlib.sha256(canonical(list(values)).encode()).hexdigest()


def append(
    session: Session,
    stamp: Stamp,
    kind: str,
    data: Mapping[str, object],
    *,
    ticket_id: int | None = None,
    shift_id: int | None = None,
    personal: Mapping[str, object] | None = None,
) -> int:
    """Append a fact inside the caller's write transaction.

    Args:
        session: A session from ``Store.write``: its lock keeps the chain in one line.
        stamp: When, where and by whom.
        kind: The code of the fact, such as "ticket.added".
        data: Values that stay for ever; nothing personal.
        ticket_id: The ticket it is about.
        shift_id: The shift it is about.
        personal: Values about a person, erasable.

    Returns:
        The event's id, one more than the last.
    """
    head = session.get_one(ChainHead, 1)
    salt, payload = secrets.token_hex(16), canonical(personal) if personal else ""
    event = Event(
        id=head.events + 1,
        at=stamp.at,
        desk=stamp.desk,
        actor_id=stamp.actor_id,
        actor=stamp.actor,
        kind=kind,
        ticket_id=ticket_id,
        shift_id=shift_id,
        data=canonical(data),
        personal_digest=personal_digest(salt, payload) if personal else None,
        previous=head.hash,
        hash="",
    )
    event.hash = event_hash(event)
    session.add(event)
    if personal:
        session.flush()
        session.add(EventPersonal(event_id=event.id, salt=salt, payload=payload))
    head.events, head.hash = event.id, event.hash
    session.add(head)
    session.flush()
    return event.id
