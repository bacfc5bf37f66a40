"""Tickets, their clocks, breaches and approvals, and drafts that outlive a killed terminal."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Ticket(SQLModel, table=True):
    """A complaint, inquiry or errand. ``words`` are never edited after saving.

    ``raise_at`` is when a sweep has to see whether an ordinary complaint has become a major matter;
    ``grade_reason`` is why one did (household, building or unsolved), None when a person said so.
    """

    __table_args__ = (
        CheckConstraint("kind in ('complaint', 'inquiry', 'errand')"),
        CheckConstraint("grade in ('ordinary', 'major')"),
        CheckConstraint("state in ('open', 'closed', 'cancelled')"),
        UniqueConstraint("day", "sequence"),
        Index(
            "ticket_open",
            "state",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ticket_household", "household_id", "received_at"),
        Index("ticket_category", "category", "received_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(sa_type=Text, unique=True)
    day: str = Field(sa_type=Text)
    sequence: int
    desk: str = Field(sa_type=Text, foreign_key="desk.name")
    kind: str = Field(sa_type=Text)
    category: str = Field(sa_type=Text)
    grade: str = Field(sa_type=Text)
    state: str = Field(default="open", sa_type=Text)
    household_id: int | None = Field(default=None, foreign_key="household.id", ondelete="SET NULL")
    unit: str | None = Field(default=None, sa_type=Text)
    unit_verified: bool = Field(default=False, sa_type=Boolean)
    place: str | None = Field(default=None, sa_type=Text)
    words: str = Field(sa_type=Text)
    against: str | None = Field(default=None, sa_type=Text)
    about_staff_id: int | None = Field(default=None, foreign_key="staff.id")
    caller: str | None = Field(default=None, sa_type=Text)
    phone: str | None = Field(default=None, sa_type=Text)
    channel: str = Field(default="desk", sa_type=Text)
    consent: str | None = Field(default=None, sa_type=Text)
    received_at: int = Field(sa_type=BigInteger)
    logged_at: int = Field(sa_type=BigInteger)
    logged_late: bool = Field(default=False, sa_type=Boolean)
    late_reason: str | None = Field(default=None, sa_type=Text)
    counted_from: int = Field(sa_type=BigInteger)
    first_owner_id: int = Field(foreign_key="staff.id")
    assignee_id: int | None = Field(default=None, foreign_key="staff.id")
    closed_at: int | None = Field(default=None, sa_type=BigInteger)
    cause: str | None = Field(default=None, sa_type=Text)
    linked_to: str | None = Field(default=None, sa_type=Text)
    raise_at: int | None = Field(default=None, sa_type=BigInteger)
    grade_reason: str | None = Field(default=None, sa_type=Text)


class Clock(SQLModel, table=True):
    """A limit running on a ticket. ``due_at`` is recomputed, never added to.

    ``next_at`` is when a sweep has to look again (null when nothing runs). ``breach_generation`` is the last
    generation whose breach is on record; ``earlier_breach`` that one before it was broken as well.
    """

    __table_args__ = (
        CheckConstraint("kind in ('answer', 'attend', 'resolve')"),
        UniqueConstraint("ticket_id", "kind"),
        Index(
            "clock_next",
            "next_at",
            sqlite_where=text("next_at is not null"),
            postgresql_where=text("next_at is not null"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    kind: str = Field(sa_type=Text)
    generation: int = Field(default=1)
    limit: str = Field(sa_type=Text)
    by_agreement: bool = Field(default=False, sa_type=Boolean)
    at_once: str | None = Field(default=None, sa_type=Text)
    lead: int = Field(default=0)
    ladder: str = Field(sa_type=Text)
    warning: int = Field(default=75)
    clause: str = Field(default="", sa_type=Text)
    policy_version: int = Field(foreign_key="policy_version.id")
    calendar_version: int = Field(foreign_key="calendar_version.id")
    counted_from: int = Field(sa_type=BigInteger)
    agreed_at: int | None = Field(default=None, sa_type=BigInteger)
    agreed_from: int | None = Field(default=None, sa_type=BigInteger)
    agreed_with: str | None = Field(default=None, sa_type=Text)
    due_at: int = Field(sa_type=BigInteger)
    cap_at: int | None = Field(default=None, sa_type=BigInteger)
    warn_at: int = Field(sa_type=BigInteger)
    provisional: bool = Field(default=False, sa_type=Boolean)
    met_at: int | None = Field(default=None, sa_type=BigInteger)
    met_logged_at: int | None = Field(default=None, sa_type=BigInteger)
    met_by: int | None = Field(default=None, foreign_key="staff.id")
    stopped_at: int | None = Field(default=None, sa_type=BigInteger)
    breach_generation: int | None = Field(default=None)
    earlier_breach: bool = Field(default=False, sa_type=Boolean)
    awaits_confirmation: bool = Field(default=False, sa_type=Boolean)
    next_rung: int | None = Field(default=None)
    next_at: int | None = Field(default=None, sa_type=BigInteger)


class Approval(SQLModel, table=True):
    """Who approved what needs more than a concierge, and why."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    event_id: int = Field(foreign_key="event.id")
    action: str = Field(sa_type=Text)
    staff_id: int = Field(foreign_key="staff.id")
    reason: str = Field(sa_type=Text)
    at: int = Field(sa_type=BigInteger)


class Draft(SQLModel, table=True):
    """An intake that was not saved yet; ``form`` is JSON of what was typed."""

    id: str = Field(primary_key=True, sa_type=Text)
    desk: str = Field(sa_type=Text, foreign_key="desk.name", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    received_at: int = Field(sa_type=BigInteger)
    updated_at: int = Field(sa_type=BigInteger)
    form: str = Field(sa_type=Text)
