"""Ids of rows that nobody had before: what is on record of one is never taken for another's.

A file remembers the last id of each table (``tables.household.ONCE``), a server by itself. Only who writes many
rows at once asks for it, to know their ids without reading them back.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import Session, SQLModel


def fresh_id(session: Session, table: type[SQLModel]) -> int:
    """The first id that no row of a table in a file ever had.

    Args:
        session: A session from ``Store.write``, of a store that is a file.
        table: One whose ids are given once.
    """
    last = text("SELECT max(seq) FROM sqlite_sequence WHERE name = :name")
    known = session.execute(last, {"name": str(table.__tablename__)}).scalar()
    return int(known or 0) + 1
