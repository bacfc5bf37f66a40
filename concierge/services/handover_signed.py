"""A handover that was signed: its matters as the sealed summary has them, and who reviewed it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, select

from concierge.services.handover_matters import REASONS, Acknowledged, acknowledged
from concierge.services.handover_views import MatterView
from concierge.services.sealing import unseal
from concierge.services.summary import Carried, Signature
from concierge.store.tables import Handover, Shift, Staff


def signed_matters(
    session: Session, shift: Shift, row: Handover
) -> tuple[tuple[MatterView, ...], int]:
    """The matters as they were handed over, and how many are not told by what was signed.

    These are about members of staff, so no list of the paper has them. What a later day made of the others is
    on the tickets; who was told by then is not part of what was signed.
    """
    summary = unseal(session, shift)
    known = {one.number: one for one in acknowledged(session, row.id).values()}
    incoming = session.get_one(Staff, row.incoming_id).name
    views = tuple(
        _view(matter, known[matter.number])
        for matter in summary.carried
        if matter.number in known and known[matter.number].by == incoming
    )
    return views, summary.open_count - len(views)


def _view(matter: Carried, known: Acknowledged) -> MatterView:
    return MatterView(
        number=matter.number,
        unit=matter.unit,
        place=matter.place,
        household=None,
        kind=matter.kind,
        category=matter.category,
        grade=matter.grade,
        words=matter.words,
        step=matter.step,
        due_at=matter.due_at,
        to_be_agreed=matter.to_be_agreed,
        agreed_at=None,
        agreed_with=None,
        assignee=matter.assignee,
        told=(),
        waiting=(),
        overdue=matter.overdue,
        why=tuple(each for each in REASONS if each in known.why),
        acknowledged_at=known.at,
        acknowledged_by=known.by,
        grouped=known.grouped,
    )


def reviews(session: Session, shift: Shift) -> Iterator[Signature]:
    """Who reviewed the handover of a shift, none or one."""
    rows = session.exec(
        select(Handover.reviewed_at, Handover.review_how, Staff.name)
        .join(Staff, col(Staff.id) == Handover.reviewed_by)
        .where(Handover.shift_id == shift.id, Handover.state == "signed")
        .where(Handover.state != "dropped")  # names the index of these
    )
    for at, how, name in rows:
        if at is not None:
            yield Signature("review", name, at, how or "name")
