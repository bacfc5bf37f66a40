"""Shifts at a desk and the notes kept during them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Text, text
from sqlmodel import Field, SQLModel


class Shift(SQLModel, table=True):
    """A shift: at most one is open at a desk.

    ``first_event`` is the last event of the shift before, ``last_event`` the one that ended this shift: its
    figures are what was recorded in between. ``summary`` is JSON, kept as it stood at the end.
    """

    __table_args__ = (
        Index(
            "shift_open",
            "desk",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    desk: str = Field(sa_type=Text, foreign_key="desk.name", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    started_at: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)
    ended_by: int | None = Field(default=None, foreign_key="staff.id")
    first_event: int = Field(default=0)
    last_event: int | None = Field(default=None)
    summary: str | None = Field(default=None, sa_type=Text)


class ShiftNote(SQLModel, table=True):
    """A line of the shift's running log."""

    __tablename__ = "shift_note"
    id: int | None = Field(default=None, primary_key=True)
    shift_id: int = Field(foreign_key="shift.id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    at: int = Field(sa_type=BigInteger)
    text: str = Field(sa_type=Text)
