"""A property's shifts: which planned one somebody works, when its day begins, what is handed over singly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from concierge.domain.wall import instant_of, wall_time

NOTE_FLAGS = ("next", "director", "thanks")
"""What a line of the running log may be marked for: the next shift, the director, a resident's thanks."""
_WITHOUT_PLAN = 8 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class CountItem:
    """What is counted at a handover.

    ``expected`` is the count that the policy wants; without one what was counted last is wanted again, unless
    the number ``varies`` from shift to shift, as that of parcels does.
    """

    item: str
    names: tuple[tuple[str, str], ...]
    expected: int | None = None
    varies: bool = False

    def name(self, language: str) -> str:
        """The item's name in "zh" or "en"."""
        return dict(self.names)[language]


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies of each signed summary that are made by themselves: into a ``folder``, by e-mail, or neither."""

    folder: str = ""
    mail: bool = False
    formats: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[str, ...]:
        """Of "folder" and "mail" those by which copies go."""
        return ("folder",) * bool(self.folder) + ("mail",) * self.mail


@dataclass(frozen=True, slots=True)
class ShiftRules:
    """When shifts change, and what a handover asks for.

    ``starts`` are minutes after 00:00, ascending; the first one begins the property's day. Whoever starts up
    to ``early`` seconds before a change works the shift after it; a relief is missing ``relief`` seconds after
    the planned end, which then climbs ``ladder``.
    """

    starts: tuple[int, ...]
    early: int
    relief: int
    ladder: str
    counts: tuple[CountItem, ...] = ()
    copies: Copies = Copies()


@dataclass(frozen=True, slots=True)
class PlannedShift:
    """A shift as the policy plans it: from ``start`` to ``end``, instants; the ``nth`` of its day."""

    start: int
    end: int
    nth: int


def planned_shift(rules: ShiftRules, at: int, zone: ZoneInfo) -> PlannedShift:
    """The shift that somebody works who starts at an instant.

    Args:
        rules: When shifts change.
        at: Seconds since the epoch, UTC.
        zone: Where the wall clock hangs.
    """
    reached = at + rules.early
    today = wall_time(reached, zone).date()
    changes = [
        (instant_of(today + timedelta(days=day), minutes, zone), nth)
        for day in (-1, 0, 1, 2)
        for nth, minutes in enumerate(rules.starts)
    ]
    return next(
        PlannedShift(start, end, nth)
        for (start, nth), (end, _) in pairwise(changes)
        if start <= reached < end
    )


def taken_over_until(rules: ShiftRules | None, now: int, zone: ZoneInfo) -> int:
    """When a shift that is taken over now ends as planned; after eight hours where no shifts are planned."""
    return now + _WITHOUT_PLAN if rules is None else planned_shift(rules, now, zone).end


def is_past_end(planned_until: int | None, now: int) -> bool:
    """Whether a shift should have ended; one of which no end is planned never should."""
    return planned_until is not None and planned_until < now


def day_starts(rules: ShiftRules | None, day: date, zone: ZoneInfo) -> int:
    """The instant at which a day of the property begins: with its first shift, else at midnight."""
    return instant_of(day, rules.starts[0] if rules else 0, zone)


def handed_over_singly(
    due_at: Iterable[int], *, major: bool, now: int, until: int
) -> tuple[str, ...]:
    """Why an open matter is acknowledged by itself and not in the group; empty when it is not.

    Args:
        due_at: When its running clocks are due.
        major: Whether it is a major matter.
        now: The instant of the handover.
        until: The planned end of the shift that takes over.

    Returns:
        Of "major", "overdue" and "due" (in the time of the next shift) those that apply.
    """
    due = tuple(due_at)
    why = (
        ("major", major),
        ("overdue", any(each < now for each in due)),
        ("due", any(now <= each <= until for each in due)),
    )
    return tuple(name for name, holds in why if holds)
