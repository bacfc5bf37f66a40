"""Between instants and the clock on the wall of a zone.

An instant is whole seconds since the epoch, UTC. A wall time that a zone skips means the instant
of the jump; one that comes twice means the first.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from concierge.domain.refusal import Refusal

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL: Final = EPOCH.toordinal()
_DAY: Final = 86_400
_MINUTES: Final = 1_440


def wall_time(at: int, zone: ZoneInfo) -> datetime:
    """The wall time of an instant, aware.

    Raises:
        Refusal: ``time.range`` outside of the years 1 to 9999.
    """
    try:
        return (EPOCH + timedelta(seconds=at)).astimezone(zone)
    except OverflowError as error:
        raise Refusal("time.range", at=at) from error


def instant_of(day: date, minutes: int, zone: ZoneInfo) -> int:
    """The instant at which the clock on the wall shows ``minutes`` after 00:00 of ``day``.

    Args:
        day: The date.
        minutes: 0 to 1440; 1440 is 24:00, the end of the day.
        zone: Where the clock hangs.

    Raises:
        Refusal: ``time.range`` for 24:00 of the last day of the year 9999.
    """
    if minutes == _MINUTES:
        if day == date.max:
            raise Refusal("time.range", day=day)
        day, minutes = day + timedelta(days=1), 0
    # Made twice, for datetime.replace() takes four times as long, and tables need many of these.
    clock = (day.year, day.month, day.day, minutes // 60, minutes % 60)
    offset = _offset(datetime(*clock, tzinfo=zone))
    later = _offset(datetime(*clock, tzinfo=zone, fold=1))
    seconds = (day.toordinal() - _EPOCH_ORDINAL) * _DAY + minutes * 60
    if later > offset:  # skipped: both readings are wrong, and the jump lies between them
        return _jump(seconds - later, seconds - offset, zone)
    return seconds - offset


def _offset(wall: datetime) -> int:
    offset = wall.utcoffset()
    assert offset is not None
    return offset.days * _DAY + offset.seconds


def _jump(low: int, high: int, zone: ZoneInfo) -> int:
    """The first instant after ``low``, at most ``high``, on the offset of ``high``."""
    after = _offset(wall_time(high, zone))
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(wall_time(middle, zone)) == after:
            high = middle
        else:
            low = middle
    return high
