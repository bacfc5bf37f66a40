"""A desk killed at random moments: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.world import World

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("TEST_KILLS", "12"))
SEED = int(os.environ.get("TEST_SEED", "20261123"))
# Enough for a kill to hit the middle of anything; counted in lines said, not in time.
LONGEST = 60


def live_and_die(home: Path, dice: random.Random) -> list[str]:
    """Let a worker say so many lines, kill it a random stretch of work later, return all it said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.harness.worker", str(home), str(dice.getrandbits(32))],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(1 + dice.randrange(LONGEST))]
    for _ in range(dice.randrange(40_000)):
        pass  # the kill comes between two lines, wherever the worker is by then
    process.kill()
    rest, _ = process.communicate()
    assert said[0] == "ready\n"
    # A line without its end was not said: the pipe was cut in the middle of it.
    return [
        line for line in "".join((*said, rest)).splitlines(keepends=True)[1:] if line[-1] == "\n"
    ]


def check(world: World, said: list[str]) -> None:
    """Hold the store against everything that was ever acknowledged."""
    assert world.rows("pragma integrity_check") == [("ok",)]
    assert world.rows("pragma foreign_key_check") == []
    assert world.is_sound()
    words = [line.split() for line in said]
    tickets = {row[0]: row[1] for row in world.rows("select number, words from ticket")}
    drafts = {row[0] for row in world.rows("select id from draft")}
    turned = set(tickets.values())
    assert not drafts & turned, "a draft that became a ticket is gone with the same commit"
    fired = world.rows(
        "select number, kind_of.kind, e.generation, e.rung from escalation e"
        " join ticket t on t.id = e.ticket_id join clock kind_of on kind_of.id = e.subject_id"
    )
    assert len(fired) == len(set(fired))
    done = set(world.rows("select number, e.kind from event e join ticket t on t.id = e.ticket_id"))
    for kind, first, *more in words:
        if kind == "draft":
            assert first in drafts or first in turned
        elif kind == "ticket":
            assert tickets[first] == more[0]
        elif kind == "done":
            verb = {"attend": "attended", "answer": "answered", "resolve": "resolved"}[more[0]]
            assert (first, f"ticket.{verb}") in done
        elif kind == "fired":
            assert (first, more[0], int(more[1]), int(more[2])) in fired


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(world: World) -> None:
    print(f"TEST_SEED={SEED} TEST_KILLS={KILLS}")
    dice = random.Random(SEED)
    said: list[str] = []
    for _ in range(KILLS):
        said += live_and_die(world.home, dice)
        fresh = World(world.home, world.beside(), world.clock)
        check(fresh, said)
        fresh.desk.store.close()
    numbers = [row[0] for row in world.rows("select sequence from ticket order by day, sequence")]
    days = [row[0] for row in world.rows("select count(*) from ticket group by day order by day")]
    assert numbers == [n + 1 for count in days for n in range(count)]
    print(len(said), "acknowledged", world.rows("select events from chain_head"), "events")
