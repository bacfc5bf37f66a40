"""How far a roster is, and the word that calls it off; wherever one is looked at or taken over."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from textual.message import Message
from textual.widgets import ProgressBar


class RosterProgress(ProgressBar):
    """A bar that shows only while a roster is at work; told from the thread that works."""

    class Went(Message):
        """So much is done; total is None while nobody knows."""

        def __init__(self, done: int, total: int | None) -> None:
            super().__init__()
            self.done = done
            self.total = total

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, show_eta=False)
        self.display = False
        self._stop: Event | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a roster is being read or taken over."""
        return self._stop is not None

    def begin(self) -> Callable[[], bool]:
        """Show the bar; what comes back says whether the work was called off meanwhile."""
        self._stop = Event()
        self.update(total=None, progress=0)
        self.display = True
        return self._stop.is_set

    def tell(self, done: int, total: int | None) -> None:
        """So much is done; may be called in any thread."""
        self.post_message(self.Went(done, total))

    def on_roster_progress_went(self, event: Went) -> None:
        """Show how far it is."""
        event.stop()
        self.update(total=event.total, progress=event.done)

    def call_off(self) -> bool:
        """Ask the work to stop; False when there is none."""
        if self._stop is None:
            return False
        self._stop.set()
        return True

    def end(self) -> None:
        """The work is over, one way or another."""
        self._stop = None
        self.display = False
