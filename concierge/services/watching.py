"""Keeping watch without a screen: sweep, deliver, sleep until the next due instant, and start over.

The loop knows no terminal, no signal and no real time: what stops it, what it says and how it sleeps are
given to it. Any number of watchers and desks may run at one store.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from concierge.domain.refusal import Refusal
from concierge.services.background import Background
from concierge.services.desk import Desk
from concierge.services.notices import Delivered
from concierge.services.rules import Moved
from concierge.services.sweep import next_due, sweep
from concierge.services.sweep_views import Fired, Sweep
from concierge.store.engine import Store
from concierge.store.problem import StoreProblem

LONGEST_SLEEP = (
    15  # seconds; another desk may take something in that is due before what is known here
)
SHORTEST_SLEEP = 1

# What passes by itself or by a hand at the machine; every other problem needs the store to be mended.
PASSING = frozenset({"locked", "full"})


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a look at the files of the rules found.

    ``rules`` holds the desk under new ones and what moved by them, ``mistake`` why they were not taken.
    Neither means that they are as they were.
    """

    desk: Desk | None = None
    moved: tuple[Moved, ...] = ()
    mistake: Refusal | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What one step of a watch has to say; a step without news says nothing.

    ``held`` is why nothing fires any more, said when that begins, and ``freed`` when it is over; ``trouble`` is
    what keeps the store from being used, and ``recovered`` says that it can be used again. ``delivered``
    is what came of sending notices.
    """

    at: int
    fired: tuple[Fired, ...] = ()
    raised: tuple[str, ...] = ()
    unwatched: tuple[int, int] | None = None
    held: str | None = None
    freed: bool = False
    renewed: Renewed = Renewed()
    trouble: StoreProblem | None = None
    recovered: bool = False
    delivered: tuple[Delivered | Exception, ...] = ()


class Watch:
    """One watcher at one store: ``step`` does what is due, ``rest`` says for how long to sleep.

    Args:
        desk: Where it watches.
        renew: Looks whether the files of the rules changed; None when they never do.
        deliver: Sends what waits to be sent; it runs in a thread of its own, so that a dead network never
            holds a sweep up. None where nothing is sent.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        renew: Callable[[Desk], Renewed] | None = None,
        deliver: Callable[[Desk], Delivered] | None = None,
    ) -> None:
        self.desk = desk
        self._renew = renew
        self._courier = Background(lambda: deliver(self.desk)) if deliver is not None else None
        self._file = _identity(desk.store)
        self._held: str | None = None
        self._trouble: str | None = None

    def step(self) -> News:
        """Fire what is due, take new rules in, have notices delivered.

        The rules come second: whoever was to be told under the old ones is told. While the wall clock is
        doubted nothing leaves, for what waits for the morning would go by the wrong clock.

        Raises:
            StoreProblem: missing, newer, damaged or read-only; what passes is news instead.
        """
        renewed = Renewed()
        try:
            done = sweep(self.desk)
            if self._renew is not None:
                renewed = self._renew(self.desk)
                self.desk = renewed.desk or self.desk
        except StoreProblem as problem:
            if problem.code not in PASSING:
                raise
            return self._troubled(problem, renewed)
        if self._courier is not None and done.held is None:
            self._courier.go()
        return self._news(done, renewed)

    def is_replaced(self) -> bool:
        """Whether another file lies where the store was, as after a restore: what is open is nobody's now.

        Raises:
            StoreProblem: missing.
        """
        return _identity(self.desk.store) != self._file

    def rest(self) -> int:
        """How long nothing is due, in seconds: at most 15, so that what others take in is noticed."""
        if self._held is not None or self._trouble is not None:
            return LONGEST_SLEEP
        try:
            due = next_due(self.desk)
        except StoreProblem:
            return LONGEST_SLEEP  # the next step says so
        if due is None:
            return LONGEST_SLEEP
        # A rung fires when now is later than its instant.
        left = due + 1 - self.desk.clock.now()
        return max(SHORTEST_SLEEP, min(left, LONGEST_SLEEP))

    def end(self) -> None:
        """Let a delivery that is under way finish, for a moment."""
        if self._courier is not None:
            self._courier.end()

    def _troubled(self, problem: StoreProblem, renewed: Renewed) -> News:
        is_known, self._trouble = self._trouble == problem.code, problem.code
        return News(
            self.desk.clock.now(),
            renewed=renewed,
            trouble=None if is_known else problem,
        )

    def _news(self, done: Sweep, renewed: Renewed) -> News:
        was, self._held = self._held, done.held
        recovered, self._trouble = self._trouble is not None, None
        return News(
            done.at,
            fired=done.fired,
            raised=done.raised,
            unwatched=done.unwatched,
            held=done.held if done.held != was else None,
            freed=was is not None and done.held is None,
            renewed=renewed,
            recovered=recovered,
            delivered=self._courier.done() if self._courier is not None else (),
        )


def keep_watch(
    watch: Watch, *, say: Callable[[News], object], wait: Callable[[float], bool]
) -> bool:
    """Watch until told to stop, or until another store lies in the place of this one.

    Args:
        watch: The watcher.
        say: Takes the news of every step.
        wait: Sleeps so many seconds, or less; True when it is time to stop.

    Returns:
        Whether it was told to stop; otherwise open the store anew and watch on.

    Raises:
        StoreProblem: as ``Watch.step``.
    """
    try:
        while not watch.is_replaced():
            say(watch.step())
            if wait(watch.rest()):
                return True
        return False
    finally:
        watch.end()


def _identity(store: Store) -> tuple[int, int] | None:
    """Which file is open, by its number on its disk; None for a store that is no file."""
    if store.path is None:
        return None
    try:
        found = store.path.stat()
    except FileNotFoundError as error:
        raise StoreProblem("missing", path=str(store.path)) from error
    return found.st_dev, found.st_ino
