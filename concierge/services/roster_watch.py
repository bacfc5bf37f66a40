"""Whoever waits for a roster: told how far it is, and able to call it off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

from concierge.domain.refusal import Refusal

T = TypeVar("T")
Progress = Callable[[int, int | None], object]
"""Takes how many are done, and of how many; None while that is not known."""
EACH = 500
"""Rows between two looks at whoever waits."""


class Watch:
    """Tells how far a roster is and notices that it was called off.

    Args:
        progress: Told every few hundred rows, in the thread that works.
        cancelled: Asked as often; True calls everything off.
    """

    def __init__(
        self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def at(self, done: int, total: int | None = None) -> None:
        """Say that so many are done.

        Raises:
            Refusal: ``roster.cancelled``.
        """
        if self._cancelled is not None and self._cancelled():
            raise Refusal("roster.cancelled")
        if self._progress is not None:
            self._progress(done, total)

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """Go through things, telling how many are done.

        Raises:
            Refusal: ``roster.cancelled``.
        """
        total = len(things) if isinstance(things, Sized) else None
        for done, thing in enumerate(things):
            if not done % EACH:
                self.at(done, total)
            yield thing


NOBODY = Watch()
"""When nobody waits."""
