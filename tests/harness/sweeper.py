"""Sweep one store at one instant as soon as told to. Run as: sweeper.py HOME INSTANT TIMES."""

from __future__ import annotations

import sys
from pathlib import Path

from concierge.bootstrap import open_desk
from concierge.clock import FixedClock
from concierge.services.desk import Desk
from concierge.services.sweep import sweep


def main() -> None:
    """Sweep a number of times, the clock a quarter of an hour further each time, and say what fired."""
    home, start, times = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    opened = open_desk(home, name=None, environ={}).desk
    clock = FixedClock(start)
    desk = Desk(opened.store, clock, opened.rules, opened.name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(times):
        for fired in sweep(desk).fired:
            sys.stdout.write(f"{fired.ticket} {fired.clock} {fired.generation} {fired.rung}\n")
        clock.at += 900


if __name__ == "__main__":
    main()
