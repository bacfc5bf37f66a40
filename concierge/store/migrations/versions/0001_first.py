"""The first schema: every table, the triggers that keep the log append-only, and the seeds.

It is written out, not taken from the tables as they are now: history does not change with them.
Constraints have names, without which a later revision could not rebuild their tables whole.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

GENESIS = "0" * 64

# What needs more than a concierge, by the role that may do it.
PERMISSIONS = (
    ("supervisor", "agree.after-breach"),
    ("supervisor", "agree.beyond-cap"),
    ("supervisor", "breach.confirm"),
    ("supervisor", "clock.confirm"),
    ("supervisor", "grade.lower"),
    ("director", "agree.after-breach"),
    ("director", "agree.beyond-cap"),
    ("director", "breach.confirm"),
    ("director", "clock.confirm"),
    ("director", "grade.lower"),
    ("manager", "agree.after-breach"),
    ("manager", "agree.beyond-cap"),
    ("manager", "breach.confirm"),
    ("manager", "clock.confirm"),
    ("manager", "grade.lower"),
)

# An INSERT that replaces a row deletes it without a word to the DELETE trigger: hence the third.
SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER {name} BEFORE {when} BEGIN"
    " SELECT RAISE(ABORT, 'the event log is append-only'); END"
    for name, when in (
        ("event_no_update", "UPDATE ON event"),
        ("event_no_delete", "DELETE ON event"),
        (
            "event_no_replace",
            (
                "INSERT ON event WHEN NEW.id <= (SELECT max(id) FROM event)"
                " OR EXISTS (SELECT 1 FROM event WHERE hash = NEW.hash)"
            ),
        ),
    )
)

POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the event log is append-only'; END $$
    """,
    """
    CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION event_is_append_only()
    """,
    """
    CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()
    """,
)


def upgrade() -> None:
    """Create everything."""
    for create in (
        _calendar_version,
        _chain_head,
        _desk,
        _heartbeat,
        _household,
        _permission,
        _policy_version,
        _property,
        _staff,
        _draft,
        _event,
        _member,
        _shift,
        _ticket,
        _vehicle,
        _approval,
        _clock,
        _escalation,
        _event_personal,
        _search_key,
        _shift_note,
        _outbox,
    ):
        create()
    _triggers()
    _seeds()


def _triggers() -> None:
    by_dialect = {"sqlite": SQLITE_TRIGGERS, "postgresql": POSTGRESQL_TRIGGERS}
    for statement in by_dialect[op.get_context().dialect.name]:
        op.execute(statement)


def _seeds() -> None:
    text, whole = sa.Text(), sa.Integer()
    head = sa.table(
        "chain_head", sa.column("id", whole), sa.column("events", whole), sa.column("hash", text)
    )
    op.bulk_insert(head, [{"id": 1, "events": 0, "hash": GENESIS}])
    permission = sa.table("permission", sa.column("role", text), sa.column("action", text))
    op.bulk_insert(permission, [{"role": role, "action": action} for role, action in PERMISSIONS])


def _calendar_version() -> None:
    op.create_table(
        "calendar_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _chain_head() -> None:
    op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_chain_head_id"),
        sa.PrimaryKeyConstraint("id"),
    )


def _desk() -> None:
    op.create_table(
        "desk",
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _heartbeat() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("desk"),
    )


def _household() -> None:
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False),
        sa.Column("entrance", sa.Text(), nullable=True),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("moved_in", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit", name="uq_household_unit"),
    )


def _permission() -> None:
    op.create_table(
        "permission",
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("role", "action"),
    )


def _policy_version() -> None:
    op.create_table(
        "policy_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _property() -> None:
    op.create_table(
        "property",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_property_id"),
        sa.CheckConstraint("language in ('zh', 'en')", name="ck_property_language"),
        sa.PrimaryKeyConstraint("id"),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("pin", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "role in ('concierge', 'supervisor', 'director', 'manager')", name="ck_staff_role"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
    )
    op.create_index("ix_staff_role", "staff", ["role"])


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["desk"], ["desk.name"], name="fk_draft_desk"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_draft_staff_id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_draft_desk", "draft", ["desk"])


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("personal_digest", sa.Text(), nullable=True),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["staff.id"], name="fk_event_actor_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hash", name="uq_event_hash"),
    )
    op.create_index("ix_event_ticket_id", "event", ["ticket_id"])


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], ondelete="CASCADE", name="fk_member_household_id"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_member_household_id", "member", ["household_id"])


