"""A PostgreSQL of the test's own: a throw-away cluster behind a socket, with the rows of a store in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, select, text

from concierge.store.tables import Event

OWNER = "desk"
_UNPRIVILEGED = "nobody"  # the server refuses to run as root
# Nothing is to outlive the test, and plans are made from what ANALYZE counted, not whenever it pleases.
_SETTINGS = (
    "-c fsync=off -c full_page_writes=off -c autovacuum=off -c max_connections=20"
    " -c shared_buffers=32MB -c listen_addresses=''"
)


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: on the path, or where Debian and Ubuntu keep them; None without."""
    if os.name == "nt":  # a socket that is a file, and a user to run as, are wanted
        return None
    found = shutil.which("pg_ctl")
    kept = [Path(found)] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return kept[-1].resolve().parent if kept else None


@dataclass(frozen=True)
class Cluster:
    """A running server; ``folder`` holds its data and its socket."""

    programs: Path
    folder: Path

    def engine(self, database: str) -> Engine:
        """Connections to one of its databases."""
        where = {"host": str(self.folder)}
        return create_engine(
            URL.create("postgresql+psycopg", username=OWNER, database=database, query=where)
        )

    @contextmanager
    def database(self, name: str, collation: str | None) -> Iterator[Engine]:
        """A new, empty database that compares texts as a language does (zh), or by code point if None.

        It is the collation that every column has which asks for no other.
        """
        language = f"LOCALE_PROVIDER icu ICU_LOCALE '{collation}'" if collation else "LOCALE 'C'"
        server = self.engine("postgres")
        try:
            with server.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0 {language}")
        finally:
            server.dispose()
        engine = self.engine(name)
        try:
            yield engine
        finally:
            engine.dispose()

    @cached_property
    def compares_by_language(self) -> bool:
        """Whether a whole database can be given a language's order (since version 15)."""
        said = subprocess.check_output([self.programs / "postgres", "--version"], text=True)
        number = re.search("[0-9]+", said)
        return number is not None and int(number[0]) >= 15


@contextmanager
def cluster(programs: Path) -> Iterator[Cluster]:
    """A new server, stopped and taken away at the end whatever happened."""
    # Where another user may go, and short: a socket's path has a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    as_user: dict[str, Any] = {}
    if sys.platform != "win32" and os.geteuid() == 0:
        shutil.chown(folder, _UNPRIVILEGED)
        as_user = {"user": _UNPRIVILEGED, "extra_groups": []}
    data = folder / "data"

    def run(program: str, *words: str) -> None:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        done = subprocess.run(
            [programs / program, "-D", data, *words], cwd="/", env=plain, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **as_user,
        )  # fmt: skip
        log = folder / "log"
        told = log.read_text() if log.exists() else ""
        assert done.returncode == 0, f"{program}: {done.stdout}\n{told}"

    try:
        run("initdb", "-A", "trust", "-U", OWNER, "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", f"{_SETTINGS} -k {folder}")
        try:
            yield Cluster(programs, folder)
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def copy_rows(source: Engine, target: Engine) -> None:
    """Bring every row of a store into tables that are there already, and count on where it stopped."""
    tables = Event.metadata.sorted_tables
    with source.connect() as kept, target.begin() as connection:
        for table in reversed(tables):  # what the first revision sowed
            connection.execute(table.delete())
        for table in tables:
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            cursor = connection.connection.cursor()
            with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as lines:
                for row in kept.execute(select(table)):
                    lines.write_row(tuple(row))
            _count_on(connection, table.name)
    with target.begin() as connection:
        connection.exec_driver_sql("ANALYZE")


def _count_on(connection: Connection, table: str) -> None:
    """Rows were given their numbers: the table's own counter does not know of them."""
    columns = Event.metadata.tables[table].columns
    if "id" not in columns:
        return
    counter = connection.scalar(
        text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": f'"{table}"'}
    )
    if counter:
        last = f"SELECT setval('{counter}', coalesce(max(id), 0) + 1, false) FROM \"{table}\""
        connection.exec_driver_sql(last)
