"""Proving the store: the chain, every due time counted again, rows compared with the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session, col, select

from concierge.domain.deadline import promise
from concierge.domain.refusal import Refusal
from concierge.services.calls_proof import check_calls
from concierge.services.climb import climb_of, names_told
from concierge.services.clocks import KEPT, running, spec_of
from concierge.services.desk import Desk
from concierge.services.handover_proof import check_handovers
from concierge.services.problem import Problem
from concierge.services.relief_proof import check_reliefs
from concierge.services.rules_proof import check_rules
from concierge.services.ticket_log import PERSONAL, ticket_snapshot
from concierge.store.chain import check_chain, head
from concierge.store.tables import Clock, Escalation, Event, EventPersonal, Ticket

# What reckoning with a row that somebody altered may run into; it is a finding, never a crash.
_UNREADABLE = (
    Refusal, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, NoResultFound,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What verify found: how many events, the last hash, and every problem."""

    ok: bool
    events: int
    head: str
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Replay:
    """What the log says the rows must be."""

    tickets: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    clocks: dict[tuple[int, str], tuple[int, dict[str, Any]]] = field(default_factory=dict)
    personal: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    escalated: dict[int, dict[str, Any]] = field(default_factory=dict)
    acknowledged: set[tuple[int, str, int, int]] = field(default_factory=set)
    doubted: set[int] = field(default_factory=set)


def verify(desk: Desk) -> VerifyReport:
    """Check the whole store against its log, in one consistent state.

    The chain is recomputed from its first event; the log is replayed and compared with ticket, clock and
    escalation rows; every due time is counted again from its limit under the calendar it was counted with.
    """
    with desk.store.read() as session:
        events, last = head(session)
        problems = [
            Problem(problem.event, problem.kind, problem.detail) for problem in check_chain(session)
        ]
        problems += list(check_rules(session))
        replay = _replay(session)
        problems += _tickets(session, replay)
        problems += _escalations(session, replay)
        problems += check_calls(session)
        problems += check_handovers(session)
        problems += check_reliefs(session, desk)
        problems += _clocks(session, desk, replay)
        problems += _lives(session)
    return VerifyReport(not problems, events, last, tuple(problems))


def _replay(session: Session) -> _Replay:
    replay = _Replay()
    event = (col(Event.id), col(Event.at), col(Event.kind), col(Event.ticket_id), col(Event.data))
    rows = session.execute(
        sqlalchemy.select(*event, col(EventPersonal.payload))
        .select_from(Event)
        .join(EventPersonal, isouter=True)
        .where(col(Event.ticket_id).is_not(None))
        .order_by(col(Event.id))
        .execution_options(yield_per=1000)
    )
    for event_id, at, kind, ticket_id, text, personal in rows:
        try:
            data = json.loads(text)
            _apply(replay, event_id, kind, ticket_id, data=data, personal=personal)
            if kind == "ticket.escalated":
                replay.escalated[event_id] = {**data, "at": at}
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # An altered event was already named by the chain.
    return replay


def _apply(
    replay: _Replay,
    event_id: int,
    kind: str,
    ticket_id: int,
    *,
    data: Any,
    personal: str | None,
) -> None:
    if "ticket" in data:
        replay.tickets[ticket_id] = (event_id, dict(data["ticket"]))
    for name, clock in data.get("clocks", {}).items():
        replay.clocks[ticket_id, name] = (event_id, dict(clock))
    if kind == "ticket.added" and personal is not None:
        replay.personal[ticket_id] = (event_id, dict(json.loads(personal)))
    if kind == "ticket.acknowledged":
        for name, generation, rung in data["rungs"]:
            replay.acknowledged.add((ticket_id, name, generation, rung))


def _tickets(session: Session, replay: _Replay) -> Iterator[Problem]:
    left = set(replay.tickets)
    for ticket in session.exec(select(Ticket).execution_options(yield_per=500)):
        assert ticket.id is not None
        left.discard(ticket.id)
        event_id, said = replay.tickets.get(ticket.id, (None, {}))
        if event_id is None:
            yield Problem(None, "ticket", f"{ticket.number}: not in the log")
            continue
        for name, value in ticket_snapshot(ticket).items():
            if said.get(name) != value:
                yield Problem(event_id, "ticket", _differs(ticket.number, name, value, said))
        known = replay.personal.get(ticket.id)
        for name in PERSONAL if known else ():
            if known and known[1].get(name) != getattr(ticket, name):
                detail = f"{ticket.number}: {name} differs from the log"
                yield Problem(known[0], "ticket", detail)
    for ticket_id in sorted(left):
        event_id, said = replay.tickets[ticket_id]
        yield Problem(event_id, "ticket", f"{said.get('number')}: the row is gone")