def _shift() -> None:
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("first_event", sa.Integer(), nullable=False),
        sa.Column("last_event", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["desk"], ["desk.name"], name="fk_shift_desk"),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name="fk_shift_ended_by"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_shift_staff_id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_shift_desk", "shift", ["desk"])
    op.create_index(
        "shift_open",
        "shift",
        ["desk"],
        unique=True,
        sqlite_where=sa.text("ended_at is null"),
        postgresql_where=sa.text("ended_at is null"),
    )


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("unit_verified", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("against", sa.Text(), nullable=True),
        sa.Column("about_staff_id", sa.Integer(), nullable=True),
        sa.Column("caller", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("logged_at", sa.BigInteger(), nullable=False),
        sa.Column("logged_late", sa.Boolean(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.Column("counted_from", sa.BigInteger(), nullable=False),
        sa.Column("first_owner_id", sa.Integer(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("linked_to", sa.Text(), nullable=True),
        sa.CheckConstraint("grade in ('ordinary', 'major')", name="ck_ticket_grade"),
        sa.CheckConstraint("kind in ('complaint', 'inquiry', 'errand')", name="ck_ticket_kind"),
        sa.CheckConstraint("state in ('open', 'closed', 'cancelled')", name="ck_ticket_state"),
        sa.ForeignKeyConstraint(["about_staff_id"], ["staff.id"], name="fk_ticket_about_staff_id"),
        sa.ForeignKeyConstraint(["assignee_id"], ["staff.id"], name="fk_ticket_assignee_id"),
        sa.ForeignKeyConstraint(["desk"], ["desk.name"], name="fk_ticket_desk"),
        sa.ForeignKeyConstraint(["first_owner_id"], ["staff.id"], name="fk_ticket_first_owner_id"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], ondelete="SET NULL", name="fk_ticket_household_id"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("day", "sequence", name="uq_ticket_day_sequence"),
        sa.UniqueConstraint("number", name="uq_ticket_number"),
    )
    op.create_index("ticket_household", "ticket", ["household_id", "received_at"])
    op.create_index(
        "ticket_open",
        "ticket",
        ["state"],
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def _vehicle() -> None:
    op.create_table(
        "vehicle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], ondelete="CASCADE", name="fk_vehicle_household_id"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_vehicle_household_id", "vehicle", ["household_id"])


def _approval() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_approval_event_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_approval_staff_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_approval_ticket_id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approval_ticket_id", "approval", ["ticket_id"])


def _clock() -> None:
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("limit", sa.Text(), nullable=False),
        sa.Column("by_agreement", sa.Boolean(), nullable=False),
        sa.Column("at_once", sa.Text(), nullable=True),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("ladder", sa.Text(), nullable=False),
        sa.Column("warning", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("counted_from", sa.BigInteger(), nullable=False),
        sa.Column("agreed_at", sa.BigInteger(), nullable=True),
        sa.Column("agreed_from", sa.BigInteger(), nullable=True),
        sa.Column("agreed_with", sa.Text(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("cap_at", sa.BigInteger(), nullable=True),
        sa.Column("warn_at", sa.BigInteger(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("met_at", sa.BigInteger(), nullable=True),
        sa.Column("met_logged_at", sa.BigInteger(), nullable=True),
        sa.Column("met_by", sa.Integer(), nullable=True),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.Column("breach_generation", sa.Integer(), nullable=True),
        sa.Column("earlier_breach", sa.Boolean(), nullable=False),
        sa.Column("awaits_confirmation", sa.Boolean(), nullable=False),
        sa.Column("next_rung", sa.Integer(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind in ('answer', 'attend', 'resolve')", name="ck_clock_kind"),
        sa.ForeignKeyConstraint(
            ["calendar_version"], ["calendar_version.id"], name="fk_clock_calendar_version"
        ),
        sa.ForeignKeyConstraint(["met_by"], ["staff.id"], name="fk_clock_met_by"),
        sa.ForeignKeyConstraint(
            ["policy_version"], ["policy_version.id"], name="fk_clock_policy_version"
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_clock_ticket_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ticket_id", "kind", name="uq_clock_ticket_id_kind"),
    )
    op.create_index(
        "clock_next",
        "clock",
        ["next_at"],
        sqlite_where=sa.text("next_at is not null"),
        postgresql_where=sa.text("next_at is not null"),
    )
    op.create_index("ix_clock_ticket_id", "clock", ["ticket_id"])


def _escalation() -> None:
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("fired_at", sa.BigInteger(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("subject in ('clock', 'shift')", name="ck_escalation_subject"),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["staff.id"], name="fk_escalation_acknowledged_by"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_escalation_event_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_escalation_ticket_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "subject",
            "subject_id",
            "generation",
            "rung",
            name="uq_escalation_subject_subject_id_generation_rung",
        ),
    )
    op.create_index("ix_escalation_ticket_id", "escalation", ["ticket_id"])


def _event_personal() -> None:
    op.create_table(
        "event_personal",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_personal_event_id"),
        sa.PrimaryKeyConstraint("event_id"),
    )


def _search_key() -> None:
    op.create_table(
        "search_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("match", sa.Text(), nullable=False),
        # By code point, as SQLite compares: no language's order has ranges that begin with the same letters.
        sa.Column(
            "key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            ondelete="CASCADE",
            name="fk_search_key_household_id",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], ondelete="CASCADE", name="fk_search_key_member_id"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_search_key_household_id", "search_key", ["household_id"])
    op.create_index("search_key_range", "search_key", ["match", "key", "household_id"])


def _shift_note() -> None:
    op.create_table(
        "shift_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_shift_note_shift_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_shift_note_staff_id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_shift_note_shift_id", "shift_note", ["shift_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state in ('waiting', 'sent', 'dead')", name="ck_outbox_state"),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalation.id"], name="fk_outbox_escalation_id"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_outbox_event_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_outbox_staff_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_id", "staff_id", name="uq_outbox_event_id_staff_id"),
    )
    op.create_index("ix_outbox_not_before", "outbox", ["not_before"])
