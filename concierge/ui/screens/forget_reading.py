"""What is shown while every text of a store is read for somebody's name: how far it is; Escape calls it off."""

from __future__ import annotations

from threading import Event

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import ProgressBar, Static

from concierge.domain.refusal import Refusal
from concierge.language.translator import Language, later
from concierge.ui.screens.dialogs import Dialog

_KEYS = later("Esc stops it: nothing is forgotten then")


class Reading(Dialog[None]):
    """A bar over the file; a store of a few thousand tickets is read before anybody sees it."""

    class Went(Message):
        """So many texts were read."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    def __init__(self) -> None:
        super().__init__(lambda t: t("Reading every text for the name"))
        self._stop = Event()

    def compose(self) -> ComposeResult:
        """The bar, the key."""
        with Vertical(classes="dialog"):
            yield Static(id="body", markup=False)
            yield ProgressBar(show_eta=False)
            yield Static(id="keys", markup=False)

    def retranslate(self, t: Language) -> None:
        """The title and the key."""
        super().retranslate(t)
        self.query_one("#keys", Static).update(t(_KEYS))

    def tell(self, done: int, total: int) -> None:
        """So much is read; called in the thread that reads.

        Raises:
            Refusal: ``forget.stopped`` once Escape was pressed.
        """
        if self._stop.is_set():
            raise Refusal("forget.stopped")
        self.post_message(self.Went(done, total))

    def on_reading_went(self, event: Went) -> None:
        """Show how far it is."""
        event.stop()
        self.query_one(ProgressBar).update(total=event.total, progress=event.done)

    def action_leave(self) -> None:
        """Stop at the next few thousand texts; whoever reads takes the dialog away."""
        self._stop.set()
