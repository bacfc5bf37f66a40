"""Frozen views: what services hand to screens, exports and the command line.

Instants are whole seconds since the epoch, UTC. Nothing here knows a table or a sentence for people.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from concierge.domain.masked_views import hides


@dataclass(frozen=True, slots=True)
class StaffView:
    """A member of staff: role is concierge, supervisor, director or manager."""

    id: int
    name: str
    role: str
    phone: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class ClockView:
    """A limit running on a ticket, as it stands in its current generation.

    ``breached`` is computed from now, swept or not, and stays once a breach is on record. ``limit`` is the
    cap of a time by agreement; ``at_once`` counts instead while nobody asked for a time.
    """

    id: int
    kind: str
    generation: int
    counted_from: int
    due_at: int
    agreed_at: int | None
    agreed_with: str | None
    cap_at: int | None
    to_be_agreed: bool
    warn_at: int
    met_at: int | None
    met_late: bool
    breached: bool
    provisional: bool
    clause: str
    limit: str
    stopped_at: int | None = None
    awaits_confirmation: bool = False
    at_once: str | None = None
    next_rung: int | None = None
    next_role: str | None = None
    next_at: int | None = None

    @property
    def open(self) -> bool:
        """Whether the clock still runs."""
        return self.met_at is None and self.stopped_at is None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice to one person: ``state`` is waiting, sent, screen (no way but the desk's own) or dead.

    ``at`` is when it was settled, of a waiting one the next try.
    """

    name: str
    state: str
    at: int


@dataclass(frozen=True, slots=True)
class PhoneCallView:
    """Somebody was told of a ticket by phone: ``whom``, when, and who rang."""

    whom: str
    at: int
    by: str


@dataclass(frozen=True, slots=True)
class EscalationView:
    """One rung that fired: told to ``people`` of role ``to``; nobody is an empty tuple.

    ``held_until`` is when the quiet hours end in which it fell due; the next rung counts from then.
    """

    clock: str
    generation: int
    rung: int
    to: str
    people: tuple[str, ...]
    phones: tuple[str | None, ...]
    due_at: int
    fired_at: int
    late_seconds: int
    by_hand: bool
    acknowledged_at: int | None
    acknowledged_by: str | None
    reason: str | None = None
    held_until: int | None = None
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True, slots=True)
class EventView:
    """A fact of the log: a code (``kind``) and values; it becomes a sentence in the reader's language."""

    id: int
    at: int
    actor: str | None
    kind: str
    data: dict[str, object] = field(hash=False)
    personal: dict[str, object] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class InstructionView:
    """What a household asks of the desk; ``weekdays`` are 1 (Monday) to 7, none is every day.

    ``in_force``: today lies between its days, or its last night is not over, and nobody ended it.
    ``active``: it holds at this minute too.
    """

    id: int
    text: str
    starts_on: str | None
    ends_on: str | None
    weekdays: tuple[int, ...]
    from_time: str | None
    to_time: str | None
    given_by: str | None
    written_by: str
    at: int
    ended_at: int | None
    in_force: bool
    active: bool


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket with its clocks, escalations and, when asked for, its events.

    ``instructions`` are those of its household that are in force today.
    """

    id: int
    number: str
    kind: str
    category: str
    grade: str
    unit: str | None
    unit_verified: bool
    place: str | None
    words: str
    state: str
    received_at: int
    logged_at: int
    logged_late: bool
    late_reason: str | None
    first_owner: str
    assignee: str | None
    desk: str
    channel: str
    caller: str | None
    phone: str | None
    against: str | None
    about: str | None
    consent: str | None
    closed_at: int | None
    linked_to: str | None
    clocks: tuple[ClockView, ...]
    escalations: tuple[EscalationView, ...]
    events: tuple[EventView, ...] = ()
    cleaned: bool = False
    household_id: int | None = None
    grade_reason: str | None = None
    calls: tuple[PhoneCallView, ...] = ()
    instructions: tuple[InstructionView, ...] = ()

    @property
    def has_phones(self) -> bool:
        """Whether it is shown with a phone masked: the caller's, or one that somebody typed into its texts."""
        return bool(self.phone) or hides(self)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One open ticket on the board: what is due next on it.

    ``step`` is the kind of the clock due first; ``sign`` follows from due, warn and now at paint time.
    """

    ticket_id: int
    number: str
    kind: str
    category: str
    grade: str
    unit: str | None
    place: str | None
    household: str | None
    words: str
    assignee: str | None
    assignee_id: int | None
    step: str
    due_at: int
    warn_at: int
    to_be_agreed: bool
    provisional: bool
    unacknowledged: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """An escalation that nobody acknowledged yet, for the banner: whom to ring and the number."""

    ticket_id: int
    number: str
    unit: str | None
    place: str | None
    category: str
    grade: str
    words: str
    clock: str
    rung: int
    to: str
    people: tuple[str, ...]
    phones: tuple[str | None, ...]
    due_at: int
    fired_at: int
    deliveries: tuple[Delivery, ...] = ()
    calls: tuple[PhoneCallView, ...] = ()


@dataclass(frozen=True, slots=True)
class ReliefAlarm:
    """A shift that nobody relieved and nobody signed for: its highest rung, whom to ring and the numbers."""

    shift: int
    desk: str
    staff: str
    planned_until: int
    rung: int
    to: str
    people: tuple[str, ...]
    phones: tuple[str | None, ...]
    fired_at: int


@dataclass(frozen=True, slots=True)
class StuckCopy:
    """A copy of a signed summary that could not be made so far (waiting) or at all (dead); a code says why.

    ``way`` is folder or mail.
    """

    shift: int
    way: str
    state: str
    problem: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the first screen shows, read in one transaction; ``last_event`` tells whether it is stale.

    ``beat`` is when somebody last kept watch, ``gap`` the last stretch (from, until) in which nobody did;
    ``dead`` are the people whom a notice could not reach for a day; ``reliefs`` the shifts nobody relieved,
    ``stuck`` the copies of summaries that could not be made.
    """

    property_name: str
    desk: str
    rehearsal: bool
    language: str
    rows: tuple[BoardRow, ...]
    alarms: tuple[Alarm, ...]
    drafts: int
    last_event: int
    shift: ShiftView | None
    held: bool = False
    beat: int | None = None
    gap: tuple[int, int] | None = None
    dead: tuple[str, ...] = ()
    reliefs: tuple[ReliefAlarm, ...] = ()
    stuck: tuple[StuckCopy, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A shift at a desk; ``state`` is open or closed."""

    id: int
    desk: str
    state: str
    started_at: int
    ended_at: int | None
    staff: str
    staff_id: int
