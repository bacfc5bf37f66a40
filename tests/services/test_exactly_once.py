"""Escalation is neither missed nor doubled: eight programs are killed over and over, then the log is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from concierge.services.escalating import escalate
from concierge.settings import shipped_calendars, shipped_policy
from tests.domain.oracle import NAMES, Oracle
from tests.services.log_oracle import Fact, House, LogOracle, Notice
from tests.services.world import World

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("TEST_SWEEP_KILLS", "24"))
SEED = int(os.environ.get("TEST_SEED", "20261123"))
CATEGORIES = ("neighbour", "fees", "taxi", "public-repair", "other-complaint", "emergency")


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
    assert world.is_sound()
    oracle = LogOracle(house(world)).read(log(world))
    assert oracle.finish(end) == []
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


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_every_due_rung_has_one_record_whoever_sweeps_closes_and_is_killed(world: World) -> None:
    print(f"TEST_SEED={SEED} TEST_SWEEP_KILLS={KILLS}")
    for nth in range(24):
        world.add(CATEGORIES[nth % len(CATEGORIES)])
    done = subprocess.run(
        [sys.executable, "-m", "tests.harness.killing", str(world.home), str(SEED), str(KILLS)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    said = json.loads(done.stdout)
    print(said)
    assert said["held"] is None
    assert sum(said["killed"]) >= KILLS
    world.clock.at = said["end"]
    oracle = prove(world, said["end"])
    print(len(log(world)), "events", len(oracle.fired), "rungs", len(oracle.notices), "notices",
          oracle.named, "overtaken", len(oracle.tickets), "tickets")  # fmt: skip
    assert len(oracle.fired) > KILLS
    assert oracle.named


@pytest.fixture
def told(world: World) -> tuple[House, list[Fact], int]:
    """A log in which rungs were told in time, late, by hand and at reception, and one was overtaken."""
    loud, late = world.add("neighbour"), world.add("fees")
    world.add("taxi")
    world.add("emergency")
    for instant in ("14:24:16", "14:28:01", "14:29", "14:50", "15:20"):
        world.go(instant)
        world.sweep()
    escalate(world.desk, number=loud.number, reason="loud", actor="Chen")
    world.go("16:43:01")
    world.do("answer", late)
    world.sweep()
    end = world.go("2026-11-25T08:00:01")
    world.sweep()
    return house(world), log(world), end


def problems(told: tuple[House, list[Fact], int], facts: list[Fact]) -> set[str]:
    """The words for what is wrong with a log that was altered."""
    return {said.partition(":")[0] for said in LogOracle(told[0]).read(facts).finish(told[2])}


def nth_rung(facts: list[Fact], nth: int) -> int:
    """Where the nth rung told by a sweep stands."""
    swept = [
        place
        for place, fact in enumerate(facts)
        if fact.kind == "ticket.escalated" and fact.actor is None
    ]
    return swept[nth]


def test_a_log_as_it_has_to_be_is_found_whole(
    world: World, told: tuple[House, list[Fact], int]
) -> None:
    assert problems(told, told[1]) == set()
    assert prove(world, told[2]).named == 1


@pytest.mark.parametrize("nth", [0, 3, 8, -1])
def test_a_rung_that_is_missing_is_noticed(told: tuple[House, list[Fact], int], nth: int) -> None:
    facts = list(told[1])
    del facts[nth_rung(facts, nth)]
    assert problems(told, facts) & {"missing", "order"}


def test_the_last_rung_of_a_clock_that_is_missing_is_noticed_at_the_end(
    told: tuple[House, list[Fact], int],
) -> None:
    facts = list(told[1])
    del facts[nth_rung(facts, -1)]
    assert problems(told, facts) == {"missing"}


@pytest.mark.parametrize("nth", [0, 3, 8, -1])
def test_a_rung_that_was_told_twice_is_noticed(
    told: tuple[House, list[Fact], int], nth: int
) -> None:
    place = nth_rung(told[1], nth)
    facts = [*told[1][: place + 1], told[1][place], *told[1][place + 1 :]]
    assert "double" in problems(told, facts)


@pytest.mark.parametrize("back", [1, 60])
def test_a_rung_that_was_told_at_its_instant_or_before_is_noticed(
    told: tuple[House, list[Fact], int], back: int
) -> None:
    facts = list(told[1])
    place = nth_rung(facts, 0)
    due = facts[place].data["due_at"]
    facts[place] = facts[place]._replace(at=due + 1 - back)
    assert "early" in problems(told, facts)


def test_two_rungs_of_a_clock_in_the_wrong_order_are_noticed(
    told: tuple[House, list[Fact], int],
) -> None:
    facts = list(told[1])
    first, second = nth_rung(facts, 0), nth_rung(facts, 1)
    facts[first], facts[second] = facts[second], facts[first]
    assert "order" in problems(told, facts)


def test_what_a_desk_that_slept_told_in_the_wrong_order_is_noticed(
    told: tuple[House, list[Fact], int],
) -> None:
    facts = list(told[1])
    last = nth_rung(facts, -1)
    first = next(
        place for place, fact in enumerate(facts)
        if fact.kind == "ticket.escalated" and fact.at == facts[last].at
    )  # fmt: skip
    facts[first], facts[last] = facts[last], facts[first]
    assert "order" in problems(told, facts)


def test_an_overtaken_rung_that_the_log_does_not_name_is_noticed(
    told: tuple[House, list[Fact], int],
) -> None:
    facts = [
        fact._replace(
            data={name: value for name, value in fact.data.items() if name != "overtaken"}
        )
        for fact in told[1]
    ]
    assert problems(told, facts) == {"overtaken"}


def test_a_rung_told_of_a_clock_that_was_met_is_noticed(
    told: tuple[House, list[Fact], int],
) -> None:
    house_, facts, end = told
    answered = next(place for place, fact in enumerate(facts) if fact.kind == "ticket.answered")
    rung = next(
        place for place, fact in enumerate(facts)
        if fact.kind == "ticket.escalated" and fact.ticket == facts[answered].ticket
    )  # fmt: skip
    moved = [*facts[:rung], *facts[rung + 1 : answered + 1], facts[rung], *facts[answered + 1 :]]
    assert "dead" in problems((house_, facts, end), moved)
