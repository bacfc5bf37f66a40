"""Making and opening a store, and saying what is wrong with one."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from concierge.domain.refusal import Refusal
from concierge.store import opening
from concierge.store.engine import FILE_NAME, Store
from concierge.store.migrations import SHIPPED
from concierge.store.opening import create_store, open_store
from concierge.store.problem import StoreProblem

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no permission bits")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def change(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / FILE_NAME, isolation_level=None)) as raw:
        for statement in statements:
            raw.execute(statement)


def problem_on_opening(home: Path) -> StoreProblem:
    with pytest.raises(StoreProblem) as raised:
        open_store(home)
    assert raised.value.values["path"] == str(home / FILE_NAME)
    return raised.value


@posix
def test_a_new_store_is_for_its_owner_alone_side_files_included(tmp_path: Path) -> None:
    store = create_store(tmp_path / "a" / "home")
    with store.write() as session:
        session.execute(text("INSERT INTO desk (name) VALUES ('Lobby 1')"))
    assert mode(tmp_path / "a" / "home") == 0o700
    files = {path.name: mode(path) for path in (tmp_path / "a" / "home").iterdir()}
    assert files == {FILE_NAME: 0o600, f"{FILE_NAME}-wal": 0o600, f"{FILE_NAME}-shm": 0o600}
    store.close()


@posix
def test_a_folder_that_others_use_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    (tmp_path / "shared" / "theirs.txt").touch()
    create_store(tmp_path / "shared").close()
    assert mode(tmp_path / "shared") == 0o755
    assert mode(tmp_path / "shared" / FILE_NAME) == 0o600


def test_a_store_writes_ahead_waits_for_the_disk_and_holds_references(store: Store) -> None:
    with store.write() as session:
        connection = session.connection()
        said = [
            connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert said == ["wal", 2, 1]


def test_making_a_store_twice_is_refused_and_leaves_the_first(tmp_path: Path) -> None:
    create_store(tmp_path).close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(Refusal) as raised:
        create_store(tmp_path)
    assert raised.value.code == "store.exists"
    assert raised.value.values == {"path": str(tmp_path / FILE_NAME)}
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_store_made_meanwhile_by_another_desk_is_not_replaced(
    tmp_path: Path, empty_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = empty_file.read_bytes()
    real = Path.unlink

    def another_is_faster(path: Path, missing_ok: bool = False) -> None:
        if path.name == f"{FILE_NAME}-journal":  # the last step before the name is given
            (tmp_path / FILE_NAME).write_bytes(content)
        real(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", another_is_faster)
    with pytest.raises(Refusal, match=r"store\.exists"):
        create_store(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_the_log_of_a_store_that_was_deleted_is_not_replayed_into_a_new_one(tmp_path: Path) -> None:
    store = create_store(tmp_path)
    with store.write() as session:
        session.execute(text("INSERT INTO desk (name) VALUES ('old')"))
    log = (tmp_path / f"{FILE_NAME}-wal").read_bytes()
    store.close()
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / f"{FILE_NAME}-wal").write_bytes(log)
    store = create_store(tmp_path)
    with store.read() as session:
        assert session.execute(text("SELECT count(*) FROM desk")).scalar() == 0
    store.close()


def test_a_half_made_store_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(opening, "publish", fail)
    with pytest.raises(KeyboardInterrupt):
        create_store(tmp_path / "home")
    assert list((tmp_path / "home").iterdir()) == []


def test_a_home_without_a_store_is_missing_and_stays_empty(tmp_path: Path) -> None:
    assert problem_on_opening(tmp_path).code == "missing"
    assert problem_on_opening(tmp_path / "nowhere").code == "missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"not a database" * 100, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_file_that_is_no_database_is_damaged_and_untouched(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert problem_on_opening(tmp_path).code == "damaged"
    assert (tmp_path / FILE_NAME).read_bytes() == content


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE alembic_version", "DELETE FROM alembic_version"],
)
def test_a_database_that_is_no_store_is_damaged(home: Path, statement: str) -> None:
    change(home, statement)
    assert problem_on_opening(home).code == "damaged"


def test_a_folder_in_the_place_of_the_store_is_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert problem_on_opening(tmp_path).code == "damaged"


def test_a_newer_store_is_refused_with_what_it_is_and_what_is_known(home: Path) -> None:
    change(home, "UPDATE alembic_version SET version_num = '0999'")
    problem = problem_on_opening(home)
    assert problem.code == "newer"
    assert (problem.values["found"], problem.values["known"]) == ("0999", SHIPPED.head)


def test_opening_a_current_store_imports_no_alembic(home: Path) -> None:
    code = (
        "import sys, pathlib; from concierge.store.opening import open_store;"
        "open_store(pathlib.Path(sys.argv[1])).close();"
        "print([name for name in sys.modules if name.startswith('alembic')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@posix
def test_a_read_only_store_is_read_and_refuses_to_be_written(home: Path) -> None:
    change(home, "INSERT INTO desk (name) VALUES ('Lobby 1')")
    (home / FILE_NAME).chmod(0o444)
    before = (home / FILE_NAME).read_bytes()
    store = open_store(home)
    with store.read() as session:
        assert session.execute(text("SELECT name FROM desk")).scalar() == "Lobby 1"
    with pytest.raises(StoreProblem) as raised, store.write():
        pass
    assert raised.value.code == "read-only"
    store.close()
    assert (home / FILE_NAME).read_bytes() == before


@posix
def test_a_read_only_store_is_read_with_the_log_that_lies_beside_it(home: Path) -> None:
    writer = open_store(home)
    with writer.write() as session:
        session.execute(text("INSERT INTO desk (name) VALUES ('in the log')"))
    (home / FILE_NAME).chmod(0o444)
    store = open_store(home)
    with store.read() as session:
        assert session.execute(text("SELECT name FROM desk")).scalar() == "in the log"
    store.close()
    writer.close()


def test_a_copy_put_in_place_by_hand_writes_ahead_again(home: Path) -> None:
    change(home, "PRAGMA journal_mode = DELETE")
    store = open_store(home)
    with store.read() as session:
        assert session.connection().scalar(text("PRAGMA journal_mode")) == "wal"
    store.close()


def test_any_path_holds_a_store(tmp_path: Path) -> None:
    home = tmp_path / "三号 楼?a=1#%41"
    create_store(home).close()
    open_store(home).close()
    assert [path.name for path in tmp_path.iterdir()] == [home.name]


def test_a_store_that_disappears_while_open_is_missing_and_not_made_anew(home: Path) -> None:
    store = open_store(home)
    (home / FILE_NAME).unlink()
    with pytest.raises(StoreProblem) as raised, store.read() as session:
        session.execute(text("SELECT 1"))
    assert raised.value.code == "missing"
    assert list(home.iterdir()) == []
