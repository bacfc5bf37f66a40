"""Numbers typed or pasted on a row that is counted, as fast as they come."""

from __future__ import annotations

from typing import Any

from textual import events

from concierge.ui.screens.phones_dialog import LookingScreen


class CountingScreen(LookingScreen):
    """What the handover's screen takes of digits besides its keys; it has the list and the talk."""

    @property
    def _count(self) -> Any:
        """The row under the cursor, if it is counted now."""
        here: Any = self
        under_way = here.view is not None and here.view.state == "open"
        return here.ref if under_way and here.ref is not None and here.ref.part == "count" else None

    def takes_ahead(self, key: str) -> bool:
        """Digits of the next count, typed on while the one before is being written down."""
        return key.isdecimal() and self._count is not None

    def on_paste(self, event: events.Paste) -> None:
        """A number that was pasted begins the count whole."""
        here: Any = self
        said, count = event.text.strip(), self._count
        if count is not None and said.isdecimal():
            event.stop()
            self.talk(here._talk.take(count, said))  # noqa: SLF001  (its own, in the class below)
