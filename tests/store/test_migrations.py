"""The shipped revisions make the tables as they are; an older store is brought along safely."""

from __future__ import annotations

import importlib.util
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text
from sqlmodel import SQLModel

import concierge.store.tables  # noqa: F401 - the metadata knows them once they are imported
from concierge.domain.roles import ROLES, allowed
from concierge.store.audit import GENESIS
from concierge.store.chain import check_chain, head
from concierge.store.engine import FILE_NAME, Store
from concierge.store.migrate import configuration, upgrade
from concierge.store.migrations import SHIPPED, Line
from concierge.store.opening import open_store, revision_of
from concierge.store.problem import StoreProblem

AddEvents = Callable[[Store, int], None]

GOOD = """
    op.add_column("desk", sa.Column("floor", sa.Text(), nullable=True))
    with op.batch_alter_table("staff") as batch:
        batch.alter_column("phone", new_column_name="telephone")
"""


def next_line(tmp_path: Path, body: str, rows: str = "{}") -> Line:
    """The shipped revisions and a made-up one after them."""
    folder = tmp_path / "made_up"
    folder.mkdir(exist_ok=True)
    (folder / "9000_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9000'\ndown_revision = '{SHIPPED.head}'\nROWS = {rows}\n"
        f"def upgrade():\n    {body.strip()}\n"
    )
    return Line((*SHIPPED.revisions, "9000"), (*SHIPPED.folders, folder))


def filled(home: Path, add_events: AddEvents) -> None:
    """Something that a migration could lose: events, staff, and a ticket that points to staff."""
    store = open_store(home)
    with store.write() as session:
        session.execute(text("INSERT INTO desk (name) VALUES ('Lobby 1')"))
        session.execute(
            text(
                "INSERT INTO staff (id, name, role, phone, active)"
                " VALUES (1, '陈丽', 'concierge', '138', 1)"
            )
        )
        session.execute(
            text(
                "INSERT INTO shift (desk, staff_id, started_at, first_event)"
                " VALUES ('Lobby 1', 1, 0, 0)"
            )
        )
    add_events(store, 3)
    store.close()


def dump(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        return list(raw.iterdump())


def test_the_shipped_line_is_what_lies_in_the_folder() -> None:
    scripts = ScriptDirectory.from_config(configuration(SHIPPED))
    found = tuple(script.revision for script in scripts.walk_revisions())[::-1]
    assert found == SHIPPED.revisions
    assert scripts.get_current_head() == SHIPPED.head


def test_migrating_makes_the_tables_as_they_are_declared(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, SQLModel.metadata)
    listed = "\n".join(map(str, differences))
    assert not differences, f"the migrations do not make the tables as declared:\n{listed}"


@pytest.mark.parametrize(
    "what",
    ["check_constraints", "unique_constraints", "foreign_keys", "indexes", "pk_constraint"],
)
def test_migrating_makes_what_holds_the_tables_together_as_declared(
    store: Store, what: str
) -> None:
    def described(engine: Engine, table: str) -> list[str]:
        found = getattr(inspect(engine), f"get_{what}")(table)
        rows = found if isinstance(found, list) else [found]
        for row in rows:
            condition = row.get("dialect_options", {}).pop("sqlite_where", "")
            row["where"] = str(condition)
        # Only the migrations name what can be rebuilt; indexes have names everywhere.
        return sorted(
            str({**row, "name": row["name"] if what == "indexes" else ""}) for row in rows
        )

    declared = create_engine("sqlite://")
    SQLModel.metadata.create_all(declared)
    for table in SQLModel.metadata.tables:
        migrated, wanted = described(store.engine, table), described(declared, table)
        assert migrated == wanted, f"{table}: the {what} of the migrations differ"


def test_a_new_store_starts_with_an_empty_chain_and_what_roles_may_do(store: Store) -> None:
    with store.read() as session:
        assert head(session) == (0, GENESIS)
        rows = {tuple(row) for row in session.execute(text("SELECT role, action FROM permission"))}
    assert rows == {(role, action) for role in ROLES for action in allowed(role)}


def test_the_first_revision_can_be_said_to_postgresql() -> None:
    path = SHIPPED.folders[0] / "0001_first.py"
    spec = importlib.util.spec_from_file_location("first", path)
    assert spec is not None and spec.loader is not None  # noqa: PT018 - for the type checker
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    said = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said}
    )
    with Operations.context(context):
        module.upgrade()
    assert "CREATE TABLE event (" in said.getvalue()
    assert "BEFORE UPDATE OR DELETE ON event" in said.getvalue()
    assert "RAISE(ABORT" not in said.getvalue()


