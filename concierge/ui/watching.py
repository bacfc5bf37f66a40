"""Whether anybody keeps watch: what the sweeps say, and since when nobody fires what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.sweep_views import Sweep
    from concierge.services.views import Board

UNWATCHED_SECONDS = 120  # a heartbeat comes once a minute: after two of them it is missed


@dataclass(frozen=True, slots=True)
class Watch:
    """``held`` is "clock" (behind) or "jump" (by ``ahead`` seconds), or None while all is well.

    ``since`` is when nobody kept watch any more, None while somebody does.
    """

    held: str | None = None
    ahead: int = 0
    since: int | None = None

    def unwatched(self, now: int) -> int:
        """For how many seconds nobody has kept watch; 0 while that is not worth saying."""
        if self.since is None or now - self.since <= UNWATCHED_SECONDS:
            return 0
        return now - self.since


class Watching:
    """Follows the sweeps of this desk and the heartbeats of all."""

    def __init__(self) -> None:
        self._last: int | None = None  # when somebody last kept watch, as far as this desk knows
        self._beat: int | None = None
        self._held: str | None = None
        self._held_since = 0
        self._ahead = 0
        self._started: int | None = None

    def start(self, now: int) -> None:
        """From now on this desk sweeps."""
        self._started = now

    def read(self, board: Board, now: int) -> None:
        """The board was read: it knows of a clock that is behind, and of other desks that keep watch."""
        if board.held and self._held is None:
            self._held, self._held_since = "clock", now
        elif not board.held and self._held == "clock":
            self._held = None
        elif self._held is not None and board.beat != self._beat:
            self._held_since = now
        self._beat = board.beat

    def swept(self, sweep: Sweep) -> None:
        """A sweep was done, or held back."""
        if sweep.held is None:
            self._last = sweep.at
        elif sweep.held != self._held:
            self._held_since = sweep.at
            before = self._seen()
            self._ahead = max(0, sweep.at - before) if before is not None else 0
        self._held = sweep.held

    def watch(self, now: int) -> Watch:
        """How it stands now."""
        if self._held is not None:
            return Watch(self._held, self._ahead, self._held_since)
        fresh = self._last if self._last is not None else self._started
        if fresh is None or now - fresh <= UNWATCHED_SECONDS:
            return Watch()
        return Watch(since=self._seen() or fresh)

    def _seen(self) -> int | None:
        known = [at for at in (self._last, self._beat) if at is not None]
        return max(known, default=None)
