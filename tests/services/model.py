"""A lobby in plain memory: what the law says of a few tickets, without a store, a transaction or a sweep.

Due times come from ``promise`` and rungs from the reckoner, both proved elsewhere; all else is told here anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from concierge.domain.calendar import Calendar
from concierge.domain.deadline import ClockSpec, Promise, promise
from concierge.domain.policy import MAJOR_LADDER, Category, Policy
from concierge.domain.roles import rank
from concierge.settings import shipped_calendars
from tests.domain.ladder_oracle import Promised, Step, Told, awake_at, next_told
from tests.domain.oracle import NAMES, Oracle

ZONE = "Asia/Shanghai"


class Refused(Exception):
    """The law does not allow it; nothing has changed."""


def need(*, allowed: bool) -> None:
    """Refuse unless it is allowed."""
    if not allowed:
        raise Refused


@cache
def days() -> Oracle:
    """The property's days, day by day."""
    return Oracle(list(shipped_calendars()), ZONE, {name: ["08:00-18:00"] for name in NAMES})


@dataclass
class Row:
    """A rung on record; ``told`` are names."""

    generation: int
    rung: int
    to: str
    due: int
    fired: int
    told: tuple[str, ...]
    by_hand: bool
    held: int | None
    signed: int | None = None


@dataclass
class Running:
    """A clock: what was promised under which policy, and all that was told of it."""

    kind: str
    spec: ClockSpec
    counted: int
    policy: Policy
    given: Promise
    ladder: str
    generation: int = 1
    agreed: int | None = None
    agreed_from: int | None = None
    met: int | None = None
    stopped: int | None = None
    awaiting: bool = False
    broken: set[int] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether it runs."""
        return self.met is None and self.stopped is None

    @property
    def due(self) -> int:
        """By when."""
        return self.given.due_at


@dataclass
class Matter:
    """A ticket."""

    number: str
    kind: str
    category: str
    grade: str
    received: int
    counted: int
    owner: str
    state: str = "open"
    closed: int | None = None
    clocks: list[Running] = field(default_factory=list)

    def alive(self) -> list[Running]:
        """The clocks that run."""
        return [clock for clock in self.clocks if clock.open]

    def clock(self, kind: str) -> Running | None:
        """The clock of a kind."""
        return next((clock for clock in self.clocks if clock.kind == kind), None)

    def soonest(self) -> Running | None:
        """The running clock that is due first, of equals the one started first."""
        return min(self.alive(), key=lambda clock: clock.due, default=None)


@dataclass(frozen=True)
class Notice:
    """What one person is sent: of which ticket and rung, not before when."""

    number: str
    rung: int
    name: str
    send_from: int


@dataclass
class Ladders:
    """Whom a ticket is told to; ``staff`` are the active ones, name to role, in the order of the store."""

    calendar: Calendar
    staff: dict[str, str]
    now: int = 0
    notices: list[Notice] = field(default_factory=list)

    def upcoming(self, matter: Matter, clock: Running) -> tuple[int, str, int]:
        """The next rung of a clock: number, role, instant."""
        ladder = clock.policy.ladders[clock.ladder]
        category: Category | None = clock.policy.categories.get(matter.category)
        top = category.top if category and category.top else "manager"
        steps = tuple(
            Step(rung.to, rung.anchor, rung.offset.amount, rung.offset.unit.value)
            if rung.offset
            else Step(rung.to, rung.anchor)
            for rung in ladder.rungs
            if rank(rung.to) <= rank(top)
        )
        repeat = (ladder.repeat.amount, ladder.repeat.unit.value) if ladder.repeat else None
        on = Promised(
            steps, warned=ladder.warning is not None, received=clock.counted, due=clock.due,
            warn=clock.given.warn_at, repeat=repeat,
        )  # fmt: skip
        return next_told(on, [_told(row) for row in _present(clock)], days())

    def night(self, matter: Matter, clock: Running, role: str, at: int) -> int | None:
        """Until when somebody is left to sleep."""
        quiet = clock.policy.quiet
        category = clock.policy.categories.get(matter.category)
        wakes = matter.grade == "major" or (category is not None and category.always)
        if wakes or quiet is None or role not in quiet.roles:
            return None
        return awake_at((quiet.start, quiet.end), at, ZONE)

    def fire(
        self, matter: Matter, clock: Running, rung: int, to: str, due: int, *, by_hand: bool = False
    ) -> Row:
        """Put a rung on record now."""
        if rung == 0:
            told = tuple(name for name in (matter.owner,) if name in self.staff)
        else:
            told = tuple(name for name, role in self.staff.items() if role == to)
        held = self.night(matter, clock, to, due) if told else None
        row = Row(clock.generation, rung, to, due, self.now, told, by_hand, held)
        clock.rows.append(row)
        return row

    def notify(self, matter: Matter, fired: Iterable[tuple[Running, Row]]) -> None:
        """One notice a ticket for the highest rung, and for the highest of those who are awake."""
        found = [
            (rank(row.to), row.rung, row.told, self.night(matter, clock, row.to, self.now))
            for clock, row in fired
            if row.told
        ]
        highest = max(found, default=None, key=lambda each: each[:2])
        awake = max((each for each in found if each[3] is None), default=None, key=lambda e: e[:2])
        for each in {id(one): one for one in (highest, awake) if one is not None}.values():
            for name in each[2]:
                self.notices.append(Notice(matter.number, each[1], name, each[3] or self.now))

    def sweep(self, matters: Iterable[Matter]) -> list[tuple[str, str, Row]]:
        """Fire all that is due."""
        found = []
        for matter in matters:
            fired = []
            for clock in matter.alive():
                while (coming := self.upcoming(matter, clock))[2] < self.now:
                    fired.append((clock, self.fire(matter, clock, *coming)))
            self.notify(matter, fired)
            found += [(matter.number, clock.kind, row) for clock, row in fired]
        return found


def _present(clock: Running) -> list[Row]:
    """What counts for the next rung: this generation's; of a major matter its reception is told once."""
    present = [row for row in clock.rows if row.generation == clock.generation]
    if clock.ladder == MAJOR_LADDER and all(row.rung > 1 for row in present):
        told = [row for row in clock.rows if row.rung == 1 and row.fired >= clock.counted]
        return told[-1:] + present
    return present


