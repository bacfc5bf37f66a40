"""How a command ends: the exit codes that other programs rely on."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What an exit code means."""

    DONE = 0
    REFUSED = 1
    """A rule said no."""
    UNREADABLE = 2
    """Arguments that do not parse."""
    NO_STORE = 3
    """No store, or one that is newer, damaged, read-only, full or locked."""
    INTERRUPTED = 130


# Refusals of what was typed as an argument, rather than of what was asked for.
UNREADABLE = frozenset({
    "limit.bad", "report.day", "report.month", "role.unknown", "staff.bad", "time.bad",
    "time.skipped",
})  # fmt: skip


def of_refusal(code: str) -> Exit:
    """The exit code for a refusal."""
    return Exit.UNREADABLE if code in UNREADABLE else Exit.REFUSED
