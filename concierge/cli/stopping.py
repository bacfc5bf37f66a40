"""Being told to stop: the signals of system and keyboard, noticed between two steps of a long command."""

from __future__ import annotations

import select
import signal
import socket
import sys
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any, Self

if sys.platform == "win32":
    _SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGBREAK)
else:
    _SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Catches the signals while it is entered; for the main thread.

    A signal wakes a sleeper through a pair of sockets, which sleeps and wakes alike on every system. An
    ``Event`` would not do: setting it inside a signal handler can wait for ever for its own lock.
    """

    def __init__(self) -> None:
        self.asked = False
        self._ear, self._mouth = socket.socketpair()
        self._before: dict[int, Any] = {}
        self._woke = -1

    def __enter__(self) -> Self:
        self._ear.settimeout(0)
        self._mouth.settimeout(0)
        self._woke = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        for number in _SIGNALS:
            self._before[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._woke)
        self._ear.close()
        self._mouth.close()

    def wait(self, seconds: float) -> bool:
        """Sleep, at most so many seconds; whether it is time to stop."""
        if not self.asked:
            select.select([self._ear], [], [], seconds)
            with suppress(BlockingIOError):
                self._ear.recv(64)
        return self.asked

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
