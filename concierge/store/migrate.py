"""Running Alembic from code, with a copy before and a count after.

Imported only when a store is made or is older than the program.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from concierge.store.backup import copy_of, state_name
from concierge.store.engine import connect, named, sqlite_engine, writing
from concierge.store.files import on_disk, private_folder
from concierge.store.migrations import HERE, Line
from concierge.store.problem import StoreProblem, problem_of


class MiscountError(Exception):
    """A migration lost or made something that it did not declare; the message says what."""


def build(path: Path, line: Line, *, called: Path) -> None:
    """Build the newest schema in an empty file, in WAL mode.

    Args:
        path: The file.
        line: The revisions.
        called: The name that it will have, and that a problem gives.

    Raises:
        StoreProblem: full, read-only.
    """
    engine = sqlite_engine(path)
    try:
        with named(called):
            with closing(connect(path)) as raw:
                raw.execute("PRAGMA journal_mode = WAL")
            with writing(engine).begin() as connection:
                run(connection, line)
    finally:
        engine.dispose()


def upgrade(path: Path, backup_folder: Path, line: Line) -> None:
    """Bring an older store to the newest revision: all of it in one transaction, after a copy.

    The copy is made while the write lock is held, so that it is exactly what was migrated. It is
    named by the revision and the log's state; the same state always has the same name.

    Raises:
        StoreProblem: upgrade-failed (with ``backup`` and ``reason``), or full, locked, damaged,
            read-only (with ``backup`` once there is one); the store is as it was.
    """
    engine = sqlite_engine(path)
    try:
        with named(path), writing(engine).connect() as connection:
            # Without effect inside a transaction, and a table rebuilt must not cascade.
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                if _revision(connection) != line.head:  # else another desk was faster
                    _upgrade_locked(connection, path, backup_folder, line)
    finally:
        engine.dispose()


def run(connection: Connection, line: Line) -> None:
    """Run what is missing on a connection whose transaction has begun; any dialect."""
    config = configuration(line)
    config.attributes["connection"] = connection
    connection.execute(text("SELECT 1"))  # the transaction begins here, not inside Alembic
    command.upgrade(config, line.head)


def configuration(line: Line) -> Config:
    """Alembic's configuration, made in memory."""
    config = Config()
    config.set_main_option("script_location", _literal(str(HERE)))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", _literal("\n".join(map(str, line.folders))))
    return config


def _literal(value: str) -> str:
    """The configuration parser takes a percent sign for a reference."""
    return value.replace("%", "%%")


def _upgrade_locked(connection: Connection, path: Path, backup_folder: Path, line: Line) -> None:
    with on_disk(backup_folder):
        private_folder(backup_folder)
    backup = backup_folder / f"before-{line.head}-{state_name(connection)}.db"
    copy_of(path, backup, force=True)
    try:
        before = Census(connection)
        expected = _declared(_revision(connection), line)
        run(connection, line)
        Census(connection).compare(before, expected)
    except Exception as error:
        values = {"path": str(path), "backup": str(backup), "reason": str(error)}
        problem = problem_of(error, path)
        known = problem is not None and problem.code in {"full", "locked", "read-only"}
        raise StoreProblem(
            problem.code if problem and known else "upgrade-failed", **values
        ) from error


def _revision(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _declared(found: str, line: Line) -> dict[str, int | None]:
    """What the missing revisions say of rows: ``ROWS`` of the module, table to change, None any."""
    scripts = ScriptDirectory.from_config(configuration(line))
    declared: dict[str, int | None] = {}
    for revision in line.revisions[line.revisions.index(found) + 1 :]:
        for table, change in getattr(scripts.get_revision(revision).module, "ROWS", {}).items():
            so_far = declared.get(table, 0)
            declared[table] = None if change is None or so_far is None else so_far + change
    return declared


class Census:
    """What must not change by accident: rows by table, triggers, broken references, integrity."""

    def __init__(self, connection: Connection) -> None:
        quote = connection.dialect.identifier_preparer.quote
        self.rows = {
            table: int(connection.scalar(text(f"SELECT count(*) FROM {quote(table)}")) or 0)  # noqa: S608 - names of the schema
            for table in inspect(connection).get_table_names()
        }
        triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        self.triggers = set(connection.scalars(triggers))
        references = connection.execute(text("PRAGMA foreign_key_check"))
        self.broken = Counter((row[0], row[1], row[2]) for row in references)
        self.integrity = list(connection.scalars(text("PRAGMA integrity_check")))

    def compare(self, before: Census, expected: dict[str, int | None]) -> None:
        """Compare with what was before.

        Raises:
            MiscountError: for the first difference that was not declared.
        """
        for table, rows in before.rows.items():
            change = expected.get(table, 0)
            if change is not None and self.rows.get(table) != rows + change:
                raise MiscountError(f"{table}: {rows} rows before, {self.rows.get(table)} after")
        if lost := sorted(before.triggers - self.triggers):
            raise MiscountError(f"triggers lost: {', '.join(lost)}")
        if broken := sorted((self.broken - before.broken).elements(), key=str):
            raise MiscountError(f"references broken: {broken[:3]}")
        if self.integrity not in (["ok"], before.integrity):
            raise MiscountError(f"integrity: {self.integrity[:3]}")
