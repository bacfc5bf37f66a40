"""Deliver what waits at one store, at one instant, as soon as told to. Run as: courier.py HOME INSTANT."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from concierge.bootstrap import deliver, open_desk
from concierge.clock import FixedClock


def main() -> None:
    """Deliver, and say how many notices were sent."""
    home, at = Path(sys.argv[1]), int(sys.argv[2])
    opened = open_desk(home, name=None, environ={}).desk
    desk = replace(opened, clock=FixedClock(at))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(f"{deliver(desk, home).sent}\n")


if __name__ == "__main__":
    main()
