"""Writers of several processes, full and locked disks, and a process killed in the middle."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlmodel import Session

from concierge.store import engine as engine_module
from concierge.store.audit import Stamp, append
from concierge.store.chain import check_chain, head
from concierge.store.engine import Store
from concierge.store.opening import open_store
from concierge.store.problem import StoreProblem

AddEvents = Callable[[Store, int], None]

WRITER = """
import sys
from pathlib import Path
from concierge.store.audit import Stamp, append
from concierge.store.opening import open_store

store = open_store(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    with store.write() as session:
        append(session, Stamp(number, sys.argv[3]), "test", {"n": number}, personal={"n": number})
"""

HANGS = """
import sys
from pathlib import Path
from concierge.store.audit import Stamp, append
from concierge.store.opening import open_store

store = open_store(Path(sys.argv[1]))
with store.write() as session:
    for number in range(200):
        append(session, Stamp(number, "killed"), "test", {"n": "x" * 10_000}, personal={"n": number})
    session.flush()
    print("ready", flush=True)
    sys.stdin.readline()
"""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start another process and wait until it says that it is ready."""
    running: list[subprocess.Popen[str]] = []

    def run(code: str, *arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def whole(session: Session) -> bool:
    return list(check_chain(session)) == []


def test_two_processes_writing_at_once_both_land_in_one_chain(
    store: Store, home: Path, start: Start
) -> None:
    writers = [start(WRITER, home, 40, f"Lobby {number}") for number in (1, 2)]
    for writer in writers:
        go(writer)
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with store.read() as session:
        assert whole(session)
        assert head(session)[0] == 80
        desks = session.execute(
            text("SELECT desk, count(*) FROM event GROUP BY desk ORDER BY desk")
        )
        assert [tuple(row) for row in desks] == [("Lobby 1", 40), ("Lobby 2", 40)]


def test_a_process_killed_while_it_writes_leaves_nothing_of_it(
    store: Store, home: Path, add_events: AddEvents, start: Start
) -> None:
    add_events(store, 3)
    process = start(HANGS, home)
    process.kill()
    process.wait(60)
    add_events(store, 2)
    with store.read() as session:
        assert whole(session)
        assert head(session)[0] == 5
        assert (
            session.execute(text("SELECT count(*) FROM event WHERE desk = 'killed'")).scalar() == 0
        )
        assert session.execute(text("SELECT count(*) FROM event_personal")).scalar() == 2


def test_an_error_in_the_middle_of_a_use_case_takes_everything_back(store: Store) -> None:
    def fail_half_way() -> None:
        with store.write() as session:
            append(session, Stamp(1, "desk"), "test", {}, personal={"a": 1})
            session.execute(text("INSERT INTO desk (name) VALUES ('half')"))
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - whatever a use case raises passes as it is
        fail_half_way()
    with store.read() as session:
        assert whole(session)
        assert head(session)[0] == 0
        assert session.execute(text("SELECT count(*) FROM desk")).scalar() == 0


def test_a_store_locked_for_longer_than_anybody_waits_is_locked(
    home: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_BUSY_MILLISECONDS", 20)
    store = open_store(home)
    start(HANGS, home)
    with pytest.raises(StoreProblem) as raised, store.write():
        pass
    assert raised.value.code == "locked"
    with store.read() as session:  # readers do not wait
        assert head(session)[0] == 0
    store.close()


def test_a_writer_waits_for_the_one_before(
    store: Store, home: Path, add_events: AddEvents, start: Start
) -> None:
    process = start(HANGS, home)
    go(process)
    add_events(store, 1)
    assert process.wait(60) == 0
    with store.read() as session:
        assert whole(session)
        assert head(session)[0] == 201


def test_a_full_disk_is_full_and_nothing_is_half_written(home: Path, add_events: AddEvents) -> None:
    store = open_store(home)
    add_events(store, 2)
    with store.read() as session:
        pages = session.connection().scalar(text("PRAGMA page_count"))

    def no_more_room(raw: object, _record: object, _proxy: object) -> None:
        raw.execute(f"PRAGMA max_page_count = {pages + 2}")  # type: ignore[attr-defined]

    event.listen(store.engine, "checkout", no_more_room)

    def write_much() -> None:
        with store.write() as session:
            for number in range(50):
                append(
                    session, Stamp(number, "desk"), "test", {"n": "x" * 10_000}, personal={"n": 1}
                )

    with pytest.raises(StoreProblem) as raised:
        write_much()
    assert raised.value.code == "full"
    with store.read() as session:
        assert whole(session)
        assert head(session)[0] == 2
    add_events(store, 1)  # what fits still fits
    store.close()


def test_a_writer_sees_what_was_committed_just_before_it(
    store: Store, add_events: AddEvents
) -> None:
    with store.read() as reader:
        assert head(reader)[0] == 0
        add_events(store, 2)
        assert head(reader)[0] == 0  # one consistent state
    with store.write() as session:
        assert head(session)[0] == 2
