"""The hash-chained log: appending to it, and what a row's hash is made of."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, SQLModel

from concierge.store.bulk import insert_rows
from concierge.store.tables import ChainHead, Event, EventPersonal

GENESIS = "0" * 64
# What a row's hash is made of: its columns and the hash before it.
HASHED = (
    "previous", "id", "at", "desk", "actor_id", "actor", "kind", "ticket_id", "shift_id", "data",
    "personal_digest",
)  # fmt: skip

# Every act writes here, so the statements are built once and pass by the records: four times as fast.
_TABLES = SQLModel.metadata.tables
_EVENT, _PERSONAL = _TABLES[str(Event.__tablename__)], _TABLES[str(EventPersonal.__tablename__)]
_CHAIN_HEAD = _TABLES[str(ChainHead.__tablename__)]
_HEAD = select(_CHAIN_HEAD.c.events, _CHAIN_HEAD.c.hash)
_ADD = insert(_EVENT)
_ADD_PERSONAL = insert(_PERSONAL)
_SET_HEAD = update(_CHAIN_HEAD)
_FEW = 20  # rows up to which a statement costs more than its rows
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Stamp:
    """When, where and by whom something was recorded; ``actor`` is None for what happens by itself."""

    at: int
    desk: str
    actor_id: int | None = None
    actor: str | None = None


def canonical(value: object) -> str:
    """JSON in one possible way, so that equal values have equal hashes."""
    return _CANONICAL.encode(value)


def personal_digest(salt: str, payload: str) -> str:
    """What of a personal payload enters the chain: it tells nothing once the salt is gone."""
    return hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest()


def hash_of(values: Sequence[object]) -> str:
    """The hash over the values of the columns ``HASHED``, in that order."""
    return hashlib.sha256(canonical(list(values)).encode()).hexdigest()


class Log:
    """Facts appended in one go inside the caller's write transaction: the head is read and written once.

    Args:
        session: A session from ``Store.write``: its lock keeps the chain in one line.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        head = session.execute(_HEAD).one()
        self._events, self._hash = int(head.events), str(head.hash)
        self._rows: list[dict[str, Any]] = []
        self._personal: list[dict[str, Any]] = []

    def append(
        self,
        stamp: Stamp,
        kind: str,
        data: Mapping[str, object],
        *,
        ticket_id: int | None = None,
        shift_id: int | None = None,
        personal: Mapping[str, object] | None = None,
        household_id: int | None = None,
        member_id: int | None = None,
    ) -> int:
        """Put a fact at the end; it is in the store once ``write`` was called. As ``append`` below."""
        salt, payload = secrets.token_hex(16), canonical(personal) if personal else ""
        row: dict[str, Any] = {
            "id": self._events + 1,
            "at": stamp.at,
            "desk": stamp.desk,
            "actor_id": stamp.actor_id,
            "actor": stamp.actor,
            "kind": kind,
            "ticket_id": ticket_id,
            "shift_id": shift_id,
            "data": canonical(data),
            "personal_digest": personal_digest(salt, payload) if personal else None,
            "previous": self._hash,
        }
        row["hash"] = self._hash = hash_of([row[name] for name in HASHED])
        self._events += 1
        self._rows.append(row)
        if personal:
            self._personal.append({
                "event_id": row["id"], "salt": salt, "payload": payload,
                "household_id": household_id, "member_id": member_id,
            })  # fmt: skip
        return self._events

    def write(self) -> None:
        """Bring into the store what was appended; nothing else may have appended meanwhile."""
        if not self._rows:
            return
        if len(self._rows) > _FEW:
            insert_rows(self._session, _EVENT, self._rows)
            insert_rows(self._session, _PERSONAL, self._personal)
        else:
            self._session.execute(_ADD, self._rows)
            if self._personal:
                self._session.execute(_ADD_PERSONAL, self._personal)
        self._session.execute(_SET_HEAD, {"events": self._events, "hash": self._hash})
        self._rows, self._personal = [], []


def append(
    session: Session,
    stamp: Stamp,
    kind: str,
    data: Mapping[str, object],
    *,
    ticket_id: int | None = None,
    shift_id: int | None = None,
    personal: Mapping[str, object] | None = None,
    household_id: int | None = None,
    member_id: int | None = None,
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
        household_id: Whose household the personal values are about, by which forgetting finds them.
        member_id: The one person of it that they are about.

    Returns:
        The event's id, one more than the last.
    """
    log = Log(session)
    event_id = log.append(
        stamp,
        kind,
        data,
        ticket_id=ticket_id,
        shift_id=shift_id,
        personal=personal,
        household_id=household_id,
        member_id=member_id,
    )
    log.write()
    return event_id
