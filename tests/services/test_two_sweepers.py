"""Several programs sweeping one store: each rung exactly once, none missing, the chain whole."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.services.world import World, at

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("programs", [2, 6])
def test_each_rung_fires_exactly_once_whoever_sweeps(world: World, programs: int) -> None:
    for number in range(24):
        world.clock.at += 7
        world.add(("neighbour", "fees", "taxi", "public-repair")[number % 4])
    start = at("14:20")
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.harness.sweeper", str(world.home), str(start), "14"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for _ in range(programs)
    ]  # fmt: skip
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in running:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said = Counter(line for one in running for line in one.communicate()[0].splitlines())
    finally:
        for process in running:
            process.kill()
            process.wait()
    assert [process.returncode for process in running] == [0] * programs
    assert set(said.values()) == {1}
    rows = world.rows(
        "select number || ' ' || c.kind || ' ' || e.generation || ' ' || e.rung from escalation e"
        " join clock c on c.id = e.subject_id join ticket t on t.id = e.ticket_id"
    )
    assert Counter(row[0] for row in rows) == said
    world.clock.at = start + 13 * 900
    assert world.sweep() == []
    assert world.is_sound()
    assert len(said) == 6 * 4 + 6 * 4 + 6 * (4 + 4)
