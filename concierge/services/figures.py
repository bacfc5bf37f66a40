"""Counting a stretch of the log once: the figures of a shift, a day, a week or a month alike.

A fact counts where it was recorded: in the stretch that holds its event, and in the hour in which it was put
down. Adjoining stretches therefore add up, and nothing that is done later changes an earlier one. A signature
counts in its own stretch, whenever its rung fired. Of a matter its category and building count as they were at
that fact. Among the staff, what came in, was broken or escalated belongs to the first owner; what was met to
whoever met it; what was closed or cancelled to whoever did that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from concierge.domain.escalation import WARNING
from concierge.domain.repairs import is_repair
from concierge.domain.wall import wall_time
from concierge.services.log_reading import TOLD, Fact, TicketThen
from concierge.services.report_views import Totals

FIELDS = tuple(field.name for field in fields(Totals))
(_RECEIVED, _ON_THE_SPOT, _LOGGED_LATE, _MET, _BROKEN, _ESCALATED, _CLOSED, _CANCELLED, _MAJOR,
 _REPAIRS_MET, _REPAIRS_BROKEN, LOST) = range(len(FIELDS))  # fmt: skip
_CLOSING = frozenset({"ticket.added", "ticket.attended", "ticket.answered", "ticket.resolved"})
_QUARTER = 900
Rung = tuple[int, str, int, int]


class Sums(defaultdict[Any, list[int]]):
    """By key a list of figures, in the order of ``FIELDS``."""

    def __init__(self) -> None:
        super().__init__(lambda: [0] * len(FIELDS))


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken promise, in a part of the stretch; one that no sweep has recorded yet stands past its end."""

    part: int
    event_id: int
    at: int
    ticket_id: int
    clock: str
    due_at: int
    about: TicketThen


@dataclass(frozen=True, slots=True)
class Moment:
    """A fact that a timeline may tell; rung, role and people as far as its kind has them."""

    event_id: int
    at: int
    kind: str
    ticket_id: int
    actor_id: int | None
    clock: str | None
    rung: int | None
    role: str | None
    people: tuple[str, ...]


