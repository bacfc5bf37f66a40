"""What a courier is handed and what it hands back: frozen views of the outbox."""

from __future__ import annotations

from dataclasses import dataclass

from concierge.domain.notify_policy import Way


@dataclass(frozen=True, slots=True)
class Matter:
    """What a notice says; nothing else of a ticket reaches a courier: no caller, phone, household or note.

    ``number`` is None for a shift that nobody relieves. ``due_at`` is the promise's own, seconds UTC, and
    ``limit`` how it is written in the policy ("15 minutes"). ``words`` are whole; what leaves is cut.
    """

    number: str | None
    unit: str | None
    place: str | None
    category: str
    grade: str
    clock: str
    limit: str
    due_at: int
    rung: int
    role: str
    people: tuple[str, ...]
    assignee: str | None
    words: str
    desk: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """One row of the outbox: a person, and the ways to that person that are still to be tried."""

    outbox_id: int
    name: str
    role: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One event that has to reach people, leased to one courier.

    ``event_id`` is the key by which whoever receives it twice knows it again. ``ways`` lead to all of the
    role at once and to the command hook: each is used once an event, not once a person.
    """

    event_id: int
    matter: Matter
    ways: tuple[Way, ...]
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Leased:
    """What a courier took; ``settled`` counts rows that needed none, for they lead nowhere or are moot."""

    notices: tuple[Notice, ...] = ()
    settled: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row: the keys of the ways that delivered, and the code of what failed, if anything."""

    outbox_id: int
    delivered: tuple[str, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round of delivery did, in notices: sent, to be tried again, given up."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
