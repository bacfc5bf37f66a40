"""Reading a stretch of the log fast: of each fact only what figures are made of is decoded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
import sqlalchemy
from sqlmodel import Session, SQLModel

from concierge.store.tables import Event

_EVENT = SQLModel.metadata.tables[str(Event.__tablename__)]
_AT_ONCE = 500
COUNTED = (
    "ticket.added", "ticket.attended", "ticket.answered", "ticket.resolved", "ticket.confirmed",
    "ticket.cancelled", "ticket.changed", "ticket.raised", "ticket.escalated",
    "ticket.acknowledged", "clock.breached",
)  # fmt: skip
"""The kinds of facts that figures are made of."""
TOLD = "ticket.phoned"


class TicketThen(msgspec.Struct, frozen=True, gc=False):
    """A ticket as it was after a fact."""

    desk: str
    kind: str
    category: str
    grade: str
    state: str
    first_owner_id: int
    unit: str | None = None
    logged_late: bool = False


class ClockThen(msgspec.Struct, frozen=True, gc=False):
    """A clock as it was after a fact."""

    due_at: int
    met_at: int | None = None
    met_by: int | None = None
    awaits_confirmation: bool = False

    @property
    def kept(self) -> bool:
        """Whether it was met in time, and nobody has to confirm that first."""
        return (
            self.met_at is not None and self.met_at <= self.due_at and not self.awaits_confirmation
        )

    @property
    def late(self) -> bool:
        """Whether it was met too late."""
        return self.met_at is not None and self.met_at > self.due_at


class Graded(msgspec.Struct, frozen=True, gc=False):
    """A ticket's grade before or after a change."""

    grade: str


class Fact(msgspec.Struct, frozen=True, gc=False):
    """What figures need of a fact; what a kind does not say is empty."""

    ticket: TicketThen | None = None
    clocks: dict[str, ClockThen] = {}
    met: tuple[str, ...] = ()
    on_the_spot: bool = False
    before: Graded | None = None
    clock: str = ""
    generation: int = 0
    rung: int = 0
    to: str = ""
    people: tuple[str, ...] = ()
    due_at: int = 0
    rungs: tuple[tuple[str, int, int], ...] = ()


class Standing(msgspec.Struct, frozen=True, gc=False):
    """Of any fact only the ticket."""

    ticket: TicketThen | None = None


decode = msgspec.json.Decoder(Fact).decode
decode_ticket = msgspec.json.Decoder(Standing).decode


def stretch(session: Session, low: int, high: int, kinds: Sequence[str] = COUNTED) -> Iterable[Any]:
    """The facts of some kinds with ``low < id <= high``, in order.

    Returns:
        Rows of id, at, actor_id, kind, ticket_id and data (JSON, see ``decode``), read as they are asked for.
    """
    row = _EVENT.c
    asked = (
        sqlalchemy.select(row.id, row.at, row.actor_id, row.kind, row.ticket_id, row.data)
        .where(row.id > low, row.id <= high, row.kind.in_(kinds))
        .order_by(row.id)
        .execution_options(yield_per=1000)
    )
    return session.execute(asked)


def known_by(session: Session, tickets: Iterable[int], until: int) -> dict[int, TicketThen]:
    """Tickets as the log had them up to an event, by id.

    Only taking in and changing a ticket touch what is counted of it.
    """
    row = _EVENT.c
    found: dict[int, TicketThen] = {}
    for ids in batches(tickets):
        asked = (
            sqlalchemy.select(row.ticket_id, row.data)
            .where(
                row.ticket_id.in_(ids),
                row.id <= until,
                row.kind.in_(("ticket.added", "ticket.changed")),
            )
            .order_by(row.id)
        )
        for ticket_id, data in session.execute(asked):
            if (ticket := decode_ticket(data).ticket) is not None:
                found[ticket_id] = ticket
    return found


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """Ids in lists short enough for one question."""
    rest = iter(sorted(set(ids)))
    while some := list(islice(rest, _AT_ONCE)):
        yield some
