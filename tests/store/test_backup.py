"""A copy is whole or not there; putting one back keeps what was there before."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from concierge.domain.refusal import Refusal
from concierge.store import backup as module
from concierge.store.audit import Stamp, append
from concierge.store.backup import backup, restore
from concierge.store.chain import check_chain, head
from concierge.store.engine import FILE_NAME, Store
from concierge.store.files import publish
from concierge.store.opening import open_store
from concierge.store.problem import StoreProblem

AddEvents = Callable[[Store, int], None]


def events_of(file: Path) -> int:
    with closing(sqlite3.connect(file)) as raw:
        return int(raw.execute("SELECT count(*) FROM event").fetchone()[0])


@pytest.fixture
def copied(store: Store, add_events: AddEvents, tmp_path: Path) -> Path:
    """A copy of a store with three events, to which a fourth came afterwards; closed."""
    add_events(store, 3)
    backup(store, tmp_path / "copy.db")
    add_events(store, 1)
    store.close()
    return tmp_path / "copy.db"


def test_a_copy_is_one_private_file_that_opens_as_a_store(copied: Path, tmp_path: Path) -> None:
    if os.name == "posix":
        assert stat.S_IMODE(copied.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "home"]
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(copied, other / FILE_NAME)
    store = open_store(other)
    with store.read() as session:
        assert list(check_chain(session)) == []
        assert head(session)[0] == 3
    store.close()


def test_a_copy_made_while_somebody_writes_is_the_state_before(
    store: Store, add_events: AddEvents, tmp_path: Path
) -> None:
    add_events(store, 2)
    with store.write() as session:
        append(session, Stamp(1, "desk"), "test", {})
        backup(store, tmp_path / "copy.db")
    assert events_of(tmp_path / "copy.db") == 2


def test_writing_goes_on_during_a_copy_and_does_not_enter_it(
    store: Store, add_events: AddEvents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAGES", 5)
    add_events(store, 1)
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        add_events(store, 1)

    backup(store, tmp_path / "copy.db", progress=progress)
    assert len(seen) > 3
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    assert events_of(tmp_path / "copy.db") == 1
    with store.read() as session:
        assert head(session)[0] == 1 + len(seen)


def test_a_copy_that_is_cancelled_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAGES", 5)

    def cancel(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(store, tmp_path / "copy.db", progress=cancel)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_another_file_is_replaced_only_by_force(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with pytest.raises(Refusal) as raised:
        backup(store, target)
    assert (raised.value.code, raised.value.values) == ("output.exists", {"path": str(target)})
    assert target.read_text() == "mine"
    backup(store, target, force=True)
    assert events_of(target) == 0


def test_a_copy_never_takes_the_place_of_the_store_itself(store: Store, home: Path) -> None:
    with pytest.raises(Refusal, match=r"output\.is-store"):
        backup(store, home / ".." / "home" / FILE_NAME, force=True)
    log = home / f"{FILE_NAME}-wal"
    log.write_bytes(b"")
    with pytest.raises(Refusal, match=r"output\.is-store"):
        backup(store, log, force=True)
    assert log.read_bytes() == b""


def test_a_copy_into_a_folder_that_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"output\.no-folder"):
        backup(store, tmp_path / "nowhere" / "copy.db")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refusal, match=r"output\.exists"):
        backup(store, tmp_path / "folder", force=True)


def test_putting_a_copy_back_keeps_what_was_there(copied: Path, home: Path) -> None:
    kept = restore(copied, home)
    assert kept is not None
    assert kept.parent == home / "backups"
    assert events_of(kept) == 4
    store = open_store(home)
    with store.read() as session:
        assert head(session)[0] == 3
        assert session.connection().scalar(text("PRAGMA journal_mode")) == "wal"
    store.close()
    if os.name == "posix":
        assert stat.S_IMODE((home / FILE_NAME).stat().st_mode) == 0o600
    assert events_of(copied) == 3
    restore(kept, home)
    assert events_of(home / FILE_NAME) == 4


def test_a_copy_makes_a_home_where_none_was(copied: Path, tmp_path: Path) -> None:
    assert restore(copied, tmp_path / "new") is None
    assert events_of(tmp_path / "new" / FILE_NAME) == 3


def test_what_another_process_did_not_take_into_the_file_yet_is_kept_and_not_replayed(
    copied: Path, home: Path, add_events: AddEvents, tmp_path: Path
) -> None:
    """As after a power cut: the log lies beside the file, and nobody has it open."""
    store = open_store(home)
    add_events(store, 1)
    crashed = tmp_path / "crashed"
    shutil.copytree(home, crashed)
    store.close()
    assert (crashed / f"{FILE_NAME}-wal").stat().st_size
    kept = restore(copied, crashed)
    assert kept is not None
    assert events_of(kept) == 5
    store = open_store(crashed)
    with store.read() as session:
        assert head(session)[0] == 3
        assert list(check_chain(session)) == []
    store.close()


@pytest.mark.parametrize("busy", ["reading", "writing", "idle"])
def test_a_store_that_a_desk_has_open_is_not_replaced(copied: Path, home: Path, busy: str) -> None:
    with closing(sqlite3.connect(home / FILE_NAME, isolation_level=None)) as raw:
        raw.execute("SELECT count(*) FROM event").fetchall()
        if busy != "idle":
            raw.execute("BEGIN IMMEDIATE" if busy == "writing" else "BEGIN")
            raw.execute("SELECT count(*) FROM event").fetchall()
        with pytest.raises(StoreProblem) as raised:
            restore(copied, home)
        assert raised.value.code == "in-use"
        assert raw.execute("SELECT count(*) FROM event").fetchone() == (4,)
    assert events_of(home / FILE_NAME) == 4


def test_nobody_opens_a_store_while_it_is_being_replaced(
    copied: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concierge.store.engine._BUSY_MILLISECONDS", 20)
    codes: list[str] = []

    def publish_while_somebody_comes(*arguments: Any, **options: Any) -> None:
        if arguments[1] == home / FILE_NAME and os.name == "posix":
            with pytest.raises(StoreProblem) as raised:
                open_store(home)
            codes.append(raised.value.code)
        publish(*arguments, **options)

    monkeypatch.setattr(module, "publish", publish_while_somebody_comes)
    restore(copied, home)
    assert codes == (["locked"] if os.name == "posix" else [])
    assert events_of(home / FILE_NAME) == 3


def test_a_copy_without_room_for_it_is_full_and_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_path: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(StoreProblem) as raised:
        backup(store, tmp_path / "copy.db")
    assert raised.value.code == "full"
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_store_of_a_newer_program_is_kept_and_replaced(copied: Path, home: Path) -> None:
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0999'")
        raw.commit()
    kept = restore(copied, home)
    assert kept is not None
    assert events_of(kept) == 4
    open_store(home).close()


@pytest.mark.parametrize("content", [b"", b"rubbish", b"SQLite format 3\0" + b"x" * 5_000])
def test_a_damaged_store_is_kept_byte_for_byte_and_replaced(
    copied: Path, home: Path, content: bytes
) -> None:
    (home / FILE_NAME).write_bytes(content)
    kept = restore(copied, home)
    assert kept is not None
    assert kept.read_bytes() == content
    open_store(home).close()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DROP TABLE alembic_version", "damaged"),
        ("UPDATE alembic_version SET version_num = '0999'", "newer"),
        ("UPDATE chain_head SET events = 2", "damaged"),
        ("UPDATE event_personal SET payload = 'x'", "damaged"),
    ],
)
def test_what_is_no_whole_store_is_not_put_back(
    copied: Path, home: Path, statement: str, code: str
) -> None:
    with closing(sqlite3.connect(copied)) as raw:
        raw.execute(statement)
        raw.commit()
    with pytest.raises(StoreProblem) as raised:
        restore(copied, home)
    assert raised.value.code == code
    assert raised.value.values["path"] == str(copied)
    assert events_of(home / FILE_NAME) == 4
    assert sorted(path.name for path in home.iterdir()) == [FILE_NAME]


def test_a_copy_with_a_spoilt_page_is_not_put_back(copied: Path, home: Path) -> None:
    content = bytearray(copied.read_bytes())
    content[len(content) // 2 :] = os.urandom(len(content) - len(content) // 2)
    copied.write_bytes(content)
    with pytest.raises(StoreProblem) as raised:
        restore(copied, home)
    assert raised.value.code == "damaged"
    assert events_of(home / FILE_NAME) == 4


@pytest.mark.parametrize("content", [b"", b"rubbish", "another program's"])
def test_a_file_that_never_was_a_store_is_called_no_backup(
    tmp_path: Path, copied: Path, home: Path, content: bytes | str
) -> None:
    other = tmp_path / "other.db"
    if isinstance(content, bytes):
        other.write_bytes(content)
    else:
        with closing(sqlite3.connect(other)) as raw:
            raw.execute("CREATE TABLE bookmarks (address TEXT)")
            raw.commit()
    for source in (other, copied.parent):
        with pytest.raises(StoreProblem) as raised:
            restore(source, home)
        assert (raised.value.code, raised.value.values["path"]) == ("no-backup", str(source))
    assert events_of(home / FILE_NAME) == 4


def test_a_file_that_is_not_there_is_not_put_back(tmp_path: Path, home: Path) -> None:
    with pytest.raises(StoreProblem) as raised:
        restore(tmp_path / "nothing.db", home)
    assert (raised.value.code, raised.value.values["path"]) == (
        "missing",
        str(tmp_path / "nothing.db"),
    )


def test_a_store_is_not_put_back_onto_itself(home: Path) -> None:
    with pytest.raises(Refusal, match=r"restore\.same"):
        restore(home / FILE_NAME, home)
