"""What only the signing of a handover knows of a shift: for its summary, as it is sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sqlmodel import Session, col, select

from concierge.services.desk import Desk
from concierge.services.handover_counts import counts
from concierge.services.handover_reading import current_handover
from concierge.services.handover_views import CountView
from concierge.services.summary import Counted, Line, ShiftSummary, Signature
from concierge.services.timeline import in_order
from concierge.store.tables import Handover, HandoverCount, HandoverMatter, Shift, Staff


def with_handover(
    session: Session, desk: Desk, shift: Shift, summary: ShiftSummary
) -> ShiftSummary:
    """A summary with who took over, what was acknowledged and counted, and who signed.

    A shift that ended alone has none of it.
    """
    row = current_handover(session, shift)
    if row is None:
        return summary
    names = {each.id: each.name for each in session.exec(select(Staff))}
    taken = Counter(
        session.exec(select(HandoverMatter.grouped).where(HandoverMatter.handover_id == row.id))
    )
    seen = tuple(each for each in counts(session, desk, shift, row.id) if each.counted is not None)
    lines = [*summary.timeline, *_differences(session, row, names)]
    return replace(
        summary,
        handed_to=names[row.incoming_id],
        counts=tuple(map(_counted, seen)),
        signatures=tuple(_signatures(row, names)),
        singly=taken[False],
        grouped=taken[True],
        timeline=in_order(lines),
    )


def _counted(view: CountView) -> Counted:
    return Counted(view.item, view.names, view.expected, view.counted or 0, view.word)


def _differences(session: Session, row: Handover, names: dict[int | None, str]) -> Iterator[Line]:
    """A line of the timeline for each count that was not as expected."""
    rows = session.exec(
        select(HandoverCount)
        .where(HandoverCount.handover_id == row.id)
        .order_by(col(HandoverCount.id))
    )
    for each in rows:
        if each.expected not in {None, each.counted}:
            yield Line(
                each.at,
                "count",
                who=names[each.staff_id],
                text=each.word,
                item=each.item,
                expected=each.expected,
                counted=each.counted,
            )


def _signatures(row: Handover, names: dict[int | None, str]) -> Iterator[Signature]:
    if row.outgoing_at is not None:
        yield Signature("outgoing", names[row.outgoing_by], row.outgoing_at, row.outgoing_how or "")
    if row.incoming_at is not None:
        yield Signature("incoming", names[row.incoming_id], row.incoming_at, row.incoming_how or "")
