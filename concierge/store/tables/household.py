"""Households, their people and vehicles, and the keys by which the desk finds them.

Whatever the log speaks of by id gets an id that no row ever had: a file remembers the last one of each table.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Text, text
from sqlmodel import Field, SQLModel

# A text compared by code point, in whatever language's order the database keeps its other texts: SQLite always
# does so, and a range of keys means nothing else.
BY_CODE_POINT = Text().with_variant(Text(collation="C"), "postgresql")

ONCE = {"sqlite_autoincrement": True}
"""Of tables whose ids are given once."""


class Household(SQLModel, table=True):
    """A flat and who lives in it; ``unit`` is canonical (3-1201, 3-2-1201).

    Dates are ISO text, ``quiet_from`` and ``quiet_to`` HH:MM on the property's wall.
    """

    __table_args__ = (
        Index("household_moved_in", "moved_in"),
        Index(
            "household_away",
            "away_to",
            sqlite_where=text("away_from is not null or away_to is not null"),
            postgresql_where=text("away_from is not null or away_to is not null"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    unit: str = Field(sa_type=Text, unique=True)
    building: str = Field(sa_type=Text)
    entrance: str | None = Field(default=None, sa_type=Text)
    room: str = Field(sa_type=Text)
    moved_in: str | None = Field(default=None, sa_type=Text)
    notes: str | None = Field(default=None, sa_type=Text)
    created_at: int = Field(sa_type=BigInteger)
    tenure: str | None = Field(default=None, sa_type=Text)
    people_count: int | None = Field(default=None)
    contact_preference: str | None = Field(default=None, sa_type=Text)
    quiet_from: str | None = Field(default=None, sa_type=Text)
    quiet_to: str | None = Field(default=None, sa_type=Text)
    salutation: str | None = Field(default=None, sa_type=Text)
    language: str | None = Field(default=None, sa_type=Text)
    away_from: str | None = Field(default=None, sa_type=Text)
    away_to: str | None = Field(default=None, sa_type=Text)
    parking: str | None = Field(default=None, sa_type=Text)
    checked_on: str | None = Field(default=None, sa_type=Text)
    moved_out: str | None = Field(default=None, sa_type=Text)


class Member(SQLModel, table=True):
    """A person of a household; the one with the lowest position is greeted first.

    ``birthday`` is 1980-05-06, or --05-06 where the year is not known.
    """

    __table_args__ = ONCE
    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id", index=True, ondelete="CASCADE")
    position: int = Field(default=0)
    name: str = Field(sa_type=Text)
    relation: str | None = Field(default=None, sa_type=Text)
    phone: str | None = Field(default=None, sa_type=Text)
    role: str | None = Field(default=None, sa_type=Text)
    sex: str | None = Field(default=None, sa_type=Text)
    birthday: str | None = Field(default=None, sa_type=Text)
    occupation: str | None = Field(default=None, sa_type=Text)
    employer: str | None = Field(default=None, sa_type=Text)
    background: str | None = Field(default=None, sa_type=Text)
    moved_out: str | None = Field(default=None, sa_type=Text)


class Vehicle(SQLModel, table=True):
    """A vehicle of a household by its plate."""

    __table_args__ = ONCE
    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id", index=True, ondelete="CASCADE")
    plate: str = Field(sa_type=Text)
    model: str | None = Field(default=None, sa_type=Text)
    colour: str | None = Field(default=None, sa_type=Text)


class SearchKey(SQLModel, table=True):
    """One key that finds a household; looked up by ranges of its b-tree only."""

    __tablename__ = "search_key"
    __table_args__ = (Index("search_key_range", "match", "key", "household_id"),)
    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id", index=True, ondelete="CASCADE")
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE")
    match: str = Field(sa_type=Text)
    key: str = Field(sa_column=Column(BY_CODE_POINT, nullable=False))
