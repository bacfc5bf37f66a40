"""The shifts that lie in a period, with the figures that were signed for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy
from sqlmodel import Session, SQLModel

from concierge.services.board import open_rows
from concierge.services.desk import Desk
from concierge.services.report_views import ShiftLine
from concierge.services.tally import tally, unseen
from concierge.store.tables import Shift, Staff

_TABLES = SQLModel.metadata.tables
_SHIFT, _STAFF = (_TABLES[str(each.__tablename__)] for each in (Shift, Staff))


class _Came(msgspec.Struct, gc=False):
    count: int


class _Broke(msgspec.Struct, gc=False):
    broken: int


class _Signed(msgspec.Struct, gc=False):
    """Of a signed summary only what a line says. Lists withhold some of what was broken and carried over."""

    received: tuple[_Came, ...] = ()
    kept: tuple[_Broke, ...] = ()
    carried: tuple[msgspec.Raw, ...] = ()
    withheld_open: int = 0


_signed = msgspec.json.Decoder(_Signed).decode


def shift_lines(
    session: Session, desk: Desk, cuts: Mapping[str, Sequence[int]], *, now: int, head: int
) -> tuple[ShiftLine, ...]:
    """The shifts that begin within a period, in the order of their beginnings.

    Args:
        session: A session on one state of the store.
        desk: For the property's zone.
        cuts: By desk the events between which the period lies.
        now: The present instant, up to which a shift that runs is counted.
        head: The last event there is.
    """
    found: list[ShiftLine] = []
    for name, edges in cuts.items():
        found += _lines(session, desk, name, (edges[0], edges[-1]), now=now, head=head)
    return tuple(sorted(found, key=lambda line: (line.started_at, line.id)))


def _lines(
    session: Session, desk: Desk, name: str, edges: tuple[int, int], *, now: int, head: int
) -> Iterator[ShiftLine]:
    shift = _SHIFT.c
    asked = (
        sqlalchemy.select(
            shift.id, _STAFF.c.name, shift.started_at, shift.ended_at, shift.ended_how,
            shift.summary_hash, shift.summary, shift.first_event,
        )
        .join(_STAFF, _STAFF.c.id == shift.staff_id)
        .where(shift.desk == name, shift.first_event >= edges[0], shift.first_event < edges[1])
        .order_by(shift.id)
    )  # fmt: skip
    for row in session.execute(asked).all():
        received, broken, carried = _figures(session, desk, name, row, now=now, head=head)
        yield ShiftLine(
            id=row.id,
            desk=name,
            staff=row.name,
            started_at=row.started_at,
            ended_at=row.ended_at,
            received=received,
            broken=broken,
            carried=carried,
            ended_how=row.ended_how,
            signed=row.summary_hash,
        )


def _figures(
    session: Session, desk: Desk, name: str, row: Any, *, now: int, head: int
) -> tuple[int, int, int]:
    """Received, broken and carried over: as signed, or of a shift that runs as they are now."""
    if row.summary is not None:
        signed = _signed(row.summary)
        broken = sum(each.broken for each in signed.kept)
        carried = len(signed.carried) + signed.withheld_open
        return sum(each.count for each in signed.received), broken, carried
    count = tally(
        session,
        {name: (row.first_event, head)},
        desk.rules.calendar.zone,
        unseen=unseen(session, (name,), now),
        now=now,
    ).totals()
    return count.received, count.broken, len(open_rows(session, desk=name))
