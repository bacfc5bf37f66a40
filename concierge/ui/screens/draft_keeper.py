"""Keeps what stands in the intake form, so that a killed terminal loses nothing."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from textual.timer import Timer

WAIT = 0.4
"""Seconds from a change to its being written: within a second, without a write for each letter."""


class DraftKeeper:
    """Writes the form under an id of its own, ``WAIT`` seconds after a change, in turn with other writes."""

    def __init__(self, screen: Any) -> None:  # the screen imports this module
        self.id = uuid4().hex
        self._screen = screen
        self._timer: Timer | None = None
        self._kept: tuple[int, dict[str, str]] | None = None
        self._held = False

    def hold(self) -> None:
        """The form is being saved or thrown away: a change heard of only now writes no draft after it."""
        self._held = True
        self.stop()

    def go_on(self) -> None:
        """It was not saved after all: what stands in the form is kept again."""
        self._held = False
        self.touch()

    def touch(self) -> None:
        """Something changed."""
        if self._timer is None and not self._held:
            self._timer = self._screen.set_timer(WAIT, self.keep)

    def keep(self) -> None:
        """Write now, unless it stands there already."""
        self.stop()
        kept = (self._screen.fields.received.at, dict(self._screen.fields.form()))
        if kept == self._kept:
            return
        self._kept = kept
        draft, (received_at, form) = self.id, kept
        self._screen.write(
            lambda desk: desk.save_draft(draft=draft, received_at=received_at, form=form)
        )

    def flush(self) -> None:
        """Write what still waits to be written."""
        if self._timer is not None:
            self.keep()

    def stop(self) -> None:
        """Forget the write that was to come."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
