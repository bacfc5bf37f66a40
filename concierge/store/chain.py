"""Replaying the log: whatever was altered, taken out, put in or cut off shows here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, Table, select
from sqlmodel import Session, SQLModel

from concierge.store.audit import GENESIS, HASHED, hash_of, personal_digest
from concierge.store.problem import StoreProblem
from concierge.store.tables import ChainHead, Event, EventPersonal

_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """Where the log is not what was written.

    ``kind`` is gap (ids missing), altered (a row's columns), link (not joined to the row before),
    personal (the erasable half) or head (the end of the log); ``detail`` holds codes and values.
    """

    event: int | None
    kind: str
    detail: str


def head(session: Session) -> tuple[int, str]:
    """How many events there are, and the last one's hash.

    Raises:
        StoreProblem: damaged, when the head is gone.
    """
    row = session.get(ChainHead, 1)
    if row is None:
        raise StoreProblem("damaged", path="", table="chain_head")
    return row.events, row.hash


def check_chain(session: Session) -> Iterator[ChainProblem]:
    """Recompute every hash in order, a thousand rows at a time; nothing found means whole.

    A personal half that is missing was erased, which the chain allows.
    """
    last_id, last_hash = 0, GENESIS
    for row in session.execute(_events(), execution_options={"yield_per": _AT_A_TIME}):
        values = tuple(row)[: len(HASHED)]
        if row.id != last_id + 1:
            yield ChainProblem(row.id, "gap", f"expected={last_id + 1} found={row.id}")
        elif row.previous != last_hash:
            yield ChainProblem(row.id, "link", f"previous={row.previous} expected={last_hash}")
        if (computed := hash_of(values)) != row.hash:
            yield ChainProblem(row.id, "altered", f"hash={row.hash} computed={computed}")
        yield from _personal(row)
        last_id, last_hash = row.id, row.hash
    yield from _head(session, last_id, last_hash)


def _table_of(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def _events() -> Select[Any]:
    """The columns of ``HASHED`` first, in that order, so that they are hashed as they come."""
    event, personal = _table_of(Event), _table_of(EventPersonal)
    joined = event.outerjoin(personal, personal.c.event_id == event.c.id)
    beside = (event.c.hash, personal.c.salt, personal.c.payload)
    columns = [*(event.c[name] for name in HASHED), *beside]
    return select(*columns).select_from(joined).order_by(event.c.id)


def _personal(row: Row[Any]) -> Iterator[ChainProblem]:
    if row.payload is None:
        return
    digest = personal_digest(row.salt, row.payload)
    if digest != row.personal_digest:
        yield ChainProblem(row.id, "personal", f"digest={row.personal_digest} computed={digest}")


def _head(session: Session, last_id: int, last_hash: str) -> Iterator[ChainProblem]:
    chain_head = _table_of(ChainHead)
    row = session.execute(select(chain_head.c.events, chain_head.c.hash)).one_or_none()
    if row is None:
        yield ChainProblem(None, "head", "missing")
    elif row.events != last_id:
        yield ChainProblem(None, "head", f"events={row.events} found={last_id}")
    elif row.hash != last_hash:
        yield ChainProblem(None, "head", f"hash={row.hash} found={last_hash}")