def _told(row: Row) -> Told:
    return Told(row.rung, row.due, row.fired, bool(row.told), row.signed, row.held)


def counted(
    spec: ClockSpec, since: int, policy: Policy, calendar: Calendar, *, kind: str | None = None
) -> Running:
    """A clock that starts."""
    given = promise(spec, since, calendar)
    return Running(kind or spec.kind, spec, since, policy, given, spec.ladder)


def put_on(clock: Running, given: Promise) -> None:
    """Another promise; a new generation only if it is due at another instant."""
    clock.generation += given.due_at != clock.due
    clock.given = given


def respec(
    clock: Running, spec: ClockSpec, policy: Policy, calendar: Calendar, *, keep: bool = False
) -> None:
    """Other rules for a clock: it is counted from where it was; an agreed time past them falls away."""
    clock.spec, clock.policy, clock.ladder = spec, policy, spec.ladder
    plain = promise(spec, clock.counted, calendar)
    if clock.agreed is not None and clock.agreed > (plain.cap_at or plain.due_at) and not keep:
        clock.agreed = clock.agreed_from = None
    given = promise(
        spec, clock.counted, calendar, agreed_at=clock.agreed, agreed_from=clock.agreed_from,
        beyond_cap=keep,
    )  # fmt: skip
    put_on(clock, given)


def restart(
    clock: Running, spec: ClockSpec, since: int, policy: Policy, calendar: Calendar
) -> None:
    """Run again from an instant, without its agreed time."""
    clock.met = clock.stopped = clock.agreed = clock.agreed_from = None
    clock.awaiting, clock.counted = False, since
    respec(clock, replace(spec), policy, calendar)
