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
    """How many clocks of one kind were met in time and how many broken."""

    clock: str
    met: int
    broken: int


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
    """A line of the shift's running log."""

    at: int
    staff: str
    text: str


@dataclass(frozen=True, slots=True)
class ShiftSummary:
    """Everything an end-of-shift summary says.

    ``until`` is the end of the shift, or of a running one the instant it was made; ``zone`` the property's;
    ``head`` the hash of the last event that is counted; ``categories`` the names by code and language.
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
        }
        values = dict(raw)
        for name, part in parts.items():
            values[name] = tuple(part(**_tupled(row)) for row in raw[name])
        return cls(**values)


def _tupled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
