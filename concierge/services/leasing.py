"""Work that waits in the store and is handed to one program at a time: notices, copies of summaries.

Whoever takes it has it for two minutes. If that program dies the lease runs out, and another one takes it.
"""

from __future__ import annotations

from typing import Protocol

from concierge.domain.delivery import LEASE, is_given_up, wait_after


class Work(Protocol):
    """A row of it; ``not_before`` is its next try, put to the lease's end while somebody has it."""

    leased_by: str | None
    leased_until: int | None
    not_before: int
    attempts: int
    problem: str | None


def take(row: Work, owner: str, now: int) -> None:
    """Have a row to oneself from now on, or for longer."""
    row.leased_by = owner
    row.leased_until = row.not_before = now + LEASE


def give_back(row: Work, problem: str | None, now: int, *, since: int) -> bool:
    """Keep what came of a try.

    Args:
        row: Whoever had it gives it back.
        problem: A code of what went wrong, None when it is done.
        now: The present instant.
        since: From when on it might be tried.

    Returns:
        Whether it is tried again; otherwise it is done or given up.
    """
    row.attempts += 1
    row.problem, row.leased_by, row.leased_until = problem, None, None
    if problem is None or is_given_up(since, now, row.attempts):
        return False
    row.not_before = now + wait_after(row.attempts)
    return True