def test_an_older_store_is_copied_then_migrated_and_keeps_everything(
    home: Path, tmp_path: Path, add_events: AddEvents
) -> None:
    filled(home, add_events)
    before = dump(home)
    line = next_line(tmp_path, GOOD)
    store = open_store(home, line=line)
    with store.read() as session:
        assert session.execute(text("SELECT telephone FROM staff")).scalar() == "138"
        assert session.execute(text("SELECT count(*) FROM shift")).scalar() == 1
        assert session.connection().scalar(text("PRAGMA foreign_keys")) == 1
        assert list(check_chain(session)) == []
        events, chain = head(session)
    store.close()
    assert revision_of(home / FILE_NAME, line) == "9000"
    kept = home / "backups" / f"before-9000-{events:06}-{chain[:8]}.db"
    assert list((home / "backups").iterdir()) == [kept]
    with closing(sqlite3.connect(kept)) as raw:
        assert list(raw.iterdump()) == before


def test_the_copy_goes_where_it_is_told(home: Path, tmp_path: Path) -> None:
    open_store(home, backup_folder=tmp_path / "kept", line=next_line(tmp_path, GOOD)).close()
    assert len(list((tmp_path / "kept").iterdir())) == 1
    assert not (home / "backups").exists()


def test_a_migrated_store_is_not_migrated_or_copied_again(home: Path, tmp_path: Path) -> None:
    line = next_line(tmp_path, GOOD)
    open_store(home, line=line).close()
    before = dump(home)
    open_store(home, line=line).close()
    assert dump(home) == before
    assert len(list((home / "backups").iterdir())) == 1


def test_a_desk_that_comes_second_finds_it_done(home: Path, tmp_path: Path) -> None:
    upgrade(home / FILE_NAME, tmp_path / "kept", SHIPPED)
    assert not (tmp_path / "kept").exists()


def test_rows_that_a_revision_declares_may_come(home: Path, tmp_path: Path) -> None:
    body = "op.execute(\"INSERT INTO permission VALUES ('manager', 'new')\")"
    open_store(home, line=next_line(tmp_path, body, rows="{'permission': 1}")).close()
    assert "INSERT INTO \"permission\" VALUES('manager','new');" in dump(home)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("op.execute('DELETE FROM staff')", "staff: 1 rows before, 0 after"),
        ("op.drop_table('shift_note')", "shift_note: 0 rows before, None after"),
        ("op.execute('UPDATE shift SET staff_id = 77')", "references broken"),
        ("op.execute('DROP TRIGGER event_no_delete')", "triggers lost: event_no_delete"),
        ("op.execute('DELETE FROM event')", "the event log is append-only"),
        (GOOD + "    raise RuntimeError('half-way')", "half-way"),
    ],
)
def test_a_failed_migration_leaves_the_store_as_it_was_and_names_the_copy(
    home: Path, tmp_path: Path, add_events: AddEvents, body: str, reason: str
) -> None:
    filled(home, add_events)
    before = dump(home)
    with pytest.raises(StoreProblem) as raised:
        open_store(home, line=next_line(tmp_path, body))
    assert raised.value.code == "upgrade-failed"
    assert reason in str(raised.value.values["reason"])
    assert dump(home) == before
    assert Path(str(raised.value.values["backup"])).is_file()
    open_store(home).close()  # the older program still opens it


def test_a_store_that_cannot_be_written_is_not_migrated(home: Path, tmp_path: Path) -> None:
    (home / FILE_NAME).chmod(0o444)
    with pytest.raises(StoreProblem) as raised:
        open_store(home, line=next_line(tmp_path, GOOD))
    assert raised.value.code == "read-only"
    assert not (home / "backups").exists()


def test_the_log_refuses_to_be_changed(store: Store, add_events: AddEvents) -> None:
    add_events(store, 2)
    for statement in (
        "UPDATE event SET kind = 'x' WHERE id = 1",
        "DELETE FROM event WHERE id = 2",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE id = 1",
        "UPDATE OR REPLACE event SET id = 2 WHERE id = 1",
    ):
        with (
            pytest.raises(Exception, match="the event log is append-only"),
            store.write() as session,
        ):
            session.execute(text(statement))
    with store.read() as session:
        assert list(check_chain(session)) == []
