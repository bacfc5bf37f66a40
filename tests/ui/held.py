"""A call of the desk that takes as long as a test wants it to."""

from __future__ import annotations

import threading
from typing import Any

import pytest


class Held:
    """Holds every call of that name until it is let go.

    Args:
        desk: A desk, real or not.
        name: The call.
        failing: What it raises then instead of being done.
    """

    def __init__(
        self,
        desk: Any,
        name: str,
        monkeypatch: pytest.MonkeyPatch,
        *,
        failing: Exception | None = None,
    ) -> None:
        self.begun, self._go = threading.Event(), threading.Event()
        call = getattr(desk, name)

        def held(*these: object, **arguments: object) -> object:
            self.begun.set()
            assert self._go.wait(20)
            if failing is not None:
                raise failing
            return call(*these, **arguments)

        monkeypatch.setattr(desk, name, held)

    def let_go(self) -> None:
        """From now on it is done at once."""
        self._go.set()
