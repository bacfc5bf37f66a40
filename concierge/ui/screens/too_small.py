"""Says that the terminal is too small, and goes away by itself when it is not."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from concierge.language.translator import Language
from concierge.ui.widgets.translated import Translated


class TooSmall(Translated, ModalScreen[None]):
    """Covers whatever is open, which keeps running and keeps what was typed."""

    def __init__(self, smallest: tuple[int, int]) -> None:
        super().__init__()
        self._smallest = smallest

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(id="too-small", markup=False)

    def retranslate(self, t: Language) -> None:
        """Say it."""
        width, height = self._smallest
        self.query_one(Static).update(
            t(
                "The desk needs at least {width}x{height}. It keeps running: enlarge the terminal.",
                width=width,
                height=height,
            )
        )

    def on_resize(self, event: events.Resize) -> None:
        """Go away once there is room."""
        self._leave_if_room(event.size.width, event.size.height)

    def on_screen_resume(self) -> None:
        """Something above has gone; perhaps there is room by now."""
        self._leave_if_room(self.app.size.width, self.app.size.height)

    def _leave_if_room(self, width: int, height: int) -> None:
        if width >= self._smallest[0] and height >= self._smallest[1] and self.is_current:
            self.dismiss(None)
