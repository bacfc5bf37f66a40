"""The rest of a household's file: care, facts, pets, whom to ring in an emergency, instructions."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from concierge.store.tables.household import ONCE


class CareFlag(SQLModel, table=True):
    """Why a household needs more care: lives-alone, infant, pregnant, limited-mobility."""

    __tablename__ = "care_flag"
    __table_args__ = (
        UniqueConstraint("household_id", "flag"),
        Index("care_flag_of", "flag", "household_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id", ondelete="CASCADE")
    flag: str = Field(sa_type=Text)


class Fact(SQLModel, table=True):
    """What the desk knows of a household or of one member: its aspect, where from, and who wrote it when.

    ``day`` is the yearly or single date of a key date. Consent is who gave it, the instant and for what.
    """

    __table_args__ = (CheckConstraint("source in ('said', 'noticed')"), ONCE)
    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id", index=True, ondelete="CASCADE")
    member_id: int | None = Field(
        default=None, foreign_key="member.id", index=True, ondelete="CASCADE"
    )
    aspect: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    day: str | None = Field(default=None, sa_type=Text)
    source: str = Field(sa_type=Text)
    noted_on: str = Field(sa_type=Text)
    written_by: str = Field(sa_type=Text)
    at: int = Field(sa_type=BigInteger)
    consent_by: str | None = Field(default=None, sa_type=Text)
    consent_at: int | None = Field(default=None, sa_type=BigInteger)
    consent_scope: str | None = Field(default=None, sa_type=Text)


class Pet(SQLModel, table=True):
    """An animal of a household."""

    __table_args__ = ONCE
    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id", index=True, ondelete="CASCADE")
    name: str = Field(sa_type=Text)
    kind: str | None = Field(default=None, sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)


class EmergencyContact(SQLModel, table=True):
    """Whom to ring when something happens to a household."""

    __tablename__ = "emergency_contact"
    __table_args__ = ONCE
    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id", index=True, ondelete="CASCADE")
    name: str = Field(sa_type=Text)
    relation: str | None = Field(default=None, sa_type=Text)
    phone: str | None = Field(default=None, sa_type=Text)


class Instruction(SQLModel, table=True):
    """What a household asks of the desk, from day to day, on some weekdays, between hours of the wall.

    ``weekdays`` is "2,4" (Monday is 1), nothing for every day; ``ended_at`` is when somebody took it back.
    """

    __table_args__ = ONCE
    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id", index=True, ondelete="CASCADE")
    text: str = Field(sa_type=Text)
    starts_on: str | None = Field(default=None, sa_type=Text)
    ends_on: str | None = Field(default=None, sa_type=Text)
    weekdays: str | None = Field(default=None, sa_type=Text)
    from_time: str | None = Field(default=None, sa_type=Text)
    to_time: str | None = Field(default=None, sa_type=Text)
    given_by: str | None = Field(default=None, sa_type=Text)
    written_by: str = Field(sa_type=Text)
    at: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)
