"""When a notice that could not be delivered is tried again, and when it is given up."""

from __future__ import annotations

FIRST_WAIT = 30
LONGEST_WAIT = 60 * 60
GIVEN_UP_AFTER = 24 * 60 * 60
FEWEST_TRIES = 8
"""Of about an hour: a computer that was off for a day does not give up at its first try."""
LEASE = 120
"""Seconds for which a courier has a notice to itself; longer than all its ways may take together."""


def wait_after(attempts: int) -> int:
    """Seconds until the next try after so many that failed (at least 1): 30 s, doubled up to an hour."""
    doubled = FIRST_WAIT << min(attempts - 1, LONGEST_WAIT.bit_length())
    return min(doubled, LONGEST_WAIT)


def is_given_up(send_from: int, now: int, attempts: int) -> bool:
    """Whether a notice that failed once more, ``attempts`` times in all, has been tried for long enough."""
    return now - send_from >= GIVEN_UP_AFTER and attempts >= FEWEST_TRIES
