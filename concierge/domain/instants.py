"""Reading the times that people and programs write: ISO 8601, with offset or as the property's wall time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from concierge.domain.refusal import Refusal


def parse_instant(text: str, zone: ZoneInfo) -> int:
    """An ISO 8601 date and time as an instant, whole seconds since the epoch, UTC.

    Args:
        text: Such as 2026-11-23T14:13, 2026-11-23 14:13:00+08:00 or 2026-11-23T06:13Z.
        zone: Where a time without offset is meant; of an ambiguous hour the first.

    Raises:
        Refusal: ``time.bad`` when it is no time, or one that the clocks skipped that day.
    """
    said = text.strip()
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise Refusal("time.bad", text=said[:40]) from error
    if len(said) <= len("2026-11-23") and ":" not in said and "T" not in said.upper():
        raise Refusal("time.bad", text=said[:40])
    try:
        if moment.tzinfo is None:
            moment = _on_the_wall(moment, zone, said)
        seconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
        # A time at the very edge of the calendar has no local time everywhere.
        datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    except (OverflowError, ValueError) as error:
        raise Refusal("time.bad", text=said[:40]) from error
    return seconds


def _on_the_wall(moment: datetime, zone: ZoneInfo, said: str) -> datetime:
    there = moment.replace(tzinfo=zone)
    back = there.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != moment:
        raise Refusal("time.skipped", text=said[:40], zone=zone.key)
    return there


def iso(at: int, zone: ZoneInfo) -> str:
    """An instant as ISO 8601 with the property's offset, to the second."""
    return datetime.fromtimestamp(at, zone).isoformat(timespec="seconds")
