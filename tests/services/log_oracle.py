"""Who had to be told when, reckoned from the log alone: what of it is missing, double, early, out of order.

It reads facts in the order of the chain, keeps nothing but what they say, and takes each next rung from the
slow ladder of ``ladder_oracle``; no row but the log's is looked at, and no rule of the code it judges is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.domain.ladder_oracle import Promised, Told, next_told
from tests.services.log_facts import ROLES, Fact, House, Notice, Owed, Rung, Running


@dataclass
class LogOracle:
    """Reads a log; ``problems`` says what is wrong, each with a word for it first."""

    house: House
    problems: list[str] = field(default_factory=list)
    fired: list[Fact] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    named: int = 0  # rungs that an act came before, as the log says
    tickets: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    clocks: dict[int, dict[str, Running]] = field(default_factory=lambda: defaultdict(dict))
    _seen: set[tuple[object, ...]] = field(default_factory=set)
    _owed: Owed | None = None
    _acted: dict[int, str] = field(default_factory=dict)
    _swept: int = 0  # the latest sweep's instant
    _group: tuple[str, int] | None = None  # the sweep whose facts are being read: desk and instant
    _latest_due: int = 0
    _told: list[tuple[Fact, int | None]] = field(default_factory=list)

    def read(self, facts: Iterable[Fact]) -> LogOracle:
        """Take in the whole log."""
        for fact in facts:
            group = (fact.desk, fact.at) if fact.actor is None else None
            if group is None or group != self._group:
                self._notify()
            self._group = group
            owed, self._owed = self._owed, None
            if owed and (fact.ticket, fact.kind) != (owed[0], "ticket.escalated"):
                self._say("missing", f"event {fact.id}: rung 1 of {owed}, which was raised")
            if fact.ticket is None:
                continue
            if fact.kind == "ticket.escalated":
                self._fire(fact, owed)
            elif fact.kind == "clock.breached":
                self._break(fact)
            else:
                self._act(fact)
        self._notify()
        return self

    def finish(self, end: int) -> list[str]:
        """After a last sweep at ``end`` nothing that was due before it may be left; returns all problems."""
        clocks = [(ticket, *each) for ticket, of in self.clocks.items() for each in of.items()]
        for ticket, kind, clock in clocks:
            for rung, _, at in self._due(ticket, clock, end):
                self._say("missing", f"ticket {ticket} {kind} rung {rung} of {at}, still at {end}")
        return self.problems

    def _say(self, word: str, text: str) -> None:
        self.problems.append(f"{word}: {text}")

    def _coming(self, clock: Running, rows: list[Told]) -> Rung:
        said = clock.said
        ladder = self.house.policy["ladders"][said["ladder"]]
        on = Promised(
            self.house.steps(said["ladder"]), warned="warning" in ladder,
            received=said["counted_from"], due=said["due_at"], warn=said["warn_at"],
        )  # fmt: skip
        return next_told(on, rows, self.house.days)

    def _due(self, ticket: int, clock: Running, now: int) -> Iterator[Rung]:
        """The rungs of a clock that a sweep at ``now`` would tell; of the repeats the first."""
        if not clock.open or self.tickets[ticket]["state"] != "open":
            return
        rows, top = clock.present(), len(self.house.steps(clock.said["ladder"]))
        while (coming := self._coming(clock, rows))[2] < now:
            yield coming
            rung, role, at = coming
            if rung > top:
                return
            people = self.house.people(self.tickets[ticket], role, rung)
            held = self.house.asleep(self.tickets[ticket], role, at) if people else None
            rows = [*rows, Told(rung, at, now, bool(people), None, held)]

    def _act(self, fact: Fact) -> None:
        """Something was done to a ticket: what was due and is not any more has to be named."""
        ticket, data = fact.ticket or 0, fact.data
        before = {
            (kind, clock.said["generation"], rung, at)
            for kind, clock in self.clocks[ticket].items()
            for rung, _, at in self._due(ticket, clock, fact.at)
        }
        if fact.kind == "ticket.raised":
            self._raise(ticket)
        self._acted[ticket] = fact.kind
        self._take(ticket, data)
        for kind, generation, rung in data.get("rungs", ()):
            self.clocks[ticket][kind].sign(generation, rung, fact.at)
        still = {
            (kind, clock.said["generation"]): rung
            for kind, clock in self.clocks[ticket].items()
            for rung, _, _ in reversed(list(self._due(ticket, clock, fact.at)))
        }
        gone = {
            (kind, generation, rung, at)
            for kind, generation, rung, at in before
            if rung < still.get((kind, generation), rung + 1)
        }
        said = {tuple(each) for each in data.get("overtaken", ())}
        self.named += len(said)
        if gone != said:
            self._say(
                "overtaken", f"event {fact.id} {fact.kind}: {sorted(said)}, not {sorted(gone)}"
            )

    def _raise(self, ticket: int) -> None:
        """A matter became major: rung 1 of the clock due first is owed, unless it or more was told."""
        running = [each for each in self.clocks[ticket].items() if each[1].open]
        kind, clock = min(running, key=lambda each: each[1].said["due_at"])
        if self._coming(clock, clock.present())[0] <= 1:
            self._owed = ticket, kind, self.tickets[ticket]["raise_at"]

    def _take(self, ticket: int, data: Mapping[str, Any]) -> None:
        if "ticket" in data:
            self.tickets[ticket] = data["ticket"]
        for kind, said in data.get("clocks", {}).items():
            self.clocks[ticket].setdefault(kind, Running(said)).said = said

    def _break(self, fact: Fact) -> None:
        """A breach goes on record once a generation, and not before it is one."""
        key = ("breach", fact.ticket, fact.data["clock"], fact.data["generation"])
        if key in self._seen:
            self._say("double", f"event {fact.id}: breach {key}")
        if fact.at <= fact.data["due_at"]:
            self._say("early", f"event {fact.id}: breach {key}")
        self._seen.add(key)
        self._take(fact.ticket or 0, fact.data)

    def _fire(self, fact: Fact, owed: Owed | None) -> None:
        """A rung went on record: the one that had to come, once, after its instant."""
        data, ticket = fact.data, self.tickets[fact.ticket or 0]
        clock = self.clocks[fact.ticket or 0][data["clock"]]
        key = (fact.ticket, data["clock"], data["generation"], data["rung"])
        where = f"event {fact.id} {key}"
        coming = self._coming(clock, clock.present())
        if key in self._seen:
            self._say("double", where)
        elif not clock.open or data["generation"] != clock.said["generation"]:
            self._say("dead", f"{where}: the clock does not run")
        else:
            self._check(fact, self._wanted(fact, coming, owed), where)
        self._seen.add(key)
        people = self.house.people(ticket, data["to"], data["rung"])
        held = self.house.asleep(ticket, data["to"], data["due_at"]) if people else None
        if (people, held) != (data["people"], data["held_until"]):
            self._say(
                "told", f"{where}: {data['people']} {data['held_until']}, not {people} {held}"
            )
        told = Told(data["rung"], data["due_at"], fact.at, bool(people), None, held)
        clock.rows.append((data["generation"], told))
        self.fired.append(fact)
        if people:
            self._told.append((fact, self.house.asleep(ticket, data["to"], fact.at)))

    def _wanted(self, fact: Fact, coming: Rung, owed: Owed | None) -> Rung:
        """What had to go on record: the rung to come, or at this instant what somebody did by hand."""
        if fact.data["by_hand"]:
            return max(1, coming[0]), fact.data["to"], fact.at
        if owed is not None and fact.data["clock"] == owed[1]:
            return 1, "supervisor", owed[2]
        if fact.actor is not None and self._acted[fact.ticket or 0] == "ticket.changed":
            return 1, "supervisor", fact.at
        return coming

    def _check(self, fact: Fact, wanted: Rung, where: str) -> None:
        data, rung, due = fact.data, fact.data["rung"], fact.data["due_at"]
        if rung != wanted[0]:
            self._say("order", f"{where}: rung {wanted[0]} of {wanted[2]} had to come first")
        elif (rung, data["to"], due) != wanted:
            self._say("instant", f"{where}: {data['to']} {due}, not {wanted}")
        late = 0 if data["by_hand"] else fact.at - due
        if data["late_seconds"] != late:
            self._say("late", f"{where}: says {data['late_seconds']} s, not {late}")
        if fact.actor is None:
            self._in_line(fact, where)
        elif fact.at < due:
            self._say("early", f"{where}: at {fact.at}, due {due}")

    def _in_line(self, fact: Fact, where: str) -> None:
        """What a sweep tells comes after its instant, after what was due before it and after other sweeps."""
        due = fact.data["due_at"]
        if fact.at <= due:
            self._say("early", f"{where}: at {fact.at}, due {due}")
        if fact.at < self._swept:
            self._say("order", f"{where}: at {fact.at}, after a sweep at {self._swept}")
        if due < self._latest_due:
            self._say("order", f"{where}: due {due}, after one due {self._latest_due}")
        self._swept, self._latest_due = fact.at, due

    def _notify(self) -> None:
        """A transaction ended: one notice a ticket for the highest rung, and for the highest of those awake."""
        self._latest_due = 0
        by_ticket: dict[int, list[tuple[Fact, int | None]]] = {}
        for fact, waits in self._told:
            by_ticket.setdefault(fact.ticket or 0, []).append((fact, waits))
        for told in by_ticket.values():
            told.sort(key=lambda each: (ROLES.index(each[0].data["to"]), each[0].data["rung"]))
            awake = [each for each in told if each[1] is None]
            for fact, waits in {each[0].id: each for each in (told[-1:] + awake[-1:])}.values():
                for name in fact.data["people"]:
                    self.notices.append(Notice(fact.id, name, fact.at, waits or fact.at))
        self._told = []
