"""Signing for what was escalated: whose role allows it, of a ticket's clock and of a shift alike."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from concierge.domain.refusal import Refusal
from concierge.domain.roles import may, signing_role
from concierge.store.tables import Escalation, Staff


def sign_rungs(
    session: Session, rungs: Sequence[Escalation], staff: Staff, now: int, *, refusal: str
) -> list[Escalation]:
    """Sign for those of some rungs that somebody's role allows.

    What was escalated to a role that nobody holds, whoever stands highest may sign for.

    Args:
        session: A session from ``Store.write``.
        rungs: What nobody has signed for yet, at least one, in the order in which they fired.
        staff: Who signs.
        now: When.
        refusal: The code for whoever may sign for none of them.

    Returns:
        The rungs that are signed for now.

    Raises:
        Refusal: ``refusal``, naming the role that is needed for the last of them.
    """
    present = set(session.exec(select(Staff.role).where(col(Staff.active))))
    mine = [row for row in rungs if may(staff.role, signing_role(row.role, present))]
    if not mine:
        raise Refusal(refusal, name=staff.name, role=signing_role(rungs[-1].role, present))
    for row in mine:
        row.acknowledged_at, row.acknowledged_by = now, staff.id
        session.add(row)
    return mine
