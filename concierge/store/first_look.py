"""Asking a store before SQLModel is imported: one read-only connection, one state of the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from concierge.store import board_sql
from concierge.store.board_sql import Ask
from concierge.store.migrations import SHIPPED


@contextmanager
def asking(path: Path) -> Iterator[Ask | None]:
    """What puts questions to the store, or None when it takes more than reading to open it.

    Raises:
        sqlite3.Error: when it cannot be read; the proper opening says what is wrong with it.
    """
    if not path.is_file():
        yield None
        return
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        raw.execute("BEGIN")

        def ask(sql: str, values: Mapping[str, object]) -> Iterable[Any]:
            return raw.execute(sql, values)

        current = [row[0] for row in ask(board_sql.REVISION, {})] == [SHIPPED.head]
        yield ask if current else None
