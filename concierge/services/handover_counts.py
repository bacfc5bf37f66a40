"""What is counted at a handover: how many there should be, how many there are, and what was short before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from concierge.domain.shift import CountItem
from concierge.services.desk import Desk
from concierge.services.handover_views import CountBefore, CountView
from concierge.store import handover_sql
from concierge.store.tables import HandoverCount, Shift


def count_items(desk: Desk) -> tuple[CountItem, ...]:
    """What the policy in force wants counted."""
    rules = desk.rules.policy.shifts
    return rules.counts if rules is not None else ()


def expected_counts(session: Session, desk: Desk, shift: Shift) -> dict[str, int | None]:
    """How many of each thing there should be: as the policy says, else as counted the last time here."""
    items = count_items(desk)
    return _expected(items, _last(session, shift, items))


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
    items = {each.item: each for each in count_items(desk)}
    last = _last(session, shift, items.values())
    short = _short(session, shift, last)
    expected = _expected(tuple(items.values()), last)
    views = []
    for item in dict.fromkeys((*items, *done)):
        row, thing = done.get(item), items.get(item)
        views.append(
            CountView(
                item=item,
                names=dict(thing.names) if thing is not None else {"zh": item, "en": item},
                expected=expected.get(item) if row is None else row.expected,
                counted=row.counted if row else None,
                word=row.word if row else None,
                before=_told(thing, last.get(item), short.get(item)) if thing else None,
            )
        )
    return tuple(views)


def _told(
    thing: CountItem, last: CountBefore | None, short: CountBefore | None
) -> CountBefore | None:
    """What whoever counts must know of before: a last count that is not the policy's, or an old shortage."""
    if thing.expected is not None:
        return last if last is not None and last.counted != thing.expected else None
    return None if thing.varies else short


def _expected(items: tuple[CountItem, ...], last: dict[str, CountBefore]) -> dict[str, int | None]:
    return {
        each.item: last[each.item].counted
        if each.expected is None and not each.varies and each.item in last
        else each.expected
        for each in items
    }


def _last(session: Session, shift: Shift, items: Iterable[CountItem]) -> dict[str, CountBefore]:
    """What was counted last of each thing."""
    found = {}
    for each in items:
        asked = {"desk": shift.desk, "shift": shift.id, "item": each.item}
        row = session.execute(text(handover_sql.COUNTED_LAST), asked).first()
        if row is not None:
            found[each.item] = _before(row, last=True)
    return found


def _short(
    session: Session, shift: Shift, last: Mapping[str, CountBefore]
) -> dict[str, CountBefore]:
    """Of each thing the last count that fell short and has not been made good: there were more than last."""
    asked = {"desk": shift.desk, "shift": shift.id}
    return {
        row.item: _before(row, last=False)
        for row in session.execute(text(handover_sql.COUNTED_SHORT), asked)
        if row.item in last and last[row.item].counted < row.expected
    }


def _before(row: Any, *, last: bool) -> CountBefore:
    return CountBefore(row.at, row.counted, row.expected, row.word, last)
