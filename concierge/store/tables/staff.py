"""Who works here, and what each role may do."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Text
from sqlmodel import Field, SQLModel


class Staff(SQLModel, table=True):
    """A member of staff; a name stands for one person."""

    __table_args__ = (
        CheckConstraint("role in ('concierge', 'supervisor', 'director', 'manager')"),
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text, unique=True)
    role: str = Field(sa_type=Text, index=True)
    phone: str | None = Field(default=None, sa_type=Text)
    active: bool = Field(default=True, sa_type=Boolean)
    pin: str | None = Field(default=None, sa_type=Text)


class Permission(SQLModel, table=True):
    """What a role may do beyond what everybody may."""

    role: str = Field(primary_key=True, sa_type=Text)
    action: str = Field(primary_key=True, sa_type=Text)


class Desk(SQLModel, table=True):
    """A lobby terminal's place."""

    name: str = Field(primary_key=True, sa_type=Text)
