"""What can be wrong with a store itself, as opposed to what a rule refuses."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

# What SQLite says, in the order in which it is looked for.
_SAID = (
    ("locked", "locked"),
    ("readonly", "read-only"),
    ("unable to open", "read-only"),
    ("disk is full", "full"),
    ("disk i/o error", "full"),
    ("malformed", "damaged"),
    ("not a database", "damaged"),
    ("no such table", "damaged"),
    ("no such column", "damaged"),
)


class StoreProblem(Exception):
    """The store cannot be used.

    ``code`` is missing, newer, damaged, read-only, full, locked or upgrade-failed, and of a restoring
    no-backup or in-use. All have the value ``path``; newer has ``found`` and ``known``,
    upgrade-failed ``backup`` and ``reason``.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def disk_problem(error: OSError, path: Path) -> StoreProblem:
    """The problem behind a file that could not be written: full when there is no room, else read-only."""
    code = "full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "read-only"
    return StoreProblem(code, path=str(path), reason=error.strerror)


def problem_of(error: Exception, path: Path | None) -> StoreProblem | None:
    """The problem behind a driver's error, or None when it is a fault of the program."""
    original = getattr(error, "orig", None)
    said = str(original if isinstance(original, sqlite3.Error) else error).lower()
    code = next((code for words, code in _SAID if words in said), None)
    if code == "read-only" and path is not None and not path.exists():
        code = "missing"
    return StoreProblem(code, path=str(path or "")) if code else None
