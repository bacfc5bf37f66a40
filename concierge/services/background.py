"""One job that is done again and again beside everything else, such as sending what waits to be sent."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

_PATIENCE = 5.0  # seconds that the end waits for a job under way


class Background:
    """A job in a thread of its own that never keeps the program from ending.

    Asked while it runs, it runs once more after that, not once for each time it was asked.
    """

    def __init__(self, job: Callable[[], object]) -> None:
        self._job = job
        self._asked = Event()
        self._ended = False
        self._failure: Exception | None = None
        self._failing: str | None = None
        self._thread: Thread | None = None

    def go(self) -> None:
        """Have the job done, as soon as it is free."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="background", daemon=True)
            self._thread.start()
        self._asked.set()

    def failure(self) -> Exception | None:
        """What the job failed with since this was asked last; a failure that goes on is told once."""
        found, self._failure = self._failure, None
        return found

    def end(self) -> None:
        """Take no more; a job under way has a few seconds to finish."""
        self._ended = True
        self._asked.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        while True:
            self._asked.wait()
            self._asked.clear()
            if self._ended:
                return
            try:
                self._job()
            except Exception as error:  # noqa: BLE001 - whatever it is, sweeps go on, and it is told
                said = f"{type(error).__name__}: {error}"
                if said != self._failing:
                    self._failing, self._failure = said, error
            else:
                self._failing = None