class Tally:
    """The figures of a stretch of the log, cut into parts.

    Args:
        cuts: By desk the events at which its parts begin, and the last one's end, ascending: part n holds
            ``cuts[n] < id <= cuts[n + 1]``. Other desks' matters are not counted.
        zone: The property's, for the hours.
        telling: Whether the moments for a timeline are kept as well.
    """

    def __init__(
        self, cuts: Mapping[str, Sequence[int]], zone: ZoneInfo, *, telling: bool = False
    ) -> None:
        self.received: Counter[tuple[str, str]] = Counter()
        self.on_the_spot: Counter[tuple[str, str]] = Counter()
        self.margins: defaultdict[str, list[int]] = defaultdict(list)
        self.broken: Counter[str] = Counter()
        self.fired: Counter[int] = Counter()
        self.answered: defaultdict[int, list[int]] = defaultdict(list)
        self.whole = [0] * len(FIELDS)
        self.by_category, self.by_building, self.by_staff, self.by_hour = (
            Sums(), Sums(), Sums(), Sums(),
        )  # fmt: skip
        self.by_part, self.by_start = Sums(), Sums()
        self.breaches: list[Breach] = []
        self.moments: list[Moment] = []
        self._cuts, self._zone, self._telling = cuts, zone, telling
        self._hour_of = lru_cache(maxsize=None)(self._hour)
        self.rungs: dict[Rung, int] = {}
        self.signed: list[tuple[Rung, int]] = []

    @property
    def warnings(self) -> int:
        """How often somebody was warned."""
        return self.fired[WARNING]

    def totals(self) -> Totals:
        """The whole's figures as a value."""
        return totals_of(self.whole)

    def hours(self, low: int, high: int) -> list[int]:
        """The hours on the wall from one instant to another, each by the instant at which it began."""
        quarters = range(low // _QUARTER, high // _QUARTER + 1)
        return sorted({self._hour_of(quarter)[1] for quarter in quarters})

    def part_of(self, desk: str, event_id: int) -> int | None:
        """The part of the stretch in which an event of a desk lies; None outside of it."""
        cuts = self._cuts.get(desk, ())
        nth = bisect_left(cuts, event_id)
        return nth - 1 if 0 < nth < len(cuts) else None

    def take(self, row: Sequence[Any], fact: Fact, about: TicketThen) -> None:
        """Count a fact of a ticket that was ``about`` after it."""
        event_id, at, _, kind, ticket_id = row[:5]
        part = self.part_of(about.desk, event_id)
        if part is None:
            return
        if kind == "clock.breached":
            self.breach(Breach(part, event_id, at, ticket_id, fact.clock, fact.due_at, about))
        elif kind == "ticket.escalated":
            self._fire((ticket_id, fact.clock, fact.generation, fact.rung), at, about, part)
        elif kind == "ticket.acknowledged":
            self.signed += [((ticket_id, *rung), at) for rung in fact.rungs]
        elif kind != TOLD:
            self._act(row, fact, about, part)
        if self._telling:
            self._tell(row, fact, about)

    def _act(self, row: Sequence[Any], fact: Fact, about: TicketThen, part: int) -> None:
        _, at, actor_id, kind, _ = row[:5]
        rows = self._rows(about, at, part)
        owner = self.by_staff[about.first_owner_id]
        was_major = kind == "ticket.changed" and fact.before and fact.before.grade == "major"
        if kind == "ticket.added":
            self._receive(fact, about, (*rows, owner))
        elif (
            kind in {"ticket.changed", "ticket.raised"} and about.grade == "major" and not was_major
        ):
            _add((*rows, owner), _MAJOR)
        met = fact.clocks if kind == "ticket.added" else fact.met
        for name in met:
            clock = fact.clocks[name]
            if clock.met_at is None or not clock.kept:
                continue
            self.margins[name].append(clock.due_at - clock.met_at)
            rows_met = (*rows, self.by_staff[clock.met_by or actor_id])
            _add(rows_met, _MET)
            if name == "resolve" and is_repair(about.category):
                _add(rows_met, _REPAIRS_MET)
        if kind == "ticket.cancelled":
            _add((*rows, self.by_staff[actor_id]), _CANCELLED)
        elif about.state == "closed" and kind in _CLOSING:
            _add((*rows, self.by_staff[actor_id]), _CLOSED)

    def _receive(self, fact: Fact, about: TicketThen, rows: Iterable[list[int]]) -> None:
        rows = tuple(rows)
        key = (about.kind, about.category)
        self.received[key] += 1
        _add(rows, _RECEIVED)
        if fact.on_the_spot and about.state == "closed":
            self.on_the_spot[key] += 1
            _add(rows, _ON_THE_SPOT)
        if about.logged_late:
            _add(rows, _LOGGED_LATE)
        if about.grade == "major":
            _add(rows, _MAJOR)

    def breach(self, breach: Breach) -> None:
        """Count a broken promise."""
        about = breach.about
        rows = (*self._rows(about, breach.at, breach.part), self.by_staff[about.first_owner_id])
        self.breaches.append(breach)
        self.broken[breach.clock] += 1
        _add(rows, _BROKEN)
        if breach.clock == "resolve" and is_repair(about.category):
            _add(rows, _REPAIRS_BROKEN)

    def lose(self, breach: Breach) -> None:
        """Count a broken promise of this stretch as lost at handover."""
        about = breach.about
        rows = self._rows(about, breach.at, breach.part)
        _add((*rows, self.by_staff[about.first_owner_id]), LOST)

    def _fire(self, rung: Rung, at: int, about: TicketThen, part: int) -> None:
        self.fired[rung[3]] += 1
        self.rungs[rung] = at
        if rung[3] != WARNING:
            rows = self._rows(about, at, part)
            _add((*rows, self.by_staff[about.first_owner_id]), _ESCALATED)

    def _rows(self, about: TicketThen, at: int, part: int) -> tuple[list[int], ...]:
        hour, start = self._hour_of(at // _QUARTER)
        return (
            self.whole,
            self.by_category[about.category],
            self.by_building[building_of(about.unit)],
            self.by_hour[hour],
            self.by_start[start],
            self.by_part[part],
        )

    def _hour(self, quarter: int) -> tuple[str, int]:
        """The hour on the wall in a quarter of an hour, and the instant at which it began."""
        at = quarter * _QUARTER
        wall = wall_time(at, self._zone)
        return f"{wall.hour:02d}", at - wall.minute * 60 - wall.second

    def _tell(self, row: Sequence[Any], fact: Fact, about: TicketThen) -> None:
        event_id, at, actor_id, kind, ticket_id = row[:5]
        rung = fact.rung or max((nth for _, _, nth in fact.rungs), default=WARNING)
        clock = fact.clock or next((name for name, _, _ in fact.rungs), None)
        late = next((name for name in fact.met if fact.clocks[name].late), None)
        told = {
            "ticket.added": about.grade == "major",
            "clock.breached": False,  # told from the breaches
            "ticket.escalated": rung != WARNING,
            "ticket.acknowledged": rung != WARNING,
            TOLD: True,
        }.get(kind, late is not None)
        if told:
            self.moments.append(
                Moment(
                    event_id=event_id,
                    at=at,
                    kind=kind,
                    ticket_id=ticket_id,
                    actor_id=actor_id,
                    clock=clock or late,
                    rung=rung or None,
                    role=fact.to or None,
                    people=fact.people,
                )
            )

    def answer(self, before: Mapping[Rung, int]) -> None:
        """Count how long signatures took; ``before``: when rungs fired that are not of this stretch."""
        for rung, at in self.signed:
            fired = self.rungs.get(rung, before.get(rung))
            if fired is not None:
                self.answered[rung[3]].append(max(0, at - fired))


def totals_of(sums: Sequence[int]) -> Totals:
    """Figures in the order of ``FIELDS`` as a value."""
    return Totals(*sums)


def building_of(unit: str | None) -> str:
    """The building of a unit: "3" of 3-1201; "" where there is none."""
    head, dash, _ = (unit or "").partition("-")
    return head if dash else ""


def _add(rows: Iterable[list[int]], field: int) -> None:
    for row in rows:
        row[field] += 1
