"""Ids that are given once, and how far the search keys are written anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# By table: what the log calls its rows.
PARTS: Mapping[str, str] = MappingProxyType({
    "member": "member", "vehicle": "vehicle", "pet": "pet", "emergency_contact": "contact",
    "fact": "fact", "instruction": "instruction",
})  # fmt: skip


def upgrade() -> None:
    """Let a file remember the last id of each table whose rows are on record, as a server does by itself."""
    for column in ("search_renewing", "search_upto"):
        op.add_column("property", sa.Column(column, sa.Integer(), nullable=True))
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    for table in PARTS:
        with op.batch_alter_table(
            table, recreate="always", table_kwargs={"sqlite_autoincrement": True}
        ):
            pass
    last = _on_record(bind)
    for table, what in PARTS.items():
        _remember(bind, table, last.get(what, 0))


def _on_record(bind: sa.Connection) -> dict[str, int]:
    """The highest id that the log knows of each kind of row, those that are gone among them."""
    last: dict[str, int] = {}
    changed = sa.text("SELECT data FROM event WHERE kind = 'household.changed'")
    for data in bind.execute(changed).scalars():
        said = json.loads(data)
        for what, number in (
            (said.get("what"), said.get("row")),
            ("member", said.get("member_id")),
        ):
            last[what] = max(last.get(what, 0), number or 0)
    members = bind.scalar(sa.text("SELECT max(member_id) FROM event_personal"))
    last["member"] = max(last.get("member", 0), members or 0)
    return last


def _remember(bind: sa.Connection, table: str, last: int) -> None:
    """Have the next id be above ``last``; the rows that are there were counted as they were copied."""
    known = bind.scalar(
        sa.text("SELECT max(seq) FROM sqlite_sequence WHERE name = :name"), {"name": table}
    )
    if last <= (known or 0):
        return
    told = {"name": table, "seq": last}
    bind.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), told)
    bind.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), told)
