"""Copies of signed summaries that are still to be made, handed to one maker at a time as notices are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from concierge.services.desk import Desk
from concierge.services.leasing import give_back, take
from concierge.store import board_sql
from concierge.store.audit import append
from concierge.store.tables import Shift, SummaryCopy

WAITING, DONE, DEAD = "waiting", "done", "dead"
FOLDER, MAIL = "folder", "mail"


@dataclass(frozen=True, slots=True)
class CopyOrder:
    """A copy to be made: of which shift, and by which way (folder or mail).

    ``delivered``: the keys of the addresses that have it already.
    """

    id: int
    shift: int
    way: str
    delivered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Copied:
    """What one round of making copies did: made, to be tried again, given up."""

    made: int = 0
    failed: int = 0
    dead: int = 0


def order_copies(session: Session, desk: Desk, shift: Shift, now: int) -> tuple[str, ...]:
    """Ask for the copies that the policy wants of a shift, in the transaction that signs its summary.

    Returns:
        By which ways, for the fact that the shift has ended.
    """
    rules = desk.rules.policy.shifts
    assert shift.id is not None
    ways = tuple(rules.copies.ways) if rules is not None else ()
    for way in ways:
        session.add(SummaryCopy(shift_id=shift.id, way=way, created_at=now, not_before=now))
    return ways


def is_copy_due(desk: Desk) -> bool:
    """Whether a copy may be made now; asked often, so it costs one look at an index and writes nothing."""
    at: int | None = desk.store.glance(board_sql.NEXT_COPY)
    return at is not None and at <= desk.clock.now()


def lease_copy(desk: Desk, *, owner: str) -> CopyOrder | None:
    """Take the copy that waits for longest; nobody else makes it for two minutes.

    Raises:
        StoreProblem: locked and the like; nothing is lost.
    """
    if not is_copy_due(desk):
        return None
    with desk.store.write() as session:
        now = desk.clock.now()
        due = select(SummaryCopy).where(
            SummaryCopy.state == WAITING, col(SummaryCopy.not_before) <= now
        )
        row = session.exec(
            due.order_by(col(SummaryCopy.not_before), col(SummaryCopy.id)).limit(1)
        ).first()
        if row is None:
            return None
        take(row, owner, now)
        session.add(row)
        assert row.id is not None
        return CopyOrder(row.id, row.shift_id, row.way, frozenset(json.loads(row.delivered)))


def keep_delivered(desk: Desk, *, owner: str, order: CopyOrder, key: str | None) -> bool:
    """Keep at once that an address has a copy, and hold the lease on for the next one.

    Args:
        desk: The desk.
        owner: Who leased it.
        order: What was leased.
        key: The address's, None when it did not take it.

    Returns:
        Whether the lease still holds; else it is somebody else's to send to the addresses that are left.

    Raises:
        StoreProblem: locked and the like; the address may get it again then.
    """
    with desk.store.write() as session:
        now = desk.clock.now()
        row = session.get_one(SummaryCopy, order.id)
        if key is not None:
            row.delivered = json.dumps(sorted({*json.loads(row.delivered), key}))
        mine = row.leased_by == owner and row.state == WAITING
        if mine:
            take(row, owner, now)
        session.add(row)
        return mine


def settle_copy(
    desk: Desk,
    *,
    owner: str,
    order: CopyOrder,
    problem: str | None,
    files: Mapping[str, str] | None = None,
) -> Copied:
    """Keep what came of a copy: made, to be tried again, or given up after a day.

    Args:
        desk: The desk.
        owner: Who leased it.
        order: What was leased.
        problem: A code of what went wrong, None when it is made.
        files: The SHA-256 of each file that was put or sent, by its name; a file that somebody altered
            afterwards can be told by it.

    Raises:
        StoreProblem: locked and the like; the lease runs out then, and it is made again.
    """
    with desk.store.write() as session:
        now = desk.clock.now()
        row = session.get_one(SummaryCopy, order.id)
        if row.leased_by != owner or row.state != WAITING:
            return Copied()
        session.add(row)
        if give_back(row, problem, now, since=row.created_at):
            return Copied(failed=1)
        row.state, row.settled_at = DONE if problem is None else DEAD, now
        data = {"way": row.way, "problem": problem, "files": dict(files or {})}
        append(session, desk.stamp(now), f"summary.copy-{row.state}", data, shift_id=row.shift_id)
        return Copied(made=1) if problem is None else Copied(dead=1)