def _differs(number: str, name: str, value: object, said: dict[str, Any]) -> str:
    return f"{number}: {name} is {value}, the log says {said.get(name)}"


def _clocks(session: Session, desk: Desk, replay: _Replay) -> Iterator[Problem]:
    left = set(replay.clocks)
    rows = session.exec(
        select(Clock, Ticket.number)
        .join(Ticket, col(Ticket.id) == Clock.ticket_id)
        .order_by(col(Clock.id))
    )
    for clock, number in rows:
        key = (clock.ticket_id, clock.kind)
        left.discard(key)
        name = f"{number} {clock.kind}"
        event_id, said = replay.clocks.get(key, (None, {}))
        if event_id is None:
            yield Problem(None, "clock", f"{name}: not in the log")
            continue
        for column in KEPT:
            value = getattr(clock, column)
            if said.get(column) != value:
                yield Problem(event_id, "clock", _differs(name, column, value, said))
        try:
            yield from _due(session, desk, clock, name, event_id)
            if clock.id not in replay.doubted:
                yield from _next(session, desk, clock, name, event_id)
        except _UNREADABLE as error:
            yield Problem(event_id, "due", f"{name}: {error!r}")
    for key in sorted(left):
        event_id, said = replay.clocks[key]
        yield Problem(event_id, "clock", f"ticket {key[0]} {key[1]}: the row is gone")


def _lives(session: Session) -> Iterator[Problem]:
    """An open ticket always has a running clock, and no other has one."""
    runs = (
        select(Clock.id)
        .where(
            Clock.ticket_id == Ticket.id,
            col(Clock.met_at).is_(None),
            col(Clock.stopped_at).is_(None),
        )
        .exists()
    )
    for number, state in session.exec(
        select(Ticket.number, Ticket.state).where((Ticket.state == "open") != runs)
    ):
        yield Problem(None, "ticket", f"{number}: {state}, but its clocks say otherwise")


def _due(
    session: Session, desk: Desk, clock: Clock, name: str, event_id: int | None
) -> Iterator[Problem]:
    """Count the due time again."""
    given = promise(
        spec_of(clock),
        clock.counted_from,
        desk.rules.calendar_of(session, clock.calendar_version),
        agreed_at=clock.agreed_at,
        agreed_from=clock.agreed_from,
        beyond_cap=True,
    )
    for column in ("due_at", "cap_at", "warn_at"):
        if getattr(given, column) != getattr(clock, column):
            detail = (
                f"{name}: {column} is {getattr(clock, column)}, counted {getattr(given, column)}"
            )
            yield Problem(event_id, "due", detail)


def _next(
    session: Session, desk: Desk, clock: Clock, name: str, event_id: int | None
) -> Iterator[Problem]:
    """Find the next rung again, of a clock whose rungs on record can be trusted."""
    wanted: tuple[int | None, int | None] = (None, None)
    if running([clock]):
        climb = climb_of(session, desk, clock)
        rung = climb.upcoming()
        wanted = (rung.rung, climb.look_at(rung))
    if (clock.next_rung, clock.next_at) != wanted:
        detail = f"{name}: next rung is {clock.next_rung} at {clock.next_at}, counted {wanted}"
        yield Problem(event_id, "next", detail)


def _escalations(session: Session, replay: _Replay) -> Iterator[Problem]:
    left = dict(replay.escalated)
    rows = session.exec(
        select(Escalation, Clock.kind)
        .join(Clock, col(Clock.id) == Escalation.subject_id)
        .where(Escalation.subject == "clock")
        .order_by(col(Escalation.id))
    )
    for row, kind in rows:
        said = left.pop(row.event_id, None)
        if said is None:
            replay.doubted.add(row.subject_id)
            yield Problem(None, "escalation", f"{kind} rung {row.rung}: not in the log")
            continue
        rung = (row.ticket_id, kind, row.generation, row.rung)
        if (row.acknowledged_at is not None) != (rung in replay.acknowledged):
            detail = f"{kind} rung {row.rung}: acknowledged differs from the log"
            yield Problem(row.event_id, "escalation", detail)
        is_ = (kind, row.generation, row.rung, row.role, names_told(row), row.due_at, row.fired_at,
               row.by_hand, row.held_until)  # fmt: skip
        names = (
            "clock",
            "generation",
            "rung",
            "to",
            "people",
            "due_at",
            "at",
            "by_hand",
            "held_until",
        )
        if is_ != tuple(said.get(name) for name in names):
            replay.doubted.add(row.subject_id)
            detail = f"{kind} rung {row.rung}: the row differs from the log"
            yield Problem(row.event_id, "escalation", detail)
    for event_id, said in sorted(left.items()):
        detail = f"{said.get('clock')} rung {said.get('rung')}: the row is gone"
        yield Problem(event_id, "escalation", detail)
