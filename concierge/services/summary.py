"""The end-of-shift summary as values: what exports render and the screen shows.

Instants are seconds since the epoch, UTC; lists are in the order in which things happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Received:
    """How many matters of one category came in, and how many were answered on the spot."""

    kind: str
    category: str
    count: int
    on_the_spot: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many clocks of one kind were met in time and how many broken.

    ``median_margin``: of those met in time, the median of the seconds that were left; None when there are none.
    """

    clock: str
    met: int
    broken: int
    median_margin: int | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that was broken during the shift; ``met_at`` is None while it is still not kept."""

    number: str
    unit: str | None
    place: str | None
    category: str
    clock: str
    due_at: int
    met_at: int | None
    cause: str | None


@dataclass(frozen=True, slots=True)
class Escalated:
    """A rung that fired during the shift; ``people`` empty means nobody held the role."""

    number: str
    unit: str | None
    place: str | None
    category: str
    clock: str
    rung: int
    to: str
    people: tuple[str, ...]
    due_at: int
    fired_at: int
    by_hand: bool
    acknowledged_at: int | None
    acknowledged_by: str | None


@dataclass(frozen=True, slots=True)
class RungCount:
    """How often a rung fired, how often it was acknowledged, after how many seconds in the median.

    A signature counts in the time in which it was given, whenever the rung fired: adjoining shifts add up.
    """

    rung: int
    fired: int
    acknowledged: int
    median_seconds: int | None


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour on the property's wall, from the instant ``start``: what came in, was kept and broken in it."""

    start: int
    received: int
    met: int
    broken: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the shift's timeline.

    ``what`` is a code: received (of a major matter), broken, met-late, escalated, acknowledged, told (by
    phone), note, handover (begun), count (that differs). ``who``: who did it or was told; ``role`` and
    ``rung`` of an escalation; ``text`` what a person typed. Of a count that differs ``item`` is its code, with
    the numbers ``expected`` and ``counted``; a summary of an older program has all of it in ``text``. Of a
    promise found broken ``due_at`` is when its time ran out, and ``at`` when that was found.
    """

    at: int
    what: str
    number: str | None = None
    unit: str | None = None
    place: str | None = None
    category: str | None = None
    clock: str | None = None
    rung: int | None = None
    role: str | None = None
    who: str | None = None
    text: str | None = None
    item: str | None = None
    expected: int | None = None
    counted: int | None = None
    due_at: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one thing at the handover; ``names`` by language; a difference has its ``word``."""

    item: str
    names: dict[str, str]
    expected: int | None
    counted: int
    word: str | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed: ``part`` is outgoing, incoming or review; ``how`` name or pin."""

    part: str
    name: str
    at: int
    how: str


@dataclass(frozen=True, slots=True)
class Carried:
    """An open matter that the next shift takes over, with what is due next on it."""

    number: str
    kind: str
    category: str
    grade: str
    unit: str | None
    place: str | None
    words: str
    step: str
    due_at: int
    to_be_agreed: bool
    overdue: bool
    assignee: str | None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of the shift's running log; ``flag`` is next, director, thanks or None."""

    at: int
    staff: str
    text: str
    flag: str | None = None
    unit: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class ShiftSummary:
    """Everything an end-of-shift summary says.

    ``until`` is the end of the shift, or of a running one the instant it was made; ``zone`` the property's;
    ``head`` the hash of the last event that is counted; ``categories`` the names by code and language.
    ``ended_how`` and ``end_reason`` as the shift's row has them, ``forgotten`` that its end was found at the
    next start. ``singly`` and ``grouped`` are how many matters were acknowledged at the handover by themselves
    and with the rest. ``left_out`` lines of the timeline were too many; ``withheld`` matters about members of
    staff are counted and stand in no list: ``withheld_open`` of them are carried over, ``withheld_overdue`` of
    these overdue. ``signed`` is the summary's own hash once it was signed: of what it
    says, not of that.
    """

    property_name: str
    rehearsal: bool
    desk: str
    shift: int
    state: str
    staff: str
    started_at: int
    ended_at: int | None
    until: int
    zone: str
    events: int
    head: str
    received: tuple[Received, ...]
    logged_late: int
    kept: tuple[Kept, ...]
    broken: tuple[Broken, ...]
    warnings: int
    escalated: tuple[Escalated, ...]
    closed: int
    cancelled: int
    carried: tuple[Carried, ...]
    notes: tuple[NoteLine, ...]
    categories: dict[str, dict[str, str]]
    planned_from: int | None = None
    planned_until: int | None = None
    taken_from: str | None = None
    handed_to: str | None = None
    ended_how: str | None = None
    end_reason: str | None = None
    forgotten: bool = False
    rungs: tuple[RungCount, ...] = ()
    hours: tuple[Hour, ...] = ()
    timeline: tuple[Line, ...] = ()
    counts: tuple[Counted, ...] = ()
    signatures: tuple[Signature, ...] = ()
    singly: int = 0
    grouped: int = 0
    signed: str | None = None
    left_out: int = 0
    withheld: int = 0
    withheld_open: int = 0
    withheld_overdue: int = 0

    @property
    def open_count(self) -> int:
        """How many matters are carried over, or open now: those that no list has among them."""
        return len(self.carried) + self.withheld_open

    @property
    def overdue_count(self) -> int:
        """How many of these are overdue."""
        return sum(each.overdue for each in self.carried) + self.withheld_overdue

    def to_json(self) -> dict[str, object]:
        """Plain values, for the store."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> ShiftSummary:
        """Back from plain values."""
        parts: dict[str, Any] = {
            "received": Received,
            "kept": Kept,
            "broken": Broken,
            "escalated": Escalated,
            "carried": Carried,
            "notes": NoteLine,
            "rungs": RungCount,
            "hours": Hour,
            "timeline": Line,
            "counts": Counted,
            "signatures": Signature,
        }
        values = dict(raw)
        for (
            name,
            part,
        ) in parts.items():  # one that was kept by an older program lacks the newer parts
            values[name] = tuple(part(**_tupled(row)) for row in raw.get(name, ()))
        return cls(**values)


def _tupled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
