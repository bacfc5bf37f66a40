"""Putting rules into force: each policy and calendar is kept as a version, and open clocks are recounted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from concierge.clock import Clock as WallClock
from concierge.domain.deadline import promise
from concierge.domain.policy import parse_policy
from concierge.services.clocks import move, record_breaches, snapshot, spec_of
from concierge.services.desk import Desk
from concierge.services.ladder import schedule
from concierge.services.rulebook import (
    Rulebook,
    calendar_content,
    calendar_from,
    content_hash,
    latest,
)
from concierge.store.audit import Stamp, append
from concierge.store.engine import Store
from concierge.store.tables import CalendarVersion, Clock, PolicyVersion, Ticket


@dataclass(frozen=True, slots=True)
class Moved:
    """A running clock whose due time a recount changed; instants in seconds since the epoch, UTC."""

    ticket: str
    clock: str
    was: int
    now: int


def add_versions(
    session: Session,
    stamp: Stamp,
    policy: Mapping[str, object],
    calendars: Sequence[Mapping[str, object]],
) -> Rulebook:
    """Keep the rules as versions unless the latest ones are the same; inside the caller's transaction."""
    content = calendar_content(policy, calendars)
    _keep(session, stamp, PolicyVersion, "policy.adopted", policy)
    _keep(session, stamp, CalendarVersion, "calendar.adopted", content)
    return latest(session)


def _keep(
    session: Session,
    stamp: Stamp,
    table: type[PolicyVersion | CalendarVersion],
    kind: str,
    content: Mapping[str, object],
) -> None:
    fingerprint = content_hash(content)
    last = session.exec(select(table.hash).order_by(col(table.id).desc())).first()
    if last == fingerprint:
        return
    # Unsorted: categories are offered in the order in which the file has them.
    row = table(hash=fingerprint, text=json.dumps(content, ensure_ascii=False), loaded_at=stamp.at)
    session.add(row)
    session.flush()
    append(session, stamp, kind, {"version": row.id, "hash": fingerprint})


def adopt(
    store: Store,
    clock: WallClock,
    *,
    desk: str,
    policy: Mapping[str, object],
    calendars: Sequence[Mapping[str, object]],
) -> tuple[Rulebook, tuple[Moved, ...]]:
    """Bring a store's rules up to the files.

    A changed policy holds for what is promised from now on: a running clock keeps the policy it started
    with. A changed calendar recounts every running clock in the same transaction; so is one that a desk
    started under the old calendar because it was open while another brought the new one in.

    Returns:
        The rules in force, and the clocks whose due time moved.

    Raises:
        Refusal: ``policy.bad`` or ``calendar.bad``; the store keeps the rules it had.
    """
    parse_policy(policy)
    content = calendar_content(policy, calendars)
    calendar_from(content)
    with store.read() as session:
        rules = latest(session)
        same = (rules.policy.version, content_hash(content)) == (
            content_hash(policy),
            _calendar_hash(session, rules),
        )
        stale = session.exec(_stale(rules).limit(1)).first() is not None
    if same and not stale:
        return rules, ()
    now = clock.now()
    with store.write() as session:
        rules = add_versions(session, Stamp(at=now, desk=desk), policy, calendars)
        return rules, _recount(session, Desk(store, clock, rules, desk), now)


def _calendar_hash(session: Session, rules: Rulebook) -> str:
    return session.get_one(CalendarVersion, rules.calendar_version).hash


def _stale(rules: Rulebook) -> SelectOfScalar[Clock]:
    """The running clocks that were counted with another calendar than the one in force."""
    return (
        select(Clock)
        .where(col(Clock.next_at).is_not(None), Clock.calendar_version != rules.calendar_version)
        .order_by(col(Clock.id))
    )


def _recount(session: Session, desk: Desk, now: int) -> tuple[Moved, ...]:
    """Count the running clocks anew with the calendar in force; a breach nobody saw stays a breach."""
    moved = []
    stamp = desk.stamp(now)
    for clock in session.exec(_stale(desk.rules)).all():
        ticket = session.get_one(Ticket, clock.ticket_id)
        record_breaches(session, stamp, [clock])
        was = clock.due_at
        given = promise(
            spec_of(clock),
            clock.counted_from,
            desk.rules.calendar,
            agreed_at=clock.agreed_at,
            agreed_from=clock.agreed_from,
            beyond_cap=True,
        )
        clock.calendar_version = desk.rules.calendar_version
        move(clock, given)
        session.add(clock)
        append(
            session,
            stamp,
            "clock.recounted",
            {"clock": clock.kind, "was": was, "due_at": clock.due_at, "number": ticket.number,
             "clocks": snapshot([clock])},
            ticket_id=ticket.id,
        )  # fmt: skip
        schedule(session, desk, clock)
        if was != clock.due_at:
            moved.append(Moved(ticket.number, clock.kind, was, clock.due_at))
    return tuple(moved)
