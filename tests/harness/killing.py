"""Six sweepers and two closers at one store, killed at random again and again, while the clock goes on.

Whoever dies is started anew. Half of the kills come from outside, whatever the program is doing; for the other
half it dies between two statements of a write transaction, or when all is written and not yet committed. At
the end a last sweep tells whatever is left. Prints one line of JSON. Run as: killing.py HOME SEED KILLS.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import time
import traceback
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from concierge.bootstrap import open_desk
from concierge.services.sweep import sweep
from concierge.store.engine import FILE_NAME
from tests.harness.crowd import FUSE, INSIDE, NOW, ROUNDS, STOP, Sheet, live, place

assert sys.platform != "win32", "there is neither fork nor SIGKILL"

SWEEPERS, CLOSERS = 6, 2
PROGRAMS = SWEEPERS + CLOSERS
START = 1795414380  # Monday 23 November 2026, 14:13 at the property
NEXT = "SELECT min(next_at) FROM clock WHERE next_at IS NOT NULL"
TURNS = 40  # so many turns of all programs together at each instant


class Crowd:
    """The programs that run now, and how many of those before them were killed, and where."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home = home
        self.dice = random.Random(seed)
        self.sheet = Sheet(PROGRAMS)
        self.sheet[NOW] = START
        self.killed = [0] * PROGRAMS
        self.inside = 0
        self.pids = {self.start(nth): nth for nth in range(PROGRAMS)}

    def start(self, nth: int) -> int:
        """Start a program in its place; returns its process id."""
        self.sheet[place(nth, FUSE)] = self.sheet[place(nth, INSIDE)] = 0
        seed = self.dice.getrandbits(32)
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            live(self.home, self.sheet, nth, seed, closes=nth >= SWEEPERS)
            code = 0
        except BaseException:  # noqa: BLE001 - whatever it is, the parent's life must not go on here
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def kill(self) -> None:
        """Kill one, or light its fuse: it dies after so many statements of its write transactions."""
        pid, nth = self.dice.choice(sorted(self.pids.items()))
        if self.dice.random() < 0.5:
            self.sheet[place(nth, FUSE)] = self.dice.randrange(1, 16)
            return
        for _ in range(self.dice.randrange(40_000)):
            pass  # the kill comes wherever it is by then
        os.kill(pid, signal.SIGKILL)

    def bury(self, *, wait: bool = False) -> None:
        """Start anew whoever died; at the end wait for those who stop by themselves."""
        while self.pids:
            pid, status = os.waitpid(-1, 0 if wait else os.WNOHANG)
            if pid == 0:
                return
            nth = self.pids.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            if code == -signal.SIGKILL:
                self.killed[nth] += 1
                self.inside += self.sheet[place(nth, INSIDE)]
            elif code != 0 or not wait:
                raise SystemExit(f"program {nth} ended with {code}")
            if not wait:
                self.pids[self.start(nth)] = nth

    def turns(self) -> int:
        """How often all of them went round."""
        return sum(self.sheet[place(nth, ROUNDS)] for nth in range(PROGRAMS))

    def pass_time(self) -> None:
        """Let all of them work at this instant, then let it be another: often just when a rung is due."""
        until = self.turns() + TURNS
        while self.turns() < until:
            time.sleep(0.001)
            self.bury()
        now, roll = self.sheet[NOW], self.dice.random()
        if roll < 0.6:
            with closing(sqlite3.connect(self.home / FILE_NAME)) as raw:
                due = raw.execute(NEXT).fetchone()[0] or 0
            then = due + self.dice.choice((0, 1, 1, 2))
            if now < then < now + 20_000:
                self.sheet[NOW] = then
                return
        longest = 90 if roll < 0.8 else 1_200 if roll < 0.96 else 40_000
        self.sheet[NOW] = now + self.dice.randrange(1, longest)


def main() -> None:
    """Kill so many, stop the others, sweep for the last time, and say how it went."""
    home, seed, kills = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    crowd = Crowd(home, seed)
    try:
        while sum(crowd.killed) < kills:
            crowd.pass_time()
            crowd.kill()
            crowd.bury()
        crowd.sheet[STOP] = 1
        crowd.bury(wait=True)
    finally:
        for pid in crowd.pids:  # none is left but after a failure
            os.kill(pid, signal.SIGKILL)
    crowd.sheet[NOW] += 4_000
    desk = replace(open_desk(home, name="last", environ={}).desk, clock=crowd.sheet)
    last = sweep(desk)
    desk.store.close()
    said = {"killed": crowd.killed, "inside": crowd.inside, "end": last.at, "held": last.held,
            "hours": (last.at - START) // 3600, "turns": crowd.turns()}  # fmt: skip
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
