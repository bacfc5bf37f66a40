"""Reaching people: quiet hours, deliveries, calls by phone, gaps in the watch, matters that were raised.

Notices written before anything could be delivered are old news: they count as told on the screen.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what escalation that reaches people keeps."""
    op.add_column("escalation", sa.Column("held_until", sa.BigInteger(), nullable=True))
    op.add_column("heartbeat", sa.Column("gap_from", sa.BigInteger(), nullable=True))
    op.add_column("heartbeat", sa.Column("gap_until", sa.BigInteger(), nullable=True))
    op.add_column("ticket", sa.Column("raise_at", sa.BigInteger(), nullable=True))
    op.add_column("ticket", sa.Column("grade_reason", sa.Text(), nullable=True))
    op.create_index("ticket_category", "ticket", ["category", "received_at"])
    _phone_call()
    _outbox()


def _phone_call() -> None:
    op.create_table(
        "phone_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_phone_call_event_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_phone_call_staff_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_phone_call_ticket_id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_phone_call_ticket_id", "phone_call", ["ticket_id"])


def _outbox() -> None:
    op.drop_index("ix_outbox_not_before", "outbox")
    op.rename_table("outbox", "outbox_before")
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("send_from", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'sent', 'screen', 'dead')", name="ck_outbox_delivery"
        ),
        sa.ForeignKeyConstraint(["escalation_id"], ["escalation.id"], name="fk_outbox_escalation"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_outbox_event"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_outbox_staff"),
        sa.PrimaryKeyConstraint("id", name="outbox_key"),
        sa.UniqueConstraint("event_id", "staff_id", name="uq_outbox_notice"),
    )
    op.execute(
        "INSERT INTO outbox (id, event_id, escalation_id, staff_id, state, created_at, send_from,"
        " not_before, attempts, delivered, settled_at)"
        " SELECT id, event_id, escalation_id, staff_id, 'screen', created_at, not_before,"
        " not_before, attempts, '[]', created_at FROM outbox_before"
    )
    op.drop_table("outbox_before")
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["not_before"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "outbox_dead",
        "outbox",
        ["settled_at"],
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    )
    op.create_index("ix_outbox_escalation_id", "outbox", ["escalation_id"])
