"""Leaving no trace of erased rows in the store's own file."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from concierge.store.engine import Store, connect

_PATIENCE = 500  # milliseconds; whoever reads for longer is waited for the next time


def scrub(store: Store) -> bool:
    """Write the file anew without its free pages and empty the log beside it.

    ``secure_delete`` overwrites what is erased from then on; what earlier deletions left behind only goes with
    the pages themselves. Copies of the file, such as backups, are not reached.

    Returns:
        Whether that could be done; False while another desk is reading or writing, and for a store that is
        no file, whose server does this by itself.
    """
    if store.path is None:
        return False
    try:
        with closing(connect(store.path)) as raw:
            raw.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
            raw.execute("PRAGMA secure_delete = ON")
            raw.execute("VACUUM")
            busy, _frames, _moved = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
    except sqlite3.OperationalError:
        return False
