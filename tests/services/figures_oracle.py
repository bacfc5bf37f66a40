"""Figures counted the slow way: the whole log is read fact by fact, and nothing of the count itself is used."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from concierge.services.report_views import Totals
from tests.services.world import World

REPAIRS = {
    "home-repair-urgent", "home-repair", "public-glass", "public-lighting", "public-lighting-other",
    "public-repair",
}  # fmt: skip
MEETING = {"ticket.attended", "ticket.answered", "ticket.resolved", "ticket.confirmed"}


@dataclass
class Counted:
    """What was counted by hand."""

    figures: Counter[str] = field(default_factory=Counter)
    received: Counter[tuple[str, str]] = field(default_factory=Counter)
    margins: dict[str, list[int]] = field(default_factory=dict)
    broken: Counter[str] = field(default_factory=Counter)
    fired: Counter[int] = field(default_factory=Counter)
    signed: dict[int, list[int]] = field(default_factory=dict)

    def totals(self) -> Totals:
        """The same as a view says it."""
        return Totals(**self.figures)

    def kept(self) -> list[tuple[str, int, int, int | None]]:
        """Clock, met, broken and the median margin."""
        return [
            (name, len(left), self.broken[name], int(median(left)) if left else None)
            for name in ("answer", "attend", "resolve")
            if (left := self.margins.get(name, [])) or self.broken[name]
        ]

    def rungs(self) -> list[tuple[int, int, int, int | None]]:
        """Rung, fired, acknowledged, and the median of the seconds that took."""
        return [
            (rung, self.fired[rung], len(took), int(median(took)) if took else None)
            for rung in sorted({*(+self.fired), *self.signed} - {0})
            for took in [self.signed.get(rung, [])]
        ]


def counted(world: World, desk: str, low: int, high: int) -> Counted:
    """Everything with ``low < id <= high`` about the tickets of a desk."""
    found = Counted()
    desks = dict(world.rows("select id, desk from ticket"))
    fired: dict[tuple[int, str, int, int], int] = {}
    categories: dict[int, str] = {}
    for event_id, at, kind, ticket_id, data in world.rows(
        "select id, at, kind, ticket_id, data from event where id <= ? order by id", high
    ):
        if desks.get(ticket_id) != desk:
            continue
        fact = json.loads(data)
        here = event_id > low
        if kind == "ticket.escalated":
            fired[ticket_id, fact["clock"], fact["generation"], fact["rung"]] = at
            found.fired[fact["rung"]] += here
            found.figures["escalated"] += here and fact["rung"] > 0
        elif kind == "clock.breached":
            found.broken[fact["clock"]] += here
            found.figures["broken"] += here
            repair = fact["clock"] == "resolve" and categories[ticket_id] in REPAIRS
            found.figures["repairs_broken"] += here and repair
        elif kind == "ticket.acknowledged" and here:
            for rung in fact["rungs"]:
                took = max(0, at - fired[ticket_id, rung[0], rung[1], rung[2]])
                found.signed.setdefault(rung[2], []).append(took)
        elif here:
            _act(found, kind, fact)
        if "ticket" in fact:
            categories[ticket_id] = fact["ticket"]["category"]
    return found


def _act(found: Counted, kind: str, fact: dict[str, Any]) -> None:
    ticket = fact.get("ticket", {})
    met = fact["met"] if kind in MEETING else []
    if kind == "ticket.added":
        found.received[ticket["kind"], ticket["category"]] += 1
        found.figures["received"] += 1
        found.figures["on_the_spot"] += fact["on_the_spot"] and ticket["state"] == "closed"
        found.figures["logged_late"] += ticket["logged_late"]
        found.figures["major"] += ticket["grade"] == "major"
        met = list(fact["clocks"])
    if kind == "ticket.raised" or (
        kind == "ticket.changed"
        and (fact["before"]["grade"], ticket["grade"]) == ("ordinary", "major")
    ):
        found.figures["major"] += 1
    for name in met:
        clock = fact["clocks"][name]
        if (
            clock["met_at"] is None
            or clock["met_at"] > clock["due_at"]
            or clock["awaits_confirmation"]
        ):
            continue
        found.margins.setdefault(name, []).append(clock["due_at"] - clock["met_at"])
        found.figures["met"] += 1
        found.figures["repairs_met"] += name == "resolve" and ticket["category"] in REPAIRS
    found.figures["cancelled"] += kind == "ticket.cancelled"
    closing = {"ticket.added", *MEETING} - {"ticket.confirmed"}
    found.figures["closed"] += kind in closing and ticket["state"] == "closed"


def lost(world: World, desk: str, low: int, high: int) -> int:
    """How many matters were lost at handover: the first promise broken after the last end of a shift."""
    ends = world.rows(
        "select last_event, id, ended_how from shift where desk = ? and last_event is not null"
        " order by last_event",
        desk,
    )
    breaches = world.rows(
        "select event.id, event.ticket_id from event join ticket on ticket.id = event.ticket_id"
        " where event.kind = 'clock.breached' and ticket.desk = ? order by event.id",
        desk,
    )
    found = set()
    total = 0
    for event_id, ticket_id in breaches:
        before = [end for end in ends if end[0] < event_id]
        if not before:
            continue
        last, shift, how = before[-1]
        taken = world.rows(
            "select 1 from handover_matter join handover on handover.id = handover_id"
            " where shift_id = ? and ticket_id = ? and state = 'signed'",
            shift, ticket_id,
        )  # fmt: skip
        states = [
            json.loads(data)["ticket"]["state"]
            for (data,) in world.rows(
                "select data from event where ticket_id = ? and id <= ? and kind like 'ticket.%'"
                " and kind != 'ticket.escalated' order by id",
                ticket_id, last,
            )
            if "ticket" in json.loads(data)
        ]  # fmt: skip
        if how in {"alone", "absent"} and not taken and states[-1:] == ["open"]:
            first = (shift, ticket_id) not in found
            found.add((shift, ticket_id))
            total += first and low < event_id <= high
    return total
