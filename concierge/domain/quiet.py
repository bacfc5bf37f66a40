"""Quiet hours: who is not woken at night, and until when a notice to them waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from concierge.domain.wall import instant_of, wall_time


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``start`` to before ``end``, in minutes of the wall's day, for people of ``roles``.

    An end that is not after the start lies on the next day. No roles: nobody is ever left to sleep.
    """

    start: int
    end: int
    roles: tuple[str, ...]


def quiet_until(quiet: QuietHours | None, role: str, at: int, zone: ZoneInfo) -> int | None:
    """When the quiet hours end in which an instant lies, for a role; None when it may be told at once.

    Args:
        quiet: The policy's quiet hours, if it has any.
        role: Who is to be told.
        at: Seconds since the epoch, UTC.
        zone: Where the wall clock hangs that the hours are read from.
    """
    if quiet is None or role not in quiet.roles:
        return None
    today = wall_time(at, zone).date()
    # Tonight's may have begun yesterday. Compared as instants, so that a night of 23 or 25 hours is right.
    for day in (today - timedelta(days=1), today):
        last = day + timedelta(days=1) if quiet.end <= quiet.start else day
        end = instant_of(last, quiet.end, zone)
        if instant_of(day, quiet.start, zone) <= at < end:
            return end
    return None
