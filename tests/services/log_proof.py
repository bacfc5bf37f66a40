"""The proof of a store: its log against the law, and every other row against its log."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from concierge.settings import shipped_calendars, shipped_policy
from tests.domain.oracle import NAMES, Oracle
from tests.services.log_facts import Fact, House, Notice
from tests.services.log_oracle import LogOracle
from tests.services.world import World


def house(world: World) -> House:
    """What the log is read by."""
    hours = {name: ["08:00-18:00"] for name in NAMES}
    days = Oracle(list(shipped_calendars()), "Asia/Shanghai", hours)
    staff = world.rows("select id, name, role from staff where active order by id")
    return House(shipped_policy(), days, tuple((row[0], row[1], row[2]) for row in staff))


def log(world: World) -> list[Fact]:
    """The log, in the order of the chain."""
    rows = world.rows("select id, at, desk, actor, kind, ticket_id, data from event order by id")
    return [Fact._make((*row[:6], json.loads(row[6]))) for row in rows]


def prove(world: World, end: int) -> LogOracle:
    """Hold the log against the law, and every other row against the log."""
    assert world.rows("pragma integrity_check") == [("ok",)]
    assert world.rows("pragma foreign_key_check") == []
    oracle = LogOracle(house(world)).read(log(world))
    assert oracle.finish(end) == [], "\n".join(oracle.problems)
    assert world.is_sound()
    assert escalations(world) == Counter(
        (f.id, f.ticket, f.data["clock"], f.data["generation"], f.data["rung"], f.data["to"],
         tuple(f.data["people"]), f.data["due_at"], f.at, f.data["held_until"])
        for f in oracle.fired
    )  # fmt: skip
    sent = world.rows(
        "select event_id, name, created_at, send_from from outbox o join staff s on s.id = staff_id"
    )
    assert Counter(Notice(*row) for row in sent) == Counter(oracle.notices)
    return oracle


def escalations(world: World) -> Counter[tuple[Any, ...]]:
    """The rungs as the store has them."""
    rows = world.rows(
        "select event_id, e.ticket_id, c.kind, e.generation, e.rung, role, people, e.due_at, fired_at,"
        " held_until from escalation e join clock c on c.id = e.subject_id where subject = 'clock'"
    )
    return Counter(
        (*row[:6], tuple(name for _, name in json.loads(row[6])), *row[7:]) for row in rows
    )
