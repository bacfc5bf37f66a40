"""What is open at desks where no shift runs: the handovers of the others tell it, for there is none there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from concierge.domain.ticket import is_to_be_agreed
from concierge.services.handover_views import ElsewhereView
from concierge.store import handover_sql


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The matters by what is due first, and how many more are about whoever looks."""

    matters: tuple[ElsewhereView, ...]
    withheld: int


def open_elsewhere(session: Session, *, now: int, hidden: int) -> Elsewhere:
    """What is open at the desks where nobody is on duty, in one question.

    Nobody takes note of it by a signature: it stays that desk's, and so do its figures.

    Args:
        session: A session on one state of the store.
        now: The present instant.
        hidden: To whom it is shown, by id: what is about that person is counted and nothing more.
    """
    first: dict[str, Any] = {}
    for row in session.execute(text(handover_sql.ELSEWHERE), {}):
        first.setdefault(row.number, row)
    return Elsewhere(
        tuple(_view(row, now) for row in first.values() if row.about != hidden),
        sum(row.about == hidden for row in first.values()),
    )


def _view(row: Any, now: int) -> ElsewhereView:
    return ElsewhereView(
        desk=row.desk,
        number=row.number,
        kind=row.kind,
        category=row.category,
        grade=row.grade,
        unit=row.unit,
        place=row.place,
        words=row.words,
        step=row.step,
        due_at=row.due_at,
        to_be_agreed=is_to_be_agreed(
            by_agreement=bool(row.by_agreement), agreed_at=row.agreed_at, at_once=row.at_once
        ),
        overdue=row.due_at < now,
        assignee=row.assignee,
        about_staff=row.about is not None,
    )
