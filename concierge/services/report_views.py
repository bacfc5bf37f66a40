"""What a period comes to: frozen figures of days, weeks and months. Instants are seconds since the epoch."""

from __future__ import annotations

from dataclasses import dataclass

from concierge.services.summary import Counted, Hour, Kept, Received, RungCount


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a period, or of one part of it: counted as on a shift's summary.

    ``repairs_met`` and ``repairs_broken`` are the resolve clocks of repairs (维修及时率, at least 90 %).
    ``lost``: lost at handover, that is open when a shift ended, acknowledged by nobody, and broken after that.
    ``major``: taken in as major, or raised since.
    """

    received: int = 0
    on_the_spot: int = 0
    logged_late: int = 0
    met: int = 0
    broken: int = 0
    escalated: int = 0
    closed: int = 0
    cancelled: int = 0
    major: int = 0
    repairs_met: int = 0
    repairs_broken: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """The figures of one building, member of staff, category or hour of the day, beside those before.

    ``key`` is a building ("3"), a name, a category's code, or an hour "00" to "23"; "" for what has none.
    """

    key: str
    totals: Totals
    before: Totals


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift that lies in the period."""

    id: int
    desk: str
    staff: str
    started_at: int
    ended_at: int | None
    received: int
    broken: int
    carried: int
    ended_how: str | None
    signed: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What waits for somebody above the desk at the end of a period: ticket numbers, one for each escalation.

    ``overdue`` None: no summary signed at the end tells. ``differing`` as last counted; a matter about a member
    of staff is in none of them.
    """

    nobody_told: tuple[str, ...] = ()
    not_acknowledged: tuple[str, ...] = ()
    overdue: tuple[str, ...] | None = ()
    differing: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A period's figures beside those of the period before.

    ``start`` (inclusive) and ``end`` (exclusive) are instants; ``before_start`` the start of the period before,
    which ends at ``start``. ``first_day`` and ``last_day`` are ISO dates, both inclusive. ``desk`` None: all.
    ``by_hour`` are the 24 hours on the wall over all days, ``days`` one entry a day. ``until`` is the instant
    of the figures where the period has not ended yet; ``head`` the hash of the last event that is counted.
    """

    property_name: str
    rehearsal: bool
    desk: str | None
    zone: str
    first_day: str
    last_day: str
    start: int
    end: int
    before_start: int
    until: int
    totals: Totals
    before: Totals
    received: tuple[Received, ...]
    kept: tuple[Kept, ...]
    rungs: tuple[RungCount, ...]
    by_category: tuple[Share, ...]
    by_building: tuple[Share, ...]
    by_staff: tuple[Share, ...]
    by_hour: tuple[Share, ...]
    days: tuple[Hour, ...]
    shifts: tuple[ShiftLine, ...]
    open_now: int
    categories: dict[str, dict[str, str]]
    head: str
    standing: Standing = Standing()

    @property
    def running(self) -> bool:
        """Whether the period has not ended yet, so that what is open now belongs to it."""
        return self.until < self.end
