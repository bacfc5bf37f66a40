"""A day without a pause: the desk keeps nothing of what it did, and every rung is told once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.services.log_oracle import LogOracle
from tests.services.log_proof import log, prove
from tests.services.world import World

ROOT = Path(__file__).parents[2]
TICKETS = int(os.environ.get("TEST_SOAK_TICKETS", "400"))
SEED = int(os.environ.get("TEST_SEED", "20261123"))


def test_a_day_of_work_takes_no_more_memory_at_its_end_than_in_its_middle(world: World) -> None:
    print(f"TEST_SEED={SEED} TEST_SOAK_TICKETS={TICKETS}")
    done = subprocess.run(
        [sys.executable, "-m", "tests.harness.soak", str(world.home), str(SEED), str(TICKETS)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    for each in said["weighed"]:
        print(each)
    assert said["held"] is None
    assert said["fired"] > TICKETS // 4
    world.clock.at = said["end"]
    oracle = prove(world, said["end"])
    assert (len(oracle.tickets), len(oracle.fired)) == (TICKETS, said["fired"] + by_hand(oracle))
    _, middle, _, end = said["weighed"]
    taken = end["tickets"] - middle["tickets"]
    # Both are taken after the collector ran, with as many matters open. Whatever is kept of a ticket, an act or
    # a sweep is more than two blocks; two a ticket leave room for the plans that happen to be open.
    assert end["blocks"] - middle["blocks"] < 2 * taken
    assert end["objects"] - middle["objects"] < 2 * taken
    if end["kilobytes"] is not None:
        # SQLite fills its page caches (2 MB for each of three connections) as the file outgrows them.
        assert end["kilobytes"] - middle["kilobytes"] < 8 * 1024
    print(len(log(world)), "events", len(oracle.fired), "rungs", oracle.named, "overtaken")


def by_hand(oracle: LogOracle) -> int:
    """The rungs that no sweep told: those by hand, and of major matters at their reception."""
    return sum(fact.actor is not None for fact in oracle.fired)
