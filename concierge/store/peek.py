"""A glance at a store: its language, without opening it and without SQLAlchemy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from concierge.paths import STORE_NAME


@dataclass(frozen=True, slots=True)
class Peeked:
    """What a glance tells of a property."""

    language: str
    rehearsal: bool


def peek(home: Path) -> Peeked | None:
    """The property of a home's store, or None where none can be read at once.

    Whoever has to know what is wrong with a store opens it.
    """
    path = home / STORE_NAME
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            row = raw.execute("SELECT language, rehearsal FROM property WHERE id = 1").fetchone()
    except sqlite3.Error:
        return None
    return Peeked(str(row[0]), bool(row[1])) if row else None
