"""The household file: what the desk knows of a household, its people, its wishes; whom a half is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PERMISSIONS = (
    ("concierge", "household.reveal"),
    *(
        (role, f"household.{action}")
        for role in ("supervisor", "director", "manager")
        for action in ("export-clear", "forget", "reveal")
    ),
)
# What these rows change in the count of the tables.
ROWS = {"permission": len(PERMISSIONS)}

_HOUSEHOLD = (
    "tenure", "contact_preference", "quiet_from", "quiet_to", "salutation", "language",
    "away_from", "away_to", "parking", "checked_on", "moved_out",
)  # fmt: skip
_MEMBER = ("role", "sex", "birthday", "occupation", "employer", "background", "moved_out")
_AWAY = sa.text("away_from is not null or away_to is not null")


def upgrade() -> None:
    """Add the file beside what a roster brought."""
    for table, columns in (
        ("household", _HOUSEHOLD), ("member", _MEMBER), ("vehicle", ("model", "colour")),
    ):  # fmt: skip
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Text(), nullable=True))
    op.add_column("household", sa.Column("people_count", sa.Integer(), nullable=True))
    op.add_column("property", sa.Column("search_version", sa.Integer(), nullable=True))
    op.create_index("household_moved_in", "household", ["moved_in"])
    op.create_index(
        "household_away", "household", ["away_to"], sqlite_where=_AWAY, postgresql_where=_AWAY
    )
    for whose in ("household", "member"):
        column, said = f"{whose}_id", sa.text(f"{whose}_id is not null")
        op.add_column("event_personal", sa.Column(column, sa.Integer(), nullable=True))
        op.create_index(
            f"event_personal_{whose}",
            "event_personal",
            [column],
            sqlite_where=said,
            postgresql_where=said,
        )
    _care_flag()
    _fact()
    _table("pet", _text("name", needed=True), _text("kind"), _text("note"))
    _table("emergency_contact", _text("name", needed=True), _text("relation"), _text("phone"))
    _instruction()
    permission = sa.table(
        "permission", sa.column("role", sa.Text()), sa.column("action", sa.Text())
    )
    op.bulk_insert(permission, [{"role": role, "action": action} for role, action in PERMISSIONS])


def _text(name: str, *, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=not needed)


def _of_household(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["household_id"], ["household.id"], ondelete="CASCADE", name=f"fk_{table}_household_id"
    )


def _table(name: str, *columns: sa.Column[str] | sa.Column[int]) -> None:
    """A table of rows that belong to a household."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        *columns,
        _of_household(name),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(f"ix_{name}_household_id", name, ["household_id"])


def _care_flag() -> None:
    op.create_table(
        "care_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        _text("flag", needed=True),
        _of_household("care_flag"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("household_id", "flag", name="uq_care_flag"),
    )
    op.create_index("care_flag_of", "care_flag", ["flag", "household_id"])


def _fact() -> None:
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        _text("aspect", needed=True),
        _text("text", needed=True),
        _text("day"),
        _text("source", needed=True),
        _text("noted_on", needed=True),
        _text("written_by", needed=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _text("consent_by"),
        sa.Column("consent_at", sa.BigInteger(), nullable=True),
        _text("consent_scope"),
        sa.CheckConstraint("source in ('said', 'noticed')", name="ck_fact_source"),
        _of_household("fact"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], ondelete="CASCADE", name="fk_fact_member_id"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_fact_household_id", "fact", ["household_id"])
    op.create_index("ix_fact_member_id", "fact", ["member_id"])


def _instruction() -> None:
    _table(
        "instruction",
        _text("text", needed=True),
        *map(_text, ("starts_on", "ends_on", "weekdays", "from_time", "to_time", "given_by")),
        _text("written_by", needed=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
    )
