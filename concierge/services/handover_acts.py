"""What is done in a handover before it is signed: matters are acknowledged, things are counted."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.handover_changing import Taking, taking
from concierge.services.handover_counts import count_items, expected_counts
from concierge.services.handover_matters import OpenMatter
from concierge.services.handover_views import HandoverView
from concierge.services.ticket_view import find_ticket
from concierge.services.typed_lines import cleaned_line
from concierge.store.batches import batches
from concierge.store.tables import Handover, HandoverCount, HandoverMatter

_LARGEST = 10**9
PARTS = ("outgoing", "incoming")
"""The two who sign."""
_MATTERS = SQLModel.metadata.tables[str(HandoverMatter.__tablename__)]


def acknowledge_matter(desk: Desk, *, number: str, actor: str) -> HandoverView:
    """Whoever takes over has taken note of one matter; done already, nothing is recorded again.

    Raises:
        Refusal: ``handover.none``, ``handover.not-yours``, ``ticket.unknown``; ``handover.no-matter`` for one
            that is not open at this desk, or withheld.
    """
    with taking(desk, actor) as act:
        act.must_take_over()
        ticket = find_ticket(act.session, number)
        found = [m for m in act.standing().matters if m.ticket_id == ticket.id]
        if not found:
            raise Refusal("handover.no-matter", ticket=ticket.number)
        matter = found[0]
        if matter.view.acknowledged_at is None:
            _keep(act, matter)
        return act.view()


def _keep(act: Taking, matter: OpenMatter) -> None:
    """By itself, also one that the group had and that has become worse since."""
    why = matter.view.why
    row = act.session.exec(
        select(HandoverMatter).where(
            HandoverMatter.handover_id == act.begun.id,
            HandoverMatter.ticket_id == matter.ticket_id,
        )
    ).first()
    assert act.begun.id is not None
    assert act.staff.id is not None
    row = row or HandoverMatter(
        handover_id=act.begun.id, ticket_id=matter.ticket_id, at=act.now, staff_id=act.staff.id
    )
    row.grouped, row.why, row.at, row.staff_id = False, " ".join(why), act.now, act.staff.id
    act.session.add(row)
    data = {"number": matter.view.number, "why": list(why)}
    act.log("handover.acknowledged", data, ticket_id=matter.ticket_id)


def acknowledge_rest(desk: Desk, *, count: int, actor: str) -> HandoverView:
    """Whoever takes over has taken note of the rest, all of them: of ``count`` that are not acknowledged yet.

    Raises:
        Refusal: ``handover.none``, ``handover.not-yours``; ``handover.changed`` when they are more or fewer.
    """
    with taking(desk, actor) as act:
        act.must_take_over()
        rest = act.standing().rest
        if count != len(rest):
            raise Refusal("handover.changed", left=len(rest), count=count)
        if rest:
            keep_group(act, "handover.group", rest)
        return act.view()


def keep_group(act: Taking, kind: str, matters: Sequence[OpenMatter]) -> None:
    """Acknowledge matters in one go, by whoever acts; one that has become worse since, anew."""
    ids = [matter.ticket_id for matter in matters]
    rows = [
        {"handover_id": act.begun.id, "ticket_id": matter.ticket_id, "grouped": True,
         "why": " ".join(matter.view.why), "at": act.now, "staff_id": act.staff.id}
        for matter in matters
    ]  # fmt: skip
    for some in batches(ids):
        held = _MATTERS.c.handover_id == act.begun.id
        act.session.execute(sqlalchemy.delete(_MATTERS).where(held, _MATTERS.c.ticket_id.in_(some)))
    act.session.execute(sqlalchemy.insert(_MATTERS), rows)
    numbers = [matter.view.number for matter in matters]
    why = {matter.view.number: list(matter.view.why) for matter in matters if matter.view.why}
    act.log(kind, {"count": len(rows), "numbers": numbers, **({"why": why} if why else {})})


def count_item(
    desk: Desk, *, item: str, counted: int, actor: str, word: str | None = None
) -> HandoverView:
    """Put down what was counted of one thing, again as often as it is counted again.

    Signatures that were given for other counts are taken back.

    Raises:
        Refusal: ``handover.none``, ``handover.not-party``; ``count.unknown`` for what is not on the checklist,
            ``count.bad`` for a number that is none; ``count.word`` when it differs and nothing is said.
    """
    said = cleaned_line(word)
    with taking(desk, actor) as act:
        act.must_be_one_of_both()
        items = {each.item: each for each in count_items(desk)}
        thing = items.get(item)
        if thing is None:
            raise Refusal("count.unknown", item=item, items=tuple(items.values()))
        if not 0 <= counted <= _LARGEST:
            raise Refusal("count.bad", item=thing, value=counted)
        expected = expected_counts(act.session, desk, act.shift)[item]
        if expected not in (None, counted) and said is None:
            raise Refusal("count.word", item=thing, expected=expected, counted=counted)
        _put_down(act, item, counted, expected=expected, word=said)
        return act.view()


def _put_down(
    act: Taking, item: str, counted: int, *, expected: int | None, word: str | None
) -> None:
    row = _count_row(act.session, act.begun, item)
    if row is not None and (row.counted, row.expected, row.word) == (counted, expected, word):
        return
    assert act.begun.id is not None
    assert act.staff.id is not None
    row = row or HandoverCount(
        handover_id=act.begun.id, item=item, counted=counted, at=act.now, staff_id=act.staff.id
    )
    row.expected, row.counted, row.word = expected, counted, word
    row.at, row.staff_id = act.now, act.staff.id
    act.session.add(row)
    taken_back = take_back(act.begun, *PARTS)
    act.log(
        "handover.counted",
        {"item": item, "expected": expected, "counted": counted, "taken_back": taken_back},
        personal={"word": word} if word else None,
    )


def _count_row(session: Session, handover: Handover, item: str) -> HandoverCount | None:
    return session.exec(
        select(HandoverCount).where(
            col(HandoverCount.handover_id) == handover.id, HandoverCount.item == item
        )
    ).first()


def take_back(row: Handover, *parts: str) -> list[str]:
    """Undo signatures for what has changed since; the parts ("outgoing", "incoming") that had signed."""
    signed = [part for part in parts if getattr(row, f"{part}_at") is not None]
    for part in signed:
        for name in (f"{part}_at", f"{part}_how"):
            setattr(row, name, None)
        if part == "outgoing":
            row.outgoing_by = None
    return signed
