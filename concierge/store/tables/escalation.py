"""Rungs that fired, exactly once each, and the notices to people that come of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Escalation(SQLModel, table=True):
    """One rung of one generation of a subject (a clock, or a shift that nobody relieves).

    ``held_until`` is the end of the quiet hours in which the rung fell due, for people who are not woken.
    """

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
    held_until: int | None = Field(default=None, sa_type=BigInteger)
    event_id: int = Field(foreign_key="event.id")


class Outbox(SQLModel, table=True):
    """A notice to one person, to be delivered by whichever desk or watcher takes the lease.

    ``waiting`` until it was delivered by every way that leads to the person (``sent``; ``delivered`` holds
    the ways done so far, as JSON), found to have no way but the desk's own screen (``screen``), or given up
    (``dead``). ``send_from`` is when it might first be sent, ``not_before`` the next try; ``problem`` is a
    code, never what a server said.
    """

    __table_args__ = (
        UniqueConstraint("event_id", "staff_id"),
        CheckConstraint("state in ('waiting', 'sent', 'screen', 'dead')"),
        Index(
            "outbox_waiting",
            "not_before",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "outbox_dead",
            "settled_at",
            sqlite_where=text("state = 'dead'"),
            postgresql_where=text("state = 'dead'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    escalation_id: int = Field(foreign_key="escalation.id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    state: str = Field(default="waiting", sa_type=Text)
    created_at: int = Field(sa_type=BigInteger)
    send_from: int = Field(sa_type=BigInteger)
    not_before: int = Field(sa_type=BigInteger)
    attempts: int = Field(default=0)
    delivered: str = Field(default="[]", sa_type=Text)
    problem: str | None = Field(default=None, sa_type=Text)
    settled_at: int | None = Field(default=None, sa_type=BigInteger)
    leased_by: str | None = Field(default=None, sa_type=Text)
    leased_until: int | None = Field(default=None, sa_type=BigInteger)


class PhoneCall(SQLModel, table=True):
    """Somebody was told of a ticket by phone: whom, when, and which member of staff rang."""

    __tablename__ = "phone_call"
    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    whom: str = Field(sa_type=Text)
    at: int = Field(sa_type=BigInteger)
    staff_id: int = Field(foreign_key="staff.id")
    event_id: int = Field(foreign_key="event.id")
