"""The one clock that is injected everywhere: whole seconds since the epoch, UTC."""

from __future__ import annotations

import sys
import time
from typing import Protocol

NOW_VARIABLE = "CONCIERGE_NOW"  # sets the clock, in a rehearsal store only


class Clock(Protocol):
    """Tells what time it is, and how long the machine has been running."""

    def now(self) -> int:
        """The present instant in whole seconds since the epoch, UTC."""
        ...

    def boot(self) -> float:
        """Seconds since a fixed moment, those the machine slept through included; nobody can set them."""
        ...


class SystemClock:
    """The machine's wall clock."""

    def now(self) -> int:
        """The present instant by the machine's clock."""
        return int(time.time())

    def boot(self) -> float:
        """What the system counts on through sleep; a clock that stops then would make each waking a leap."""
        if sys.platform == "linux":
            since = time.clock_gettime(time.CLOCK_BOOTTIME)  # CLOCK_MONOTONIC stops in sleep
        elif sys.platform == "darwin":
            since = time.clock_gettime(time.CLOCK_MONOTONIC)  # time.monotonic() stops in sleep
        else:
            # Windows counts sleep and hibernation in; elsewhere a machine that wakes waits five minutes.
            since = time.monotonic()
        return since


class FixedClock:
    """A clock that stands still until it is set; for one rehearsal command and for tests.

    Setting ``at`` lets that time pass; ``leap`` sets the wall clock only.
    """

    def __init__(self, at: int) -> None:
        self.at = at
        self._leapt = 0

    def now(self) -> int:
        """The instant it was set to."""
        return self.at

    def boot(self) -> float:
        """The same clock without its leaps."""
        return float(self.at - self._leapt)

    def leap(self, seconds: int) -> None:
        """Set the wall clock ahead (or back, below zero) while no time passes."""
        self.at += seconds
        self._leapt += seconds


class TickingClock:
    """A clock that starts at an instant and runs at the real pace; for a rehearsal at the desk."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._zero = time.monotonic()

    def now(self) -> int:
        """The start plus what has passed since."""
        return self._start + int(time.monotonic() - self._zero)

    def boot(self) -> float:
        """What has passed since the start, by the same count: a rehearsal never leaps."""
        return time.monotonic() - self._zero
