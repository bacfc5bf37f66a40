"""Opening the store of a home folder, and making a new one.

A current store costs one small read; Alembic is imported only when there is something to migrate.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from concierge.domain.refusal import Refusal
from concierge.store.engine import FILE_NAME, Store, connect, is_writable, named, sqlite_engine
from concierge.store.files import on_disk, private_file, private_folder, publish
from concierge.store.migrations import SHIPPED, Line
from concierge.store.problem import StoreProblem

BACKUPS = "backups"


def open_store(home: Path, *, backup_folder: Path | None = None, line: Line = SHIPPED) -> Store:
    """Open the store of a home folder; an older one is migrated after a backup.

    A store marked read-only opens too; what writes to it is refused.

    Args:
        home: The folder with the store's file.
        backup_folder: Where the copy goes before migrating, the home's ``backups`` if None.
        line: The revisions known; other than the shipped ones only in tests.

    Raises:
        StoreProblem: missing, damaged, newer (with ``found`` and ``known``), locked; read-only or
            upgrade-failed when it has to be migrated.
    """
    path = home / FILE_NAME
    found = revision_of(path, line)
    if found != line.head:
        if not is_writable(path):
            raise StoreProblem("read-only", path=str(path))
        from concierge.store.migrate import upgrade

        upgrade(path, backup_folder or home / BACKUPS, line)
    elif is_writable(path):
        with named(path), closing(connect(path)) as raw:
            _keep_log(raw)
            _forget_statistics(raw)
    return Store(sqlite_engine(path), path)


def create_store(home: Path, *, line: Line = SHIPPED) -> Store:
    """Make a new, empty store: the folder 0700 if it is new or empty, the file 0600.

    It is built beside its place and named when it is complete.

    Raises:
        Refusal: ``store.exists`` with ``path``.
        StoreProblem: read-only, full.
    """
    path = home / FILE_NAME
    if path.exists():
        raise Refusal("store.exists", path=str(path))
    from concierge.store.migrate import build

    with on_disk(path):
        private_folder(home)
        fresh = private_file(path)
        try:
            build(fresh, line, called=path)
            publish(fresh, path, force=False, refusal="store.exists")
        finally:
            fresh.unlink(missing_ok=True)
    return Store(sqlite_engine(path), path)


def revision_of(path: Path, line: Line = SHIPPED) -> str:
    """The revision of a store's file, one of the line's.

    Raises:
        StoreProblem: missing; damaged (no store at all); newer (with ``found`` and ``known``);
            locked.
    """
    if not path.exists():
        raise StoreProblem("missing", path=str(path))
    if not path.is_file() or not path.stat().st_size:
        raise StoreProblem("damaged", path=str(path))
    with named(path), closing(connect(path)) as raw:
        found = _versions(raw)
        if len(found) != 1:
            raise StoreProblem("damaged", path=str(path))
        if found[0] not in line.revisions:
            raise StoreProblem("newer", path=str(path), found=found[0], known=line.head)
    return found[0]


def _keep_log(raw: sqlite3.Connection) -> None:
    """A backup that somebody put in place by hand is not in WAL mode yet."""
    if raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        raw.execute("PRAGMA journal_mode = WAL")


def _forget_statistics(raw: sqlite3.Connection) -> None:
    """Drop what ANALYZE left that somebody ran by hand: it tells of the store as it was on that day.

    A store that was young then would for ever after be read from end to end, for few rows are quicker read so.
    Without statistics SQLite takes the indexes that the questions were made for.
    """
    left = "SELECT name FROM sqlite_master WHERE name IN ('sqlite_stat1', 'sqlite_stat4')"
    for (name,) in raw.execute(left).fetchall():  # another desk that opens may drop it first
        raw.execute(f"DROP TABLE IF EXISTS {name}")


def _versions(raw: sqlite3.Connection) -> list[str]:
    return [row[0] for row in raw.execute("SELECT version_num FROM alembic_version LIMIT 2")]
