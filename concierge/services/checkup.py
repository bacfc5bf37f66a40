"""Looking a store over without changing it: its revision, its file, its log."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from concierge.services.founding import read_property
from concierge.store.chain import head
from concierge.store.engine import FILE_NAME, Store, connect, named, sqlite_engine
from concierge.store.opening import revision_of
from concierge.store.problem import StoreProblem


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """What was found; ``integrity`` is "ok" or what SQLite says is wrong."""

    schema: str
    integrity: str
    property_name: str
    rehearsal: bool
    events: int
    head: str


def check_store(home: Path) -> StoreCheck:
    """Check the file of a home's store; an older store is not migrated by it.

    Raises:
        StoreProblem: missing, newer, damaged, locked.
    """
    path = home / FILE_NAME
    schema = revision_of(path)
    with named(path), closing(connect(path)) as raw:
        said = str(raw.execute("PRAGMA integrity_check(1)").fetchone()[0])
    store = Store(sqlite_engine(path), path)
    try:
        row = read_property(store)
        if row is None:
            raise StoreProblem("missing", path=str(home))
        with store.read() as session:
            events, last = head(session)
    finally:
        store.close()
    return StoreCheck(schema, said, row.name, row.rehearsal, events, last)
