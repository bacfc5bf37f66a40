"""Shifts at a desk, the notes kept during them, and the copies of their summaries."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Shift(SQLModel, table=True):
    """A shift: at most one is open at a desk.

    ``first_event`` is the last event of the shift before, ``last_event`` the one that ended this shift: its
    figures are what was recorded in between. ``summary`` is JSON, kept as it stood at the end; what people
    typed lies beside it in ``sealed_text``. ``summary_hash`` is the SHA-256 of that JSON, which the event that
    ended the shift holds too.

    ``planned_from`` and ``planned_until`` are the policy's; ``relief_at`` is when a sweep has to see whether
    somebody relieved it, null once it has ended; ``takes_over`` is the shift that was taken over.
    ``ended_how``: "handover" signed by both, "absent" taken over without the one who went, "alone" ended with
    nobody to take over; ``end_reason`` is what was said of the latter two.
    """

    __table_args__ = (
        Index(
            "shift_open",
            "desk",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
        Index(
            "shift_relief",
            "relief_at",
            sqlite_where=text("relief_at is not null"),
            postgresql_where=text("relief_at is not null"),
        ),
        Index("shift_started", "desk", "started_at"),
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
    summary_hash: str | None = Field(default=None, sa_type=Text)
    planned_from: int | None = Field(default=None, sa_type=BigInteger)
    planned_until: int | None = Field(default=None, sa_type=BigInteger)
    relief_at: int | None = Field(default=None, sa_type=BigInteger)
    takes_over: int | None = Field(default=None)
    ended_how: str | None = Field(default=None, sa_type=Text)
    end_reason: str | None = Field(default=None, sa_type=Text)


class ShiftNote(SQLModel, table=True):
    """A line of the shift's running log.

    ``flag`` marks it for the next shift, for the director, or as a resident's thanks; ``unit`` and
    ``ticket_id`` say what it is about.
    """

    __tablename__ = "shift_note"
    id: int | None = Field(default=None, primary_key=True)
    shift_id: int = Field(foreign_key="shift.id", index=True)
    staff_id: int = Field(foreign_key="staff.id")
    at: int = Field(sa_type=BigInteger)
    text: str = Field(sa_type=Text)
    flag: str | None = Field(default=None, sa_type=Text)
    unit: str | None = Field(default=None, sa_type=Text)
    ticket_id: int | None = Field(default=None)
    event_id: int | None = Field(default=None)


class SealedText(SQLModel, table=True):
    """What a person typed that stands in a signed summary, beside its digest in there.

    ``place`` is where it stands in the summary's JSON ("carried/3/words"). ``salt`` is null once somebody was
    forgotten in it: the digest then proves nothing any more, and ``text`` is what is left.
    """

    __tablename__ = "sealed_text"
    __table_args__ = (UniqueConstraint("shift_id", "place"),)
    id: int | None = Field(default=None, primary_key=True)
    shift_id: int = Field(foreign_key="shift.id", index=True)
    place: str = Field(sa_type=Text)
    salt: str | None = Field(default=None, sa_type=Text)
    text: str = Field(sa_type=Text)
    unit: str | None = Field(default=None, sa_type=Text)
    ticket: str | None = Field(default=None, sa_type=Text, index=True)


class SummaryCopy(SQLModel, table=True):
    """A copy of a signed summary that is to be put into a folder or sent by e-mail.

    ``way`` is "folder" or "mail"; ``state`` waiting, done or dead (given up); ``problem`` is a code, never what
    a server said. ``delivered`` holds the keys of the addresses that have it, a JSON list. Leases as notices
    have them.
    """

    __tablename__ = "summary_copy"
    __table_args__ = (
        UniqueConstraint("shift_id", "way"),
        CheckConstraint("way in ('folder', 'mail')"),
        CheckConstraint("state in ('waiting', 'done', 'dead')"),
        Index(
            "summary_copy_waiting",
            "not_before",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    shift_id: int = Field(foreign_key="shift.id")
    way: str = Field(sa_type=Text)
    state: str = Field(default="waiting", sa_type=Text)
    created_at: int = Field(sa_type=BigInteger)
    not_before: int = Field(sa_type=BigInteger)
    attempts: int = Field(default=0)
    settled_at: int | None = Field(default=None, sa_type=BigInteger)
    problem: str | None = Field(default=None, sa_type=Text)
    leased_by: str | None = Field(default=None, sa_type=Text)
    leased_until: int | None = Field(default=None, sa_type=BigInteger)
    delivered: str = Field(
        default="[]", sa_type=Text, sa_column_kwargs={"server_default": text("'[]'")}
    )


class Handover(SQLModel, table=True):
    """The handover of one shift to whoever takes over; at most one of a shift is under way or signed.

    ``absent``: why whoever goes does not sign; null when both sign. The three ``…_how`` are "name" or
    "pin". ``next_until`` is the planned end of the shift that takes over.
    """

    __table_args__ = (
        CheckConstraint("state in ('open', 'signed', 'dropped')"),
        Index(
            "handover_of",
            "shift_id",
            unique=True,
            sqlite_where=text("state != 'dropped'"),
            postgresql_where=text("state != 'dropped'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    shift_id: int = Field(foreign_key="shift.id")
    state: str = Field(default="open", sa_type=Text)
    incoming_id: int = Field(foreign_key="staff.id")
    begun_at: int = Field(sa_type=BigInteger)
    next_until: int = Field(sa_type=BigInteger)
    absent: str | None = Field(default=None, sa_type=Text)
    outgoing_by: int | None = Field(default=None, foreign_key="staff.id")
    outgoing_at: int | None = Field(default=None, sa_type=BigInteger)
    outgoing_how: str | None = Field(default=None, sa_type=Text)
    incoming_at: int | None = Field(default=None, sa_type=BigInteger)
    incoming_how: str | None = Field(default=None, sa_type=Text)
    signed_at: int | None = Field(default=None, sa_type=BigInteger)
    event_id: int | None = Field(default=None)
    reviewed_by: int | None = Field(default=None, foreign_key="staff.id")
    reviewed_at: int | None = Field(default=None, sa_type=BigInteger)
    review_how: str | None = Field(default=None, sa_type=Text)
    review: str | None = Field(default=None, sa_type=Text)


class HandoverMatter(SQLModel, table=True):
    """An open matter that whoever takes over has acknowledged: by itself, or ``grouped`` with the rest.

    ``why`` is why it was by itself ("overdue due"), by which one that is worse since then is told.
    """

    __tablename__ = "handover_matter"
    __table_args__ = (UniqueConstraint("handover_id", "ticket_id"),)
    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id")
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    grouped: bool = Field(default=False, sa_type=Boolean)
    why: str = Field(default="", sa_type=Text)
    at: int = Field(sa_type=BigInteger)
    staff_id: int = Field(foreign_key="staff.id")


class HandoverCount(SQLModel, table=True):
    """What was counted of one thing; ``word`` explains a difference from ``expected``."""

    __tablename__ = "handover_count"
    __table_args__ = (UniqueConstraint("handover_id", "item"),)
    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id")
    item: str = Field(sa_type=Text)
    expected: int | None = Field(default=None)
    counted: int
    word: str | None = Field(default=None, sa_type=Text)
    at: int = Field(sa_type=BigInteger)
    staff_id: int = Field(foreign_key="staff.id")
