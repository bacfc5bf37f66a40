"""Escalation is neither missed nor doubled: eight programs are killed over and over, then the log is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from concierge.services.escalating import escalate
from tests.services.log_facts import Fact, House
from tests.services.log_oracle import LogOracle
from tests.services.log_proof import house, log, prove
from tests.services.world import World

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("TEST_SWEEP_KILLS", "24"))
SEED = int(os.environ.get("TEST_SEED", "20261123"))
CATEGORIES = ("neighbour", "fees", "taxi", "public-repair", "other-complaint", "emergency")


def lost(facts: list[Fact]) -> int:
    """How many acts ended a ticket in the second in which, just before, a sweep had told a rung of it."""
    told = {(fact.ticket, fact.at) for fact in facts if fact.kind == "ticket.escalated"}
    ends = {"ticket.resolved", "ticket.answered", "ticket.cancelled"}
    return sum(fact.kind in ends and (fact.ticket, fact.at) in told for fact in facts)


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
    facts = log(world)
    print(len(facts), "events", len(oracle.fired), "rungs", len(oracle.notices), "notices",
          len(oracle.tickets), "tickets;", oracle.named, "rungs overtaken by an act,",
          lost(facts), "closings lost in the same second")  # fmt: skip
    print(dict(Counter(fact.kind for fact in facts if fact.ticket is not None)))
    assert len(oracle.fired) > KILLS // 4


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
