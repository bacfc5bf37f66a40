"""A screen is left once, and no other goes with it or in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType

if TYPE_CHECKING:
    _Left = Screen
else:  # no screen itself, as ``Translated`` is no widget: the style sheet rules of the screen would be lost

    class _Left(Generic[ScreenResultType]):
        """What is mixed in."""


class Leaving(_Left[ScreenResultType]):
    """A mixin, named before the screen, for one that may be done while another stands in front of it.

    Textual's own ``dismiss`` takes whichever screen is in front, with what is typed there, and leaves its
    answer to nobody; the one that was meant stays, and the next key that leaves it ends the desk.
    """

    _left_with: tuple[ScreenResultType | None] | None = None

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave with an answer, once: now, or as soon as it stands there and nothing is in front of it."""
        if self.app.screen is self and self.is_mounted:
            return super().dismiss(result)
        if self in self.app.screen_stack:
            self._left_with = (result,)
        return AwaitComplete()

    def on_mount(self) -> None:
        """A key may have left it before it stood there."""
        self.call_later(self.on_screen_resume)

    def on_screen_resume(self) -> None:
        """What stood in front has gone."""
        if self._left_with is not None:
            self.dismiss(*self._left_with)
