"""Putting rules into force: each policy and calendar is kept as a version, and open clocks are recounted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from concierge.clock import Clock as WallClock
from concierge.domain.deadline import ClockSpec
from concierge.domain.policy import MAJOR_LADDER, parse_policy
from concierge.services.clocks import record_breaches, respec, snapshot, spec_of
from concierge.services.desk import Desk
from concierge.services.ladder import schedule
from concierge.services.overtaken import overtaken, untold
from concierge.services.raising import replan_raising
from concierge.services.relief import replan_reliefs
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
    """A running clock whose due time a recount changed; instants in seconds since the epoch, UTC.

    ``breach_kept``: a promise on it was broken before, which no recount takes back.
    """

    ticket: str
    clock: str
    was: int
    now: int
    breach_kept: bool = False


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
    """Bring a store's rules up to the files, and recount every running clock in the same transaction.

    So is one that a desk started under the old rules because it was open while another brought the new ones
    in. Clocks that do not run keep the versions they were counted with.

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
        here = Desk(store, clock, rules, desk)
        moved = _recount(session, here, now)
        replan_raising(session, here, now)
        replan_reliefs(session, here)
        return rules, moved


def _calendar_hash(session: Session, rules: Rulebook) -> str:
    return session.get_one(CalendarVersion, rules.calendar_version).hash


def _stale(rules: Rulebook) -> SelectOfScalar[Clock]:
    """The running clocks that were counted under other rules than those in force."""
    return (
        select(Clock)
        .where(
            col(Clock.next_at).is_not(None),
            (Clock.calendar_version != rules.calendar_version)
            | (Clock.policy_version != rules.policy_version),
        )
        .order_by(col(Clock.id))
    )


def would_move(
    desk: Desk, *, policy: Mapping[str, object], calendars: Sequence[Mapping[str, object]]
) -> tuple[Moved, ...]:
    """The running clocks that would move under other rules; nothing is saved.

    Raises:
        Refusal: ``policy.bad`` or ``calendar.bad``.
    """
    now = desk.clock.now()
    with desk.store.write() as session:
        rules = add_versions(session, desk.stamp(now), policy, calendars)
        moved = _recount(session, replace(desk, rules=rules), now)
        session.rollback()
    return moved


def _recount(session: Session, desk: Desk, now: int) -> tuple[Moved, ...]:
    """Count the running clocks anew under the rules in force; a breach nobody saw stays a breach."""
    moved = []
    stamp = desk.stamp(now)
    for clock in session.exec(_stale(desk.rules)).all():
        ticket = session.get_one(Ticket, clock.ticket_id)
        due = untold(session, desk, [clock], now)
        record_breaches(session, stamp, [clock])
        was, ladder = clock.due_at, clock.ladder
        respec(desk, clock, _spec_now(session, desk, clock, ticket), keep_agreed=True)
        if ladder == MAJOR_LADDER:
            clock.ladder = ladder
        data: dict[str, object] = {"clock": clock.kind, "was": was, "due_at": clock.due_at,
                                   "number": ticket.number, "clocks": snapshot([clock])}  # fmt: skip
        if gone := overtaken(due, [clock], [schedule(session, desk, clock)], now):
            data["overtaken"] = gone
        append(session, stamp, "clock.recounted", data, ticket_id=ticket.id)
        if was != clock.due_at:
            broken = clock.breach_generation is not None
            moved.append(Moved(ticket.number, clock.kind, was, clock.due_at, broken))
    return tuple(moved)


def _spec_now(session: Session, desk: Desk, clock: Clock, ticket: Ticket) -> ClockSpec:
    """What the policy in force promises where an older one had started a clock.

    A clock that its category does not ask for (a visit that was agreed, a category that is gone) goes on as it
    was, on the ladder of its name if there still is one.
    """
    policy = desk.rules.policy
    category, kept = policy.categories.get(ticket.category), spec_of(clock)
    found = category.clock(clock.kind) if category is not None else None
    if found is not None:
        return found
    before = desk.rules.policy_of(session, clock.policy_version).resolve_default
    if clock.kind == before.kind and kept.limit == before.limit:
        return policy.resolve_default
    ladder = policy.ladders.get(kept.ladder) or policy.ladder_for(kept.limit)
    return replace(kept, ladder=ladder.name, warning=ladder.warning or 0)
