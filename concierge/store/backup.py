"""Copies of a store: by SQLite's online backup, whole and checked before they get their name."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import Session

from concierge.domain.refusal import Refusal
from concierge.store.chain import check_chain, head
from concierge.store.engine import FILE_NAME, Store, connect, is_writable, named, sqlite_engine
from concierge.store.files import SIDE_FILES, on_disk, private_file, private_folder, publish
from concierge.store.migrations import SHIPPED, Line
from concierge.store.opening import BACKUPS, revision_of
from concierge.store.problem import StoreProblem, problem_of

_PAGES = 2_000
_HEADER = b"SQLite format 3\0"  # how each of SQLite's files begins
Progress = Callable[[int, int], None]


def backup(
    store: Store, target: Path, *, force: bool = False, progress: Progress | None = None
) -> None:
    """Copy a store that may be in use to one file, mode 0600, that opens anywhere.

    Args:
        store: The store.
        target: The copy's path.
        force: Whether another file of that name is replaced.
        progress: Called now and then with pages copied and pages in all; what it raises ends the
            copy and leaves nothing.

    Raises:
        Refusal: ``output.exists``, ``output.no-folder``, ``output.is-store``, each with ``path``;
            ``backup.no-file`` when the store is not a file.
        StoreProblem: damaged, full, read-only.
    """
    if store.path is None:
        raise Refusal("backup.no-file")
    if not target.parent.is_dir():
        raise Refusal("output.no-folder", path=str(target.parent))
    itself = target.exists() and target.samefile(store.path)
    if itself or target.absolute() in (Path(f"{store.path.absolute()}{end}") for end in SIDE_FILES):
        raise Refusal("output.is-store", path=str(target))
    if target.is_dir() or (target.exists() and not force):
        raise Refusal("output.exists", path=str(target))
    copy_of(store.path, target, force=force, progress=progress)


def restore(source: Path, home: Path, *, line: Line = SHIPPED) -> Path | None:
    """Put a backup in the place of a home's store, which is kept in ``backups``.

    An older backup is migrated when it is opened.

    Returns:
        Where the store that was there is kept, None if there was none.

    Raises:
        StoreProblem: missing, newer, no-backup, damaged (with ``path`` of the source, and ``event``
            and ``kind`` when its chain is broken); in-use while any other process has the home's
            store open; read-only.
        Refusal: ``restore.same`` when the source is the home's store.
    """
    path = home / FILE_NAME
    _check_kind(source, line)
    if path.exists() and path.samefile(source):
        raise Refusal("restore.same", path=str(source))
    if path.exists() and not is_writable(path):
        raise StoreProblem("read-only", path=str(path))
    with on_disk(path), ExitStack() as held:
        private_folder(home)
        fresh = private_file(path)
        try:
            _copy(source, fresh, called=path)
            _check(fresh, source)
            with named(fresh), closing(connect(fresh)) as raw:
                raw.execute("PRAGMA journal_mode = WAL")
            kept = _set_aside(path, held) if path.exists() else None
            if os.name != "posix":
                held.close()  # Windows does not replace a file that is open
            publish(fresh, path, force=True, refusal="store.exists")
        finally:
            fresh.unlink(missing_ok=True)
    return kept


def _check_kind(source: Path, line: Line) -> None:
    """A file that never was a store is told from a backup that was damaged since."""
    try:
        revision_of(source, line)
    except StoreProblem as problem:
        if problem.code != "damaged" or _was_store(source):
            raise
        raise StoreProblem("no-backup", path=str(source)) from problem


def _was_store(source: Path) -> bool:
    """Whether a file is SQLite's and its tables are a store's, or can no longer be told."""
    if not source.is_file():
        return False
    with source.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            return False
    try:
        with closing(connect(source)) as raw:
            asked = "SELECT 1 FROM sqlite_master WHERE name = 'event'"
            return raw.execute(asked).fetchone() is not None
    except sqlite3.DatabaseError:
        return True


def copy_of(source: Path, target: Path, *, force: bool, progress: Progress | None = None) -> None:
    """Copy a store's file, check the copy and give it its name.

    Raises:
        Refusal: ``output.exists`` with ``path``.
        StoreProblem: damaged, full, read-only.
    """
    with on_disk(target):
        fresh = private_file(target)
        try:
            _copy(source, fresh, called=target, progress=progress)
            publish(fresh, target, force=force, refusal="output.exists")
        finally:
            fresh.unlink(missing_ok=True)


def state_name(connection: Connection) -> str:
    """What a copy is called after, rather than the wall clock: the log's length and last hash."""
    events, chain = head(Session(connection))
    return f"{events:06}-{chain[:8]}"


def _copy(source: Path, fresh: Path, *, called: Path, progress: Progress | None = None) -> None:
    """One consistent state, however long the copy takes: the open transaction holds on to it."""

    def report(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    with named(source), closing(connect(source)) as reader, closing(connect(fresh)) as writer:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with _no_room_for(called):
            reader.backup(writer, pages=_PAGES, progress=report)
        reader.execute("ROLLBACK")
        # One file without side files, readable from a disk that cannot be written.
        writer.execute("PRAGMA journal_mode = DELETE")
        if (said := writer.execute("PRAGMA integrity_check(1)").fetchone()) != ("ok",):
            raise StoreProblem("damaged", path=str(source), reason=said[0])


@contextmanager
def _no_room_for(copy: Path) -> Iterator[None]:
    """A full disk is the copy's, whatever else goes wrong is the source's."""
    try:
        yield
    except sqlite3.Error as error:
        problem = problem_of(error, copy)
        if problem is None or problem.code != "full":
            raise
        raise problem from error


def _check(copy: Path, source: Path) -> None:
    engine = sqlite_engine(copy)
    try:
        with named(source), Session(engine) as session:
            for problem in check_chain(session):
                raise StoreProblem(
                    "damaged", path=str(source), event=problem.event, kind=problem.kind
                )
    finally:
        engine.dispose()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else has the store open, and nobody can open it until this ends.

    SQLite leaves WAL mode, and takes the log in, only for the last connection there is; whoever comes
    now wants that mode again and has to wait for the lock.
    """
    with named(path), closing(connect(path)) as raw:
        raw.execute("PRAGMA busy_timeout = 0")
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("BEGIN IMMEDIATE")
        yield


def _set_aside(path: Path, held: ExitStack) -> Path:
    """Keep a copy of the store that is about to be replaced, and hold on to the store."""
    folder = path.parent / BACKUPS
    private_folder(folder)
    try:
        held.enter_context(_alone(path))
        kept = folder / f"replaced-{_state_name_of(path)}.db"
        copy_of(path, kept, force=True)
    except StoreProblem as problem:
        if problem.code == "locked":
            raise StoreProblem("in-use", path=str(path)) from problem
        if problem.code != "damaged":
            raise
        return _set_damaged_aside(path, folder)
    return kept


def _state_name_of(path: Path) -> str:
    engine = sqlite_engine(path)
    try:
        with named(path), engine.connect() as connection:
            return state_name(connection)
    finally:
        engine.dispose()


def _set_damaged_aside(path: Path, folder: Path) -> Path:
    """What SQLite cannot read is kept byte for byte, with its log."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    kept = folder / f"replaced-damaged-{digest[:8]}.db"
    for suffix in ("", *SIDE_FILES):
        part = Path(f"{path}{suffix}")
        if part.exists():
            shutil.copyfile(part, f"{kept}{suffix}")
            Path(f"{kept}{suffix}").chmod(0o600)
    return kept
