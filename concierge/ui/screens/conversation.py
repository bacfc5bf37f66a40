"""One conversation at a time: a key pressed twice records nothing twice."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from textual.screen import ScreenResultType

from concierge.ui.screens.base import DeskScreen


class TalkingScreen(DeskScreen[ScreenResultType]):
    """A screen that asks something before it writes."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.talking = False

    def talk(self, conversation: Coroutine[Any, Any, object]) -> None:
        """Run a conversation unless one runs already; what it raises becomes a sentence."""
        if self.talking:
            conversation.close()
            return
        self.talking = True

        async def once() -> None:
            try:
                await conversation
            finally:
                self.talking = False

        self.steps(once())
