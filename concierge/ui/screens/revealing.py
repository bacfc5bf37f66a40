"""What is masked stands in clear for half a minute, and not behind another screen."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType

from concierge.language.translator import Language
from concierge.ui.screens.conversation import TalkingScreen
from concierge.ui.widgets.paragraph import styled

SHOWN = 30  # seconds that what is masked stays in clear


class RevealingScreen(TalkingScreen[ScreenResultType]):
    """A screen with something masked; its command ``reveal`` shows it, pressed again it hides it.

    Subclasses ask and put the look on record in ``reveal``, call ``keep_clear`` when they show what is
    masked, and show it masked in ``masked_again``.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clear_until: int | None = None
        """When what is masked is hidden again; None while it is."""

    def on_mount(self) -> None:
        """Follow the clock."""
        self.watch(self.app, "now", self._clear_second, init=False)

    # -- what a screen fills in
    def reveal(self) -> Coroutine[Any, Any, object]:
        """The conversation after which something stands in clear."""
        raise NotImplementedError

    def masked_again(self) -> None:
        """Show it masked."""
        raise NotImplementedError

    def clear_counts(self) -> None:
        """A second less is left; say so where ``time_left`` stands."""
        raise NotImplementedError

    # -- what a screen uses
    @property
    def in_clear(self) -> bool:
        """Whether what is masked is in sight."""
        return self.clear_until is not None

    def time_left(self, t: Language) -> Content:
        """For how long it is still in sight."""
        rest = max(0, (self.clear_until or 0) - self.now)
        return styled(t("in clear for {n} s", n=rest), "bold $background on $warning")

    def keep_clear(self) -> None:
        """From now on it is in clear, until the time is over or another screen comes to the front."""
        self.clear_until = self.now + SHOWN

    def hide(self) -> None:
        """Mask it, whether the time is over or not."""
        if self.in_clear:
            self.clear_until = None
            self.masked_again()

    def leave_nothing_open(self) -> None:
        """Mask it if another screen stands in front; a question is no such screen."""
        stack = self.app.screen_stack
        above = stack[stack.index(self) + 1 :] if self in stack else ()
        if not all(isinstance(each, ModalScreen) for each in above):
            self.hide()

    # -- when
    def _clear_second(self, now: int) -> None:
        if self.clear_until is None:
            return
        # A clock that was set back does not leave it open.
        if not self.clear_until - SHOWN <= now < self.clear_until:
            self.hide()
        else:
            self.clear_counts()

    def on_screen_suspend(self) -> None:
        """Whoever goes to another screen leaves nothing in clear behind."""
        self.leave_nothing_open()

    def action_reveal(self) -> None:
        """Show what is masked; pressed again, hide it before the time is over."""
        if self.in_clear:
            self.hide()
        else:
            self.talk(self.reveal())
