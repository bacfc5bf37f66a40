"""Real stores in a temporary home: one is built, the others are copies of its file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from concierge.store.audit import Stamp, append
from concierge.store.engine import FILE_NAME, Store
from concierge.store.opening import create_store, open_store

AddEvents = Callable[[Store, int], None]


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store."""
    home = tmp_path_factory.mktemp("empty") / "home"
    create_store(home).close()
    return home / FILE_NAME


@pytest.fixture
def home(tmp_path: Path, empty_file: Path) -> Path:
    """A home folder with an empty store that nobody has open."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    shutil.copy(empty_file, folder / FILE_NAME)
    return folder


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """An empty store, open."""
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def add_events() -> AddEvents:
    """Append so many events to a store, one transaction each, the odd ones with a personal half."""

    def add(store: Store, count: int) -> None:
        for number in range(count):
            with store.write() as session:
                personal = {"caller": f"王{number}"} if number % 2 else None
                stamp = Stamp(at=1_000 + number, desk="Lobby 1")
                append(session, stamp, "test.event", {"n": number}, personal=personal)

    return add
