"""A wall clock that leaps forward while a process runs: when to wait, and when to believe it.

Two clocks are compared: the wall's, which can be set, and the seconds since the machine started, which cannot.
A leap is a wall clock that moved more than ten minutes further than the machine did between two looks. Until
it is over nothing may be escalated: promises would be broken only because somebody mistyped the year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

LEAP_SECONDS = 600  # up to here a step is taken as the clock being set right, as time servers do
WAIT_SECONDS = 300  # a leap that nobody took back for so long is believed


@dataclass(frozen=True, slots=True)
class Leap:
    """A leap forward of the wall clock.

    ``expected`` is the instant by the machine's own count, ``seen`` what the wall clock says instead, both in
    seconds since the epoch, UTC; ``since`` is when it was first seen, in seconds since the machine started.
    ``end`` is None while it is waited for; then "waited" (believed after five minutes), "confirmed" (somebody
    looked at the clock) or "back" (the wall clock was set back: nothing had leapt after all).
    """

    expected: int
    seen: int
    since: float
    end: str | None = None


class Pace:
    """What one process remembers of how its two clocks ran; one for the life of the process.

    It is not locked: ``look``, ``accept`` and ``recorded`` belong to the one thread that writes at a desk;
    ``leap`` and ``settled`` may be read from any.
    """

    def __init__(self) -> None:
        self._trusted: float | None = None  # wall minus boot, as it was believed last
        self._latest = 0.0  # wall minus boot, as it was seen last
        self._accepted = False
        self._leap: Leap | None = None
        self._settled: tuple[Leap, ...] = ()

    @property
    def leap(self) -> Leap | None:
        """The leap that was pending at the last look."""
        return self._leap

    @property
    def settled(self) -> tuple[Leap, ...]:
        """The leaps that ended and were not recorded yet, oldest first."""
        return self._settled

    def recorded(self) -> None:
        """Whatever was ``settled`` is on record: call it when the transaction has been committed."""
        self._settled = ()

    def accept(self) -> bool:
        """Somebody confirmed the wall clock: the next look ends the leap that is pending, if there is one."""
        self._accepted = self._leap is not None
        return self._accepted

    def look(self, now: int, boot: float) -> Leap | None:
        """Compare the clocks; only looks count, so look before each decision to escalate.

        The first look believes the wall clock. A step of up to ten minutes, or back, is believed at once.

        Args:
            now: The wall clock, in seconds since the epoch, UTC.
            boot: Seconds since the machine started, those it slept through included.

        Returns:
            The leap that keeps everything from firing, or None; one that this look ends is in ``settled``.
        """
        offset = now - boot
        if self._trusted is None:
            self._trusted = offset
        ahead = offset - self._trusted
        if self._leap is None and ahead <= LEAP_SECONDS:
            self._trusted = offset
            return None
        is_new = self._leap is None or offset - self._latest > LEAP_SECONDS
        since = boot if self._leap is None or is_new else self._leap.since
        leap = Leap(round(self._trusted + boot), now, since)
        # A leap on top of a leap is waited for like the first, whoever confirmed that one.
        end = self._end(ahead, boot - since, accepted=self._accepted and not is_new)
        self._accepted = False
        if end is None:
            self._leap, self._latest = leap, offset
            return leap
        self._settled += (replace(leap, end=end),)
        self._leap, self._trusted = None, offset
        return None

    @staticmethod
    def _end(ahead: float, waited: float, *, accepted: bool) -> str | None:
        """How a leap ends that the wall clock is still ``ahead`` by, if it does."""
        if ahead <= LEAP_SECONDS:
            return "back"
        if accepted:
            return "confirmed"
        return "waited" if waited >= WAIT_SECONDS else None
