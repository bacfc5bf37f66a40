"""Rungs that fired, exactly once each, and the notices to people that come of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class Escalation(SQLModel, table=True):
    """One rung of one generation of a subject (a clock, or a shift that nobody relieves)."""

    __table_args__ = (
        CheckConstraint("subject in ('clock', 'shift')"),
        UniqueConstraint("subject", "subject_id", "generation", "rung"),
    )
    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(default="clock", sa_type=Text)
    subject_id: int
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    generation: int
    rung: int
    role: str = Field(sa_type=Text)
    people: str = Field(sa_type=Text)
    due_at: int = Field(sa_type=BigInteger)
    fired_at: int = Field(sa_type=BigInteger)
    by_hand: bool = Field(default=False, sa_type=Boolean)
    reason: str | None = Field(default=None, sa_type=Text)
    acknowledged_at: int | None = Field(default=None, sa_type=BigInteger)
    acknowledged_by: int | None = Field(default=None, foreign_key="staff.id")
    event_id: int = Field(foreign_key="event.id")


class Outbox(SQLModel, table=True):
    """A notice to one person, to be delivered by whichever desk takes the lease."""

    __table_args__ = (
        UniqueConstraint("event_id", "staff_id"),
        CheckConstraint("state in ('waiting', 'sent', 'dead')"),
    )
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    escalation_id: int = Field(foreign_key="escalation.id")
    staff_id: int = Field(foreign_key="staff.id")
    state: str = Field(default="waiting", sa_type=Text)
    created_at: int = Field(sa_type=BigInteger)
    not_before: int = Field(sa_type=BigInteger, index=True)
    attempts: int = Field(default=0)
    leased_by: str | None = Field(default=None, sa_type=Text)
    leased_until: int | None = Field(default=None, sa_type=BigInteger)
