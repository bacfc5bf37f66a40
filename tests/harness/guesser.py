"""Guess a PIN again and again as soon as told to. Run as: guesser.py HOME INSTANT NAME FIRST TIMES."""

from __future__ import annotations

import sys
from pathlib import Path

from concierge.bootstrap import open_desk
from concierge.clock import FixedClock
from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.pins import prove


def main() -> None:
    """Try numbers in a row, and say what came of each: the code of the refusal, or how it was proved."""
    home, instant, name = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    first, times = int(sys.argv[4]), int(sys.argv[5])
    opened = open_desk(home, name=None, environ={}).desk
    desk = Desk(opened.store, FixedClock(instant), opened.rules, opened.name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for pin in range(first, first + times):
        try:
            said = prove(desk, actor=name, pin=str(pin))
        except Refusal as refused:
            said = refused.code
        sys.stdout.write(f"{said}\n")


if __name__ == "__main__":
    main()
