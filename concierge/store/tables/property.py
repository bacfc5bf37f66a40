"""The property itself, the rules it ran under, and the marks of whoever keeps watch."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Text
from sqlmodel import Field, SQLModel


class Property(SQLModel, table=True):
    """One row: the property of this store; ``search_version`` is how its households' keys were written.

    While they are written anew ``search_renewing`` is how, and ``search_upto`` the last household that was.
    """

    __table_args__ = (CheckConstraint("id = 1"), CheckConstraint("language in ('zh', 'en')"))
    id: int = Field(default=1, primary_key=True)
    name: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    rehearsal: bool = Field(default=False, sa_type=Boolean)
    created_at: int = Field(sa_type=BigInteger)
    search_version: int | None = Field(default=None)
    search_renewing: int | None = Field(default=None)
    search_upto: int | None = Field(default=None)


class PolicyVersion(SQLModel, table=True):
    """A policy as it was when clocks started under it; ``text`` is canonical JSON."""

    __tablename__ = "policy_version"
    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    loaded_at: int = Field(sa_type=BigInteger)


class CalendarVersion(SQLModel, table=True):
    """The merged calendar files, with the zone and hours they are read with; canonical JSON."""

    __tablename__ = "calendar_version"
    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    loaded_at: int = Field(sa_type=BigInteger)


class Heartbeat(SQLModel, table=True):
    """When somebody last kept watch; one row a desk, written at most once a minute.

    ``gap_from`` and ``gap_until``: the last time that this desk, starting, found that nobody had watched.
    """

    desk: str = Field(primary_key=True, sa_type=Text)
    at: int = Field(sa_type=BigInteger)
    gap_from: int | None = Field(default=None, sa_type=BigInteger)
    gap_until: int | None = Field(default=None, sa_type=BigInteger)
