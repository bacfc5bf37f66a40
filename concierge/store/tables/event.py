"""The log: append-only, each row holds the hash of the one before."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, Text, text
from sqlmodel import Field, SQLModel


class Event(SQLModel, table=True):
    """A fact: a code and values (``data``, canonical JSON). Triggers refuse UPDATE and DELETE.

    What is personal lies in ``event_personal`` and enters the hash as a salted digest only.
    """

    __table_args__ = (Index("event_at", "at", "id"),)
    id: int = Field(sa_type=Integer, primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: int = Field(sa_type=BigInteger)
    desk: str = Field(sa_type=Text)
    actor_id: int | None = Field(default=None, foreign_key="staff.id")
    actor: str | None = Field(default=None, sa_type=Text)
    kind: str = Field(sa_type=Text)
    ticket_id: int | None = Field(default=None, index=True)
    shift_id: int | None = Field(default=None)
    data: str = Field(sa_type=Text)
    personal_digest: str | None = Field(default=None, sa_type=Text)
    previous: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text, unique=True)


class EventPersonal(SQLModel, table=True):
    """The erasable half of an event: forgetting a person deletes the row, the chain stays whole.

    Whom it is about stands beside it, outside of the hash, so that forgetting finds it.
    """

    __tablename__ = "event_personal"
    # Partial, for most halves are about no household's file, and each would cost every ticket an entry.
    __table_args__ = tuple(
        Index(
            f"event_personal_{column}",
            f"{column}_id",
            sqlite_where=text(f"{column}_id is not null"),
            postgresql_where=text(f"{column}_id is not null"),
        )
        for column in ("household", "member")
    )
    event_id: int = Field(primary_key=True, foreign_key="event.id")
    salt: str = Field(sa_type=Text)
    payload: str = Field(sa_type=Text)
    household_id: int | None = Field(default=None)
    member_id: int | None = Field(default=None)


class ChainHead(SQLModel, table=True):
    """One row: how many events there are and the last hash, so that a cut-off end shows."""

    __tablename__ = "chain_head"
    __table_args__ = (CheckConstraint("id = 1"),)
    id: int = Field(default=1, primary_key=True)
    events: int = Field(default=0)
    hash: str = Field(sa_type=Text)
