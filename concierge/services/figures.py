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
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo

from concierge.domain.escalation import WARNING
from concierge.domain.policy import CLOCKS
from concierge.domain.repairs import is_repair
from concierge.domain.wall import wall_time
from concierge.services.log_reading import (
    TOLD,
    Added,
    Broke,
    Changed,
    ClocksThen,
    ClockThen,
    Fact,
    Fired,
    Met,
    Signed,
    TicketThen,
)
from concierge.services.moments import Moment, moment_of
from concierge.services.report_views import Totals
from concierge.services.sums import FIELDS, Sums, folded, totals_of

(_RECEIVED, _ON_THE_SPOT, _LOGGED_LATE, _MET, _BROKEN, _ESCALATED, _CLOSED, _CANCELLED, _MAJOR,
 _REPAIRS_MET, _REPAIRS_BROKEN, _LOST) = range(len(FIELDS))  # fmt: skip
# Offsets of zones are whole quarters of an hour.
QUARTER = 900
Rung = tuple[int, str, int, int]


class Matter:
    """What tickets of one desk, category, building and first owner have in common: all that is counted of them.

    A month has tens of thousands of tickets and some hundreds of these, which the garbage collector notices.
    """

    __slots__ = ("_row", "_staff", "desk", "is_repair", "owner")

    def __init__(self, about: TicketThen, row: list[int], staff: Sums) -> None:
        self.desk, self.owner = about.desk, about.first_owner_id
        self.is_repair = is_repair(about.category)
        self._row, self._staff = row, staff

    def add(self, field: int, time: list[int], who: int | None) -> None:
        """One more of a figure: of this, in the row of its time, by somebody."""
        self._row[field] += 1
        time[field] += 1
        self._staff[who][field] += 1


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken promise, in a part of the stretch; one that no sweep has recorded yet stands past its end."""

    part: int
    event_id: int
    at: int
    ticket_id: int
    clock: str
    due_at: int
    matter: Matter


class Tally:
    """The figures of a stretch of the log, cut into parts.

    Every fact counts in three rows of figures, from which all that is asked afterwards is summed up: a month
    has hundreds of thousands of facts, and but some thousands of rows.

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
        self.by_staff = Sums()
        self.breaches: list[Breach] = []
        self.moments: list[Moment] = []
        self.rungs: dict[Rung, int] = {}
        self.signed: list[tuple[Rung, int]] = []
        self._matters, self._times = Sums(), Sums()
        self._known: dict[tuple[str, str, str, int], Matter] = {}
        self._cuts, self._zone, self._telling = cuts, zone, telling
        self._near: dict[str, tuple[int, int, int | None]] = dict.fromkeys(cuts, (0, 0, None))

    @property
    def warnings(self) -> int:
        """How often somebody was warned."""
        return self.fired[WARNING]

    def totals(self) -> Totals:
        """The whole's figures."""
        return totals_of(folded(self._matters, lambda _: None)[None])

    def by_category(self) -> Sums:
        """Figures by a category's code."""
        return folded(self._matters, lambda key: key[0])

    def by_building(self) -> Sums:
        """Figures by building; "" for what lies in none."""
        return folded(self._matters, lambda key: key[1])

    def by_part(self) -> Sums:
        """Figures by the part of the stretch."""
        return folded(self._times, lambda key: key[1])

    def by_hour(self) -> Sums:
        """Figures by the hour on the wall, "00" to "23"."""
        return folded(
            self._times, lambda key: f"{wall_time(key[0] * QUARTER, self._zone).hour:02d}"
        )

    def by_start(self) -> Sums:
        """Figures by the instant at which an hour on the wall began."""
        return folded(self._times, lambda key: hour_of(key[0], self._zone))

    def matter(self, about: TicketThen) -> Matter:
        """What is counted of a ticket as it is from a fact on."""
        building = building_of(about.unit)
        key = (about.desk, about.category, building, about.first_owner_id)
        found = self._known.get(key)
        if found is None:
            row = self._matters[about.category, building]
            found = self._known[key] = Matter(about, row, self.by_staff)
        return found

    def take(self, row: Sequence[Any], fact: Fact, matter: Matter) -> None:
        """Count a fact; ``row`` and ``fact`` as ``log_reading`` gives them."""
        event_id, at, _, kind, ticket_id, _ = row
        desk = matter.desk
        low, high, part = self._near.get(desk, (0, 0, None))
        if not low < event_id <= high:
            low, high, part = self._near[desk] = self._part(desk, event_id)
        if part is None:
            return
        if kind == "clock.breached":
            broke = cast("Broke", fact)
            self.breach(Breach(part, event_id, at, ticket_id, broke.clock, broke.due_at, matter))
        elif kind == "ticket.acknowledged":
            self.signed += [((ticket_id, *rung), at) for rung in cast("Signed", fact).rungs]
        elif kind == "ticket.escalated":
            fired = cast("Fired", fact)
            rung = (ticket_id, fired.clock, fired.generation, fired.rung)
            self._fire(rung, at, matter, self._times[at // QUARTER, part])
        elif kind != TOLD:
            self._act(row, fact, matter, self._times[at // QUARTER, part])
        if self._telling and (moment := moment_of(row, fact)) is not None:
            self.moments.append(moment)

    def breach(self, breach: Breach) -> None:
        """Count a broken promise."""
        self.breaches.append(breach)
        self.broken[breach.clock] += 1
        matter, time = breach.matter, self._times[breach.at // QUARTER, breach.part]
        matter.add(_BROKEN, time, matter.owner)
        if breach.clock == "resolve" and matter.is_repair:
            matter.add(_REPAIRS_BROKEN, time, matter.owner)

    def lose(self, breach: Breach) -> None:
        """Count a broken promise of this stretch as lost at handover."""
        time = self._times[breach.at // QUARTER, breach.part]
        breach.matter.add(_LOST, time, breach.matter.owner)

    def answer(self, before: Mapping[Rung, int]) -> None:
        """Count how long signatures took; ``before``: when rungs fired that are not of this stretch."""
        for rung, at in self.signed:
            fired = self.rungs.get(rung, before.get(rung))
            if fired is not None:
                self.answered[rung[3]].append(max(0, at - fired))

    def _part(self, desk: str, event_id: int) -> tuple[int, int, int | None]:
        """The part in which an event of a desk lies, and its bounds; None outside of the stretch."""
        cuts = self._cuts.get(desk, ())
        nth = bisect_left(cuts, event_id)
        if 0 < nth < len(cuts):
            return cuts[nth - 1], cuts[nth], nth - 1
        return event_id - 1, event_id, None

    def _act(self, row: Sequence[Any], fact: Fact, matter: Matter, time: list[int]) -> None:
        _, _, actor_id, kind, _, _ = row
        if isinstance(fact, Met):
            self._meet(fact.met, fact.clocks, matter, time)
            if fact.ticket.state == "closed" and kind != "ticket.confirmed":
                matter.add(_CLOSED, time, actor_id)
        elif isinstance(fact, Added):
            self._receive(fact, matter, time)
            self._meet(CLOCKS, fact.clocks, matter, time)
            if fact.ticket.state == "closed":
                matter.add(_CLOSED, time, actor_id)
        elif kind == "ticket.cancelled":
            matter.add(_CANCELLED, time, actor_id)
        elif kind == "ticket.raised" or (
            isinstance(fact, Changed) and fact.ticket.grade == "major" != fact.before.grade
        ):
            matter.add(_MAJOR, time, matter.owner)

    def _receive(self, fact: Added, matter: Matter, time: list[int]) -> None:
        about, owner = fact.ticket, matter.owner
        key = (about.kind, about.category)
        self.received[key] += 1
        matter.add(_RECEIVED, time, owner)
        if fact.on_the_spot and about.state == "closed":
            self.on_the_spot[key] += 1
            matter.add(_ON_THE_SPOT, time, owner)
        if about.logged_late:
            matter.add(_LOGGED_LATE, time, owner)
        if about.grade == "major":
            matter.add(_MAJOR, time, owner)

    def _meet(
        self, kinds: Iterable[str], clocks: ClocksThen, matter: Matter, time: list[int]
    ) -> None:
        for name in kinds:
            clock: ClockThen | None = getattr(clocks, name)
            if clock is None or clock.met_at is None or not clock.kept:
                continue
            self.margins[name].append(clock.due_at - clock.met_at)
            matter.add(_MET, time, clock.met_by)
            if name == "resolve" and matter.is_repair:
                matter.add(_REPAIRS_MET, time, clock.met_by)

    def _fire(self, rung: Rung, at: int, matter: Matter, time: list[int]) -> None:
        self.fired[rung[3]] += 1
        self.rungs[rung] = at
        if rung[3] != WARNING:
            matter.add(_ESCALATED, time, matter.owner)


def hour_of(quarter: int, zone: ZoneInfo) -> int:
    """The instant at which the hour on the wall began in which a quarter of an hour lies."""
    at = quarter * QUARTER
    wall = wall_time(at, zone)
    return at - wall.minute * 60 - wall.second


def building_of(unit: str | None) -> str:
    """The building of a unit: "3" of 3-1201; "" where there is none."""
    head, dash, _ = (unit or "").partition("-")
    return head if dash else ""
