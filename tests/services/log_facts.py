"""What a log says, facts and clocks with their rungs; and what it is read by, policy, days and staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from tests.domain.ladder_oracle import Step, Told, awake_at
from tests.domain.oracle import Oracle

ROLES = ("concierge", "supervisor", "director", "manager")
Rung = tuple[int, str, int]  # its number, to whom, its instant
Owed = tuple[
    int, str, int
]  # rung 1 of a matter that was raised: its ticket, its clock, its instant


class Fact(NamedTuple):
    """One event of the log; ``actor`` is None for what happens by itself."""

    id: int
    at: int
    desk: str
    actor: str | None
    kind: str
    ticket: int | None
    data: Mapping[str, Any]


@dataclass(frozen=True)
class House:
    """What a log is read by: raw policy, the property's days, and its staff as id, name and role."""

    policy: Mapping[str, Any]
    days: Oracle
    staff: tuple[tuple[int, str, str], ...]

    def steps(self, ladder: str) -> tuple[Step, ...]:
        """The rungs of a ladder from 1 up, from the words of the policy."""
        found = []
        for rung in self.policy["ladders"][ladder]["rungs"]:
            anchor, _, offset = rung["when"].partition(" + ")
            amount, _, unit = offset.partition(" ")
            plural = unit if unit.endswith("s") or not unit else unit + "s"
            found.append(Step(rung["to"], anchor, int(amount or 0), plural))
        return tuple(found)

    def asleep(self, ticket: Mapping[str, Any], role: str, at: int) -> int | None:
        """Until when people of a role are left to sleep over a ticket; None when they are told at once."""
        quiet = self.policy["quiet"]
        always = self.policy["categories"][ticket["category"]].get("always", False)
        if role not in quiet["roles"] or ticket["grade"] == "major" or always:
            return None
        start, end = (int(text[:2]) * 60 + int(text[3:]) for text in (quiet["from"], quiet["to"]))
        return awake_at((start, end), at, self.policy["timezone"])

    def people(self, ticket: Mapping[str, Any], role: str, rung: int) -> list[str]:
        """Who is told: the role's holders, or for the warning whoever has the ticket."""
        if rung:
            return [name for _, name, has in self.staff if has == role]
        holder = ticket["assignee_id"] or ticket["first_owner_id"]
        return [name for each, name, _ in self.staff if each == holder]


@dataclass
class Running:
    """A clock as the log last said it is, and every rung told of it: (generation, rung) and when."""

    said: Mapping[str, Any]
    rows: list[tuple[int, Told]] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether it runs."""
        return self.said["met_at"] is None and self.said["stopped_at"] is None

    def sign(self, generation: int, rung: int, at: int) -> None:
        """A rung was acknowledged."""
        for nth, (of, told) in enumerate(self.rows):
            if (of, told.rung) == (generation, rung):
                self.rows[nth] = of, replace(told, signed=at)

    def present(self) -> list[Told]:
        """What was told of this generation; a major matter's reception is told once, for all of them."""
        now = [told for generation, told in self.rows if generation == self.said["generation"]]
        if self.said["ladder"] == "major" and all(told.rung > 1 for told in now):
            since = self.said["counted_from"]
            foot = [told for _, told in self.rows if told.rung == 1 and told.fired >= since]
            return foot[-1:] + now
        return now


class Notice(NamedTuple):
    """A notice that had to be written: for which fact, to whom, and from when it may be sent."""

    event: int
    name: str
    created: int
    send_from: int
