"""Several programs guessing one PIN at the same time get no more tries than one of them would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from concierge.domain.pin import REST, TRIES
from concierge.domain.refusal import Refusal
from concierge.services.pins import prove, set_pin
from tests.services.world import World

ROOT = Path(__file__).parents[2]
PROGRAMS = int(os.environ.get("GUESSERS", "6"))


def guesses(world: World, *, first: int, apart: int, times: int) -> Counter[str]:
    """What programs are told that guess for Chen at once, each from a number of its own on."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.harness.guesser", str(world.home),
             str(world.clock.at), "Chen", str(first + nth * apart), str(times)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for nth in range(PROGRAMS)
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
    assert [process.returncode for process in running] == [0] * PROGRAMS
    return said


def test_programs_that_guess_at_once_share_five_tries(world: World) -> None:
    set_pin(world.desk, name="Chen", pin="85207413", actor="Chen")
    said = guesses(world, first=3000000, apart=1000, times=3)
    assert said == {"pin.wrong": TRIES, "pin.rests": 3 * PROGRAMS - TRIES}
    assert world.rows("select count(*) from event where kind = 'staff.pin-refused'") == [(TRIES,)]
    with pytest.raises(Refusal, match=r"pin\.rests"):
        prove(world.desk, actor="Chen", pin="85207413")
    world.clock.at += REST
    assert prove(world.desk, actor="Chen", pin="85207413") == "pin"
    assert world.is_sound()


def test_the_right_pin_passes_in_every_program_at_once(world: World) -> None:
    set_pin(world.desk, name="Chen", pin="85207413", actor="Chen")
    assert guesses(world, first=85207413, apart=0, times=1) == {"pin": PROGRAMS}
