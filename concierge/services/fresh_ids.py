"""Ids of rows that nobody had before: what is on record of one is never taken for another's.

A file gives the last id again once its row is gone; a server never does, and needs none of this.
"""

from __future__ import annotations

import json

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, col

from concierge.services.household_log import CHANGED
from concierge.store.tables import Event, EventPersonal, Member, Vehicle


def fresh_member(session: Session) -> int:
    """The first id that no person ever had."""
    said = select(func.max(EventPersonal.member_id)).where(
        col(EventPersonal.member_id).is_not(None)
    )
    return max(_most(session, Member), session.execute(said).scalar() or 0) + 1


def fresh_vehicle(session: Session) -> int:
    """The first id that no vehicle ever had; every change on record is looked through, as an import may."""
    # The log keeps canonical JSON, so that this text is how it says so.
    about = select(col(Event.data)).where(
        col(Event.kind) == CHANGED, col(Event.data).like('%"what":"vehicle"%')
    )
    said = (json.loads(data).get("row") or 0 for data in session.execute(about).scalars())
    return max(_most(session, Vehicle), max(said, default=0)) + 1


def _most(session: Session, table: type[SQLModel]) -> int:
    number = session.execute(
        select(func.max(SQLModel.metadata.tables[str(table.__tablename__)].c.id))
    )
    return number.scalar() or 0
