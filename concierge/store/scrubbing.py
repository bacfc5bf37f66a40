"""Leaving no trace of erased rows in the store's own file."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from concierge.store.engine import Store, connect

_PATIENCE = 500  # milliseconds; whoever reads for longer is waited for the next time


LARGEST = 300 * 1024 * 1024
"""Bytes of a file that is written anew in fewer seconds than another desk waits for it."""


def scrub(store: Store, *, largest: int | None = LARGEST) -> bool:
    """Write the file anew without its free pages and empty the log beside it.

    Nobody else can write meanwhile (72 s for 3.3 GB): of a larger file only the log beside it is emptied.

    ``secure_delete`` overwrites what is erased from then on; what earlier deletions left behind only goes with
    the pages themselves. Copies of the file, such as backups, are not reached.

    Args:
        store: The store.
        largest: Bytes of the file above which it is left; None for any.

    Returns:
        Whether that could be done; False while another desk is reading or writing, for a larger file, and for
        a store that is no file, whose server does this by itself.
    """
    if store.path is None:
        return False
    small = largest is None or store.path.stat().st_size <= largest
    try:
        with closing(connect(store.path)) as raw:
            raw.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
            raw.execute("PRAGMA secure_delete = ON")
            if small:
                raw.execute("VACUUM")
            busy, _frames, _moved = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return small and not busy
    except sqlite3.OperationalError:
        return False
