"""What stands at the end of a period and waits for somebody above the desk, by the rule of a shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import msgspec
import sqlalchemy
from sqlmodel import Session, SQLModel

from concierge.domain.escalation import WARNING
from concierge.services.board import open_rows
from concierge.services.figures import Tally
from concierge.services.report_views import Standing
from concierge.services.summary import Counted
from concierge.store.batches import batches
from concierge.store.tables import Clock, Escalation, Shift, Ticket

_TABLES = SQLModel.metadata.tables
_RUNG, _CLOCK, _TICKET, _SHIFT = (
    _TABLES[str(each.__tablename__)] for each in (Escalation, Clock, Ticket, Shift)
)


class _Matter(msgspec.Struct, gc=False):
    number: str
    overdue: bool


class _Signed(msgspec.Struct, gc=False):
    """Of a signed summary what stood when it was signed."""

    carried: tuple[_Matter, ...] = ()
    counts: tuple[Counted, ...] = ()


_decode = msgspec.json.Decoder(_Signed).decode


def _signed(summary: str | None) -> _Signed | None:
    """What was signed; None also for a paper of another shape: what stood is not known from it."""
    try:
        return None if summary is None else _decode(summary)
    except msgspec.MsgspecError:
        return None


def standing(
    session: Session, cuts: Mapping[str, Sequence[int]], count: Tally, *, now: int | None
) -> Standing:
    """What of a period waits for somebody at its end.

    Args:
        session: A session on one state of the store.
        cuts: By desk the events between which the period lies.
        count: What was counted between them.
        now: The present instant of a period that runs; None of one that has ended, of which only signed
            summaries tell what was overdue.
    """
    overdue: list[str] | None = []
    differing: list[Counted] = []
    for desk, edges in cuts.items():
        last, counts = _last_signed(session, desk, (edges[0], edges[-1]))
        differing += [row for row in counts if row.expected not in {None, row.counted}]
        late = _late(session, desk, now) if now is not None else _carried(last)
        overdue = None if overdue is None or late is None else [*overdue, *late]
    nobody, unsigned = _unsigned(session, count)
    return Standing(
        nobody_told=tuple(nobody),
        not_acknowledged=tuple(unsigned),
        overdue=None if overdue is None else tuple(overdue),
        differing=tuple(differing),
    )


def _last_signed(
    session: Session, desk: str, edges: tuple[int, int]
) -> tuple[_Signed | None, tuple[Counted, ...]]:
    """The period's last shift as it was signed, and the last count: where nobody takes over nobody counts."""
    shift = _SHIFT.c
    asked = (
        sqlalchemy.select(shift.summary)
        .where(shift.desk == desk, shift.first_event >= edges[0], shift.first_event < edges[1])
        .order_by(shift.id.desc())
    )
    with session.execute(asked) as rows:
        signed = (_signed(summary) for (summary,) in rows)
        last = next(signed, None)
        counted = (one.counts for one in chain((last,), signed) if one is not None and one.counts)
        return last, next(counted, ())


def _carried(last: _Signed | None) -> list[str] | None:
    return None if last is None else [each.number for each in last.carried if each.overdue]


def _late(session: Session, desk: str, now: int) -> list[str]:
    late = [row.number for row in open_rows(session, desk=desk) if row.due_at < now]
    hidden: set[str] = set()
    for some in batches(late):
        asked = sqlalchemy.select(_TICKET.c.number).where(
            _TICKET.c.number.in_(some), _TICKET.c.about_staff_id.is_not(None)
        )
        hidden |= set(session.execute(asked).scalars())
    return [number for number in late if number not in hidden]


def _unsigned(session: Session, count: Tally) -> tuple[list[str], list[str]]:
    """The tickets of rungs that fired and were not signed for: those that reached nobody, and the others."""
    signed = {rung for rung, _ in count.signed}
    left = {rung for rung in count.rungs if rung[3] != WARNING and rung not in signed}
    found: list[tuple[int, str, bool]] = []
    for some in batches({rung[0] for rung in left}):
        asked = (
            sqlalchemy.select(
                _RUNG.c.ticket_id, _CLOCK.c.kind, _RUNG.c.generation, _RUNG.c.rung,
                _RUNG.c.id, _TICKET.c.number, _RUNG.c.people,
            )
            .join(_CLOCK, _CLOCK.c.id == _RUNG.c.subject_id)
            .join(_TICKET, _TICKET.c.id == _RUNG.c.ticket_id)
            .where(_RUNG.c.ticket_id.in_(some), _RUNG.c.subject == "clock")
            .where(_TICKET.c.about_staff_id.is_(None))
        )  # fmt: skip
        for *rung, row_id, number, people in session.execute(asked):
            if tuple(rung) in left:
                found.append((row_id, number, people == "[]"))
    ranked = sorted(found)
    return (
        [number for _, number, nobody in ranked if nobody],
        [number for _, number, nobody in ranked if not nobody],
    )
