"""Opening the store: SQLite made durable, writers one at a time, and problems named.

SQLite runs in WAL mode with synchronous=FULL and foreign keys on; a writer says BEGIN IMMEDIATE, so
that two desks wait for each other instead of failing half-way. At a server they wait for the head of the
log, and a reader asks for one state of the store by name.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from concierge.paths import STORE_NAME
from concierge.store.problem import StoreProblem, problem_of

FILE_NAME = STORE_NAME
_BUSY_MILLISECONDS = 10_000
_WRITE = "concierge_write"
# Whoever writes holds the head of the log until the end: what is read then is what others left behind.
_IN_TURN = text("SELECT events FROM chain_head WHERE id = 1 FOR UPDATE")
# A question with its values by name, and its rows.
Ask = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]


class Store:
    """A store that is open: sessions for reading and for writing.

    Nothing read through a session outlives it; services hand out frozen views.
    """

    def __init__(self, engine: Engine, path: Path | None) -> None:
        self.engine = engine
        self.path = path
        self._writing = writing(engine)
        self._reading = engine
        if path is None:  # a server, where each question would see another state
            self._reading = engine.execution_options(isolation_level="REPEATABLE READ")
        self._eye: sqlite3.Connection | None = None
        self._looking = Lock()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one consistent state of the store.

        Raises:
            StoreProblem: when the store cannot be read.
        """
        with named(self.path), Session(self._reading) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one write transaction: committed whole at the end, or not at all.

        Raises:
            StoreProblem: locked, read-only, full or damaged; nothing was written then.
        """
        if self.path is not None:
            refuse_read_only(self.path)
        with (
            named(self.path),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()
            if self.path is None:
                session.execute(_IN_TURN)
            yield session

    def glance(self, sql: str) -> Any:
        """The one value of a question that is asked every second, past sessions: twenty times as fast.

        Raises:
            StoreProblem: when the store cannot be read.
        """
        row = self.glance_row(sql)
        return None if row is None else row[0]

    def glance_row(self, sql: str) -> Any:
        """The first row of such a question, None without one; as ``glance``."""
        if self.path is None:
            with self.read() as session:
                return session.execute(text(sql)).first()
        with named(self.path), self._looking:
            if self._eye is None:
                self._eye = connect(self.path)
            return self._eye.execute(sql).fetchone()

    @contextmanager
    def glancing(self) -> Iterator[Ask]:
        """Questions that are asked at each key typed, all of one state of the store; as ``glance``.

        Raises:
            StoreProblem: when the store cannot be read.
        """
        if self.path is None:
            with self.read() as session:
                yield lambda sql, values: [tuple(row) for row in session.execute(text(sql), values)]
            return
        with named(self.path), self._looking:
            eye = self._eye = self._eye or connect(self.path)
            eye.execute("BEGIN")
            try:
                yield lambda sql, values: eye.execute(sql, values).fetchall()
            finally:
                eye.execute("ROLLBACK")

    def close(self) -> None:
        """Let go of every connection."""
        with self._looking:
            if self._eye is not None:
                self._eye.close()
                self._eye = None
        self.engine.dispose()


def sqlite_engine(path: Path) -> Engine:
    """An engine on a SQLite file that exists when the first connection is made."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=lambda: connect(path),
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock at their first word."""
    return engine.execution_options(**{_WRITE: True})


def connect(path: Path) -> sqlite3.Connection:
    """A raw connection to a SQLite file, which is never created by looking for it.

    A file that may not be written, or that lies in such a folder, is read without the side files
    that WAL wants to write, unless a log is there that has to be read along.

    Raises:
        StoreProblem: missing.
        sqlite3.Error: whatever else SQLite says.
    """
    if not path.exists():
        raise StoreProblem("missing", path=str(path))
    mode = "rw"
    if not is_writable(path):
        log = Path(f"{path}-wal")
        mode = "ro" if log.exists() and log.stat().st_size else "ro&immutable=1"
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_BUSY_MILLISECONDS / 1000,
        isolation_level=None,
        check_same_thread=False,
    )


def is_writable(path: Path) -> bool:
    """Whether a file may be written: by its marks, by the system, and with side files beside it."""
    marked = path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    return bool(marked) and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def refuse_read_only(path: Path) -> None:
    """A store marked read-only stays as it is, even for a user whom the system would let write.

    Raises:
        StoreProblem: read-only.
    """
    if path.exists() and not is_writable(path):
        raise StoreProblem("read-only", path=str(path))


def _prepare(raw: sqlite3.Connection, _record: object) -> None:
    """Every new connection: nothing is left to defaults."""
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
    cursor.close()


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def named(path: Path | None) -> Iterator[None]:
    """Turn what the driver says of a broken, full or locked store into a StoreProblem.

    Raises:
        StoreProblem: in place of the driver's error; a fault of the program passes as it is.
    """
    try:
        yield
    except StoreProblem as known:
        if not known.values.get("path"):
            known.values["path"] = str(path or "")
        raise
    except (DatabaseError, sqlite3.DatabaseError) as error:
        problem = problem_of(error, path)
        if problem is None:
            raise
        raise problem from error
