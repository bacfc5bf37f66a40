"""The handover: planned shifts, what was acknowledged and counted, signed summaries and their copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PERMISSIONS = (
    *((role, "handover.review") for role in ("director", "manager")),
    *((role, "staff.pin") for role in ("supervisor", "director", "manager")),
    *((role, "summary.clear") for role in ("supervisor", "director", "manager")),
)
# What these rows change in the count of the tables.
ROWS = {"permission": len(PERMISSIONS)}


def upgrade() -> None:
    """Add what a handover keeps, and the index by which a period of the log is found."""
    for column in ("planned_from", "planned_until", "relief_at"):
        op.add_column("shift", sa.Column(column, sa.BigInteger(), nullable=True))
    op.add_column("shift", sa.Column("takes_over", sa.Integer(), nullable=True))
    for column in ("summary_hash", "ended_how", "end_reason"):
        op.add_column("shift", _text(column))
    _index("shift_relief", "shift", ["relief_at"], where="relief_at is not null")
    op.create_index("shift_started", "shift", ["desk", "started_at"])
    op.add_column("shift_note", _text("flag"))
    op.add_column("shift_note", _text("unit"))
    op.add_column("shift_note", _number("ticket_id", needed=False))
    op.add_column("shift_note", _number("event_id", needed=False))
    op.create_index("event_at", "event", ["at", "id"])
    _sealed_text()
    _summary_copy()
    _handover()
    _acknowledged()
    permission = sa.table(
        "permission", sa.column("role", sa.Text()), sa.column("action", sa.Text())
    )
    op.bulk_insert(permission, [{"role": role, "action": action} for role, action in PERMISSIONS])


def _text(name: str, *, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=not needed)


def _number(name: str, *, needed: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=not needed)


def _instant(name: str, *, needed: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=not needed)


def _index(name: str, table: str, columns: list[str], *, where: str, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def _sealed_text() -> None:
    op.create_table(
        "sealed_text",
        _number("id"),
        _number("shift_id"),
        _text("place", needed=True),
        _text("salt"),
        _text("text", needed=True),
        _text("unit"),
        _text("ticket"),
        _refers("sealed_text", "shift_id", "shift"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("shift_id", "place", name="uq_sealed_text"),
    )
    op.create_index("ix_sealed_text_shift_id", "sealed_text", ["shift_id"])
    op.create_index("ix_sealed_text_ticket", "sealed_text", ["ticket"])


def _summary_copy() -> None:
    op.create_table(
        "summary_copy",
        _number("id"),
        _number("shift_id"),
        _text("way", needed=True),
        _text("state", needed=True),
        _instant("created_at", needed=True),
        _instant("not_before", needed=True),
        _number("attempts"),
        _instant("settled_at"),
        _text("problem"),
        _text("leased_by"),
        _instant("leased_until"),
        _refers("summary_copy", "shift_id", "shift"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("shift_id", "way", name="uq_summary_copy"),
        sa.CheckConstraint("way in ('folder', 'mail')", name="ck_summary_copy_way"),
        sa.CheckConstraint("state in ('waiting', 'done', 'dead')", name="ck_summary_copy_state"),
    )
    _index("summary_copy_waiting", "summary_copy", ["not_before"], where="state = 'waiting'")


def _handover() -> None:
    op.create_table(
        "handover",
        _number("id"),
        _number("shift_id"),
        _text("state", needed=True),
        _number("incoming_id"),
        _instant("begun_at", needed=True),
        _instant("next_until", needed=True),
        _text("absent"),
        _number("outgoing_by", needed=False),
        _instant("outgoing_at"),
        _text("outgoing_how"),
        _instant("incoming_at"),
        _text("incoming_how"),
        _instant("signed_at"),
        _number("event_id", needed=False),
        _number("reviewed_by", needed=False),
        _instant("reviewed_at"),
        _text("review_how"),
        _text("review"),
        _refers("handover", "shift_id", "shift"),
        _refers("handover", "incoming_id", "staff"),
        _refers("handover", "outgoing_by", "staff"),
        _refers("handover", "reviewed_by", "staff"),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("state in ('open', 'signed', 'dropped')", name="ck_handover_state"),
    )
    _index("handover_of", "handover", ["shift_id"], where="state != 'dropped'", unique=True)


def _acknowledged() -> None:
    op.create_table(
        "handover_matter",
        _number("id"),
        _number("handover_id"),
        _number("ticket_id"),
        sa.Column("grouped", sa.Boolean(), nullable=False),
        _text("why", needed=True),
        _instant("at", needed=True),
        _number("staff_id"),
        _refers("handover_matter", "handover_id", "handover"),
        _refers("handover_matter", "ticket_id", "ticket"),
        _refers("handover_matter", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("handover_id", "ticket_id", name="uq_handover_matter"),
    )
    op.create_index("ix_handover_matter_ticket_id", "handover_matter", ["ticket_id"])
    op.create_table(
        "handover_count",
        _number("id"),
        _number("handover_id"),
        _text("item", needed=True),
        _number("expected", needed=False),
        _number("counted"),
        _text("word"),
        _instant("at", needed=True),
        _number("staff_id"),
        _refers("handover_count", "handover_id", "handover"),
        _refers("handover_count", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("handover_id", "item", name="uq_handover_count"),
    )
