"""One job that is done again and again beside everything else, such as sending what waits to be sent."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

T = TypeVar("T")

_PATIENCE = 5.0  # seconds that the end waits for a job under way


class Background(Generic[T]):
    """A job in a thread of its own that never keeps the program from ending.

    Asked while it runs, it runs once more after that, not once for each time it was asked.
    """

    def __init__(self, job: Callable[[], T]) -> None:
        self._job = job
        self._asked = Event()
        self._ended = False
        self._lock = Lock()
        self._done: list[T | Exception] = []
        self._failing: str | None = None
        self._thread: Thread | None = None

    def go(self) -> None:
        """Have the job done, as soon as it is free."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="background", daemon=True)
            self._thread.start()
        self._asked.set()

    def done(self) -> tuple[T | Exception, ...]:
        """What came of it since this was asked last, oldest first; a failure that goes on is told once."""
        with self._lock:
            found, self._done = self._done, []
        return tuple(found)

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
            self._do()

    def _do(self) -> None:
        came: T | Exception
        try:
            came, failing = self._job(), None
        except Exception as error:  # noqa: BLE001 - whatever it is, the rest goes on, and it is told
            came, failing = error, repr((type(error), error.args, vars(error)))
        if failing is None or failing != self._failing:
            with self._lock:
                self._done.append(came)
        self._failing = failing
