"""Reading a stretch of the log fast: of each fact only what figures are made of is decoded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy
from sqlmodel import Session, SQLModel

from concierge.store.batches import batches
from concierge.store.tables import Event

_EVENT = SQLModel.metadata.tables[str(Event.__tablename__)]
_WINDOW = 5_000


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


class ClocksThen(msgspec.Struct, frozen=True, gc=False):
    """The clocks of a ticket by kind, as far as it has them: of ``concierge.domain.policy.CLOCKS`` each."""

    answer: ClockThen | None = None
    attend: ClockThen | None = None
    resolve: ClockThen | None = None

    def is_late(self, kind: str) -> bool:
        """Whether a clock was met too late."""
        clock: ClockThen | None = getattr(self, kind)
        return clock is not None and clock.late


class State(msgspec.Struct, frozen=True, gc=False):
    """A ticket's state after a fact."""

    state: str


class Graded(msgspec.Struct, frozen=True, gc=False):
    """A ticket's grade before a change."""

    grade: str


class Added(msgspec.Struct, frozen=True, gc=False):
    """A ticket was taken in."""

    ticket: TicketThen
    clocks: ClocksThen = ClocksThen()
    on_the_spot: bool = False


class Changed(msgspec.Struct, frozen=True, gc=False):
    """Its category or grade changed."""

    ticket: TicketThen
    before: Graded


class Met(msgspec.Struct, frozen=True, gc=False):
    """Something was done on it, which met those of its clocks that ``met`` names."""

    ticket: State
    clocks: ClocksThen = ClocksThen()
    met: tuple[str, ...] = ()


class Broke(msgspec.Struct, frozen=True, gc=False):
    """A promise was broken."""

    clock: str
    due_at: int


class Fired(msgspec.Struct, frozen=True, gc=False):
    """A rung fired."""

    clock: str
    generation: int
    rung: int
    to: str = ""
    people: tuple[str, ...] = ()


class Signed(msgspec.Struct, frozen=True, gc=False):
    """Rungs were acknowledged: each by clock, generation and number."""

    rungs: tuple[tuple[str, int, int], ...]


class Bare(msgspec.Struct, frozen=True, gc=False):
    """Of all else it is enough that it happened."""


Fact = Added | Changed | Met | Broke | Fired | Signed | Bare
_SHAPES: dict[str, type[Fact]] = {
    "ticket.added": Added,
    "ticket.changed": Changed,
    "ticket.attended": Met,
    "ticket.answered": Met,
    "ticket.resolved": Met,
    "ticket.confirmed": Met,
    "ticket.cancelled": Bare,
    "ticket.raised": Bare,
    "ticket.escalated": Fired,
    "ticket.acknowledged": Signed,
    "clock.breached": Broke,
}
COUNTED = tuple(_SHAPES)
"""The kinds of facts that figures are made of."""
UNSIGNED = tuple(kind for kind in COUNTED if kind != "ticket.acknowledged")
TOLD = "ticket.phoned"
DECODERS: dict[str, Callable[[str], Fact]] = {
    kind: msgspec.json.Decoder(shape).decode for kind, shape in (*_SHAPES.items(), (TOLD, Bare))
}
"""By kind what makes a fact of its JSON; each reads only what is counted, for reading is most of the work."""


class _Standing(msgspec.Struct, frozen=True, gc=False):
    ticket: TicketThen


class _StateThen(msgspec.Struct, frozen=True, gc=False):
    ticket: State | None = None


_decode_ticket = msgspec.json.Decoder(_Standing).decode
_decode_state = msgspec.json.Decoder(_StateThen).decode


def state_after(data: str) -> str | None:
    """The state of a ticket after a fact; None where the fact does not say."""
    ticket = _decode_state(data).ticket
    return None if ticket is None else ticket.state


def stretch(
    session: Session, low: int, high: int, kinds: Sequence[str] = COUNTED
) -> Iterator[tuple[Any, ...]]:
    """The facts of some kinds with ``low < id <= high``, in order.

    Figures and text alone need no types from SQLAlchemy: the driver's own tuples save a tenth of a month.

    Returns:
        Tuples of id, at, actor_id, kind, ticket_id and data (JSON, see ``DECODERS``), read some thousand at a
        time as they are asked for.
    """
    row = _EVENT.c
    between = row.id.between(sqlalchemy.bindparam("first"), sqlalchemy.bindparam("last"))
    asked = (
        sqlalchemy.select(row.id, row.at, row.actor_id, row.kind, row.ticket_id, row.data)
        .where(between, row.kind.in_(kinds))
        .order_by(row.id)
    )
    connection = session.connection()
    for start in range(low, high, _WINDOW):
        bounds = {"first": start + 1, "last": min(start + _WINDOW, high)}
        with connection.execute(asked, bounds) as result:
            assert result.cursor is not None
            yield from result.cursor.fetchall()


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
            found[ticket_id] = _decode_ticket(data).ticket
    return found
