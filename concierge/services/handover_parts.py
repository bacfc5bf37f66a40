"""What a handover holds beside its matters: things to count, instructions that turn, the running log."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlmodel import Session, col, select

from concierge.domain.shift import CountItem
from concierge.domain.wall import instant_of, wall_time
from concierge.services.desk import Desk
from concierge.services.handover_views import CountView, HandedNote, TurningInstruction
from concierge.store import handover_sql
from concierge.store.tables import HandoverCount, Shift

_DAY_MINUTES = 24 * 60


def count_items(desk: Desk) -> tuple[CountItem, ...]:
    """What the policy in force wants counted."""
    rules = desk.rules.policy.shifts
    return rules.counts if rules is not None else ()


def expected_counts(session: Session, desk: Desk, shift: Shift) -> dict[str, int | None]:
    """How many of each thing there should be: as the policy says, else as counted the last time here."""
    rows = session.execute(text(handover_sql.COUNTED_LAST), {"desk": shift.desk, "shift": shift.id})
    last = {row.item: row.counted for row in rows}
    return {
        each.item: each.expected
        if each.expected is not None or each.varies
        else last.get(each.item)
        for each in count_items(desk)
    }


def counts(
    session: Session, desk: Desk, shift: Shift, handover: int | None
) -> tuple[CountView, ...]:
    """Each thing of the policy's checklist in its order, then what was counted under another policy."""
    done = {
        row.item: row
        for row in session.exec(
            select(HandoverCount)
            .where(HandoverCount.handover_id == handover)
            .order_by(col(HandoverCount.id))
        )
    }
    expected = expected_counts(session, desk, shift)
    names = {each.item: dict(each.names) for each in count_items(desk)}
    views = []
    for item in dict.fromkeys((*names, *done)):
        row = done.get(item)
        views.append(
            CountView(
                item=item,
                names=names.get(item) or {"zh": item, "en": item},
                expected=expected.get(item) if row is None else row.expected,
                counted=row.counted if row else None,
                word=row.word if row else None,
            )
        )
    return tuple(views)


def turning(
    session: Session, *, now: int, until: int, zone: ZoneInfo
) -> Iterator[TurningInstruction]:
    """The instructions that start or end after ``now``, up to ``until``, by unit."""
    days = {
        "first": wall_time(now, zone).date().isoformat(),
        "last": wall_time(until, zone).date().isoformat(),
    }
    rows = session.execute(text(handover_sql.TURNING), days).all()
    for row in sorted(rows, key=lambda row: str(row.unit)):
        for what, day, hour, otherwise in (
            ("starts", row.starts_on, row.from_time, 0),
            ("ends", row.ends_on, row.to_time, _DAY_MINUTES),
        ):
            at = _minutes(hour, otherwise)
            if day and now < instant_of(date.fromisoformat(day), at, zone) <= until:
                yield TurningInstruction(row.unit, row.text, what, day, hour or None)


def handed_notes(
    session: Session, shift: Shift, hidden: Container[int | None] = ()
) -> Iterator[HandedNote]:
    """The running log of a shift, without lines on matters about ``hidden`` members of staff, by id."""
    for row in session.execute(text(handover_sql.NOTES), {"shift": shift.id}):
        if row.about not in hidden:
            yield HandedNote(row.id, row.at, row.staff, row.text, row.flag, row.unit, row.number)


def _minutes(clock: str | None, otherwise: int) -> int:
    return int(clock[:2]) * 60 + int(clock[3:]) if clock else otherwise
