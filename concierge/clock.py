"""The one clock that is injected everywhere: whole seconds since the epoch, UTC."""

from __future__ import annotations

import time
from typing import Protocol

NOW_VARIABLE = "CONCIERGE_NOW"  # sets the clock, in a rehearsal store only


class Clock(Protocol):
    """Tells what time it is."""

    def now(self) -> int:
        """The present instant in whole seconds since the epoch, UTC."""
        ...


class SystemClock:
    """The machine's wall clock."""

    def now(self) -> int:
        """The present instant by the machine's clock."""
        return int(time.time())


class FixedClock:
    """A clock that stands still until it is set; for one rehearsal command and for tests."""

    def __init__(self, at: int) -> None:
        self.at = at

    def now(self) -> int:
        """The instant it was set to."""
        return self.at


class TickingClock:
    """A clock that starts at an instant and runs at the real pace; for a rehearsal at the desk."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._zero = time.monotonic()

    def now(self) -> int:
        """The start plus what has passed since."""
        return self._start + int(time.monotonic() - self._zero)
