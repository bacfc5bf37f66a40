"""One key after the other: what is typed ahead of a question reaches the question.

Keys may arrive faster than a screen answers: by a quick hand, or all at once over a slow line. A key that opens
a question would lose those behind it, or hand them to the screen below, where a digit means something else. So
text waits until the key before it has been answered and whatever that opened can be typed into.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from weakref import WeakSet

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widgets import Input, TextArea

LOOK = 0.01  # seconds between looks while something waits
_WITH_TEXT = frozenset({"enter", "backspace", "space"})
_MOVING = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end"})
_PATIENCE = 100  # looks after which a key that was never answered holds up nothing any more


def is_text(event: events.Key) -> bool:
    """Whether a key is typed text, or takes or mends it: what may begin to wait."""
    return event.is_printable or event.key in _WITH_TEXT


class OneKeyApp(App[int]):
    """An app that hands on typed text in order, each key to whatever the one before it has opened."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead: deque[events.Key] = deque()
        self._unanswered: set[events.Key] = set()
        self._looks = 0
        self._looking: Timer | None = None
        self._pressed_on: Screen[object] | None = None
        self._moved = False
        self._painted_once: WeakSet[Screen[object]] = WeakSet()

    async def on_event(self, event: events.Event) -> None:
        """Hand a key on at once, or when its turn comes."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._must_wait(event):
            self._ahead.append(event)
            if self._looking is None:
                self._looks = 0
                self._looking = self.set_interval(LOOK, self._hand_on)
        else:
            await self._deliver(event)

    def _must_wait(self, event: events.Key) -> bool:
        if self._ahead and event.key == "escape" and self._is_conversing():
            # Nobody waits for what is being written in order to turn back; what was typed for it is dropped.
            self._ahead.clear()
        if self._ahead:
            return True
        return is_text(event) and self._is_busy()

    def _is_conversing(self) -> bool:
        return bool(getattr(self.screen, "conversing", False))

    # -- one key
    async def _deliver(self, event: events.Key) -> None:
        target = self.focused or self.screen
        self._pressed_on = self.screen
        plain = event.is_printable and isinstance(target, Input | TextArea)
        await super().on_event(event)
        if not plain and event.key not in _MOVING:
            # A key climbs from the focus to the app; what it asks of a box climbs the same way once more.
            self._unanswered.add(event)
            climb = [*target.ancestors_with_self] * 2
            self._climb(event, climb, 0)

    def _climb(self, event: events.Key, nodes: Sequence[MessagePump], at: int) -> None:
        """Follow a key behind it, through the queue of each one that it comes to."""
        while at < len(nodes):
            if nodes[at].is_running and nodes[at].call_later(self._climb, event, nodes, at + 1):
                return
            at += 1
        self._unanswered.discard(event)

    # -- those that wait
    def _is_busy(self) -> bool:
        """Whether it is not known yet what the next key is for."""
        if self._unanswered:
            return True
        screen = self.screen
        if self._is_conversing():
            self._moved = True
            return True
        if screen.focused is not None or screen in self._painted_once:
            return False
        # Some have nothing to focus: they are open once they were painted.
        screen.call_after_refresh(self._painted_once.add, screen)
        # Whoever pressed a key there before, an arrow, sees it already and means it.
        self._moved = self._moved or screen is not self._pressed_on
        return True

    async def _hand_on(self) -> None:
        self._looks += 1
        if self._looks > _PATIENCE:
            self._unanswered.clear()
        while self._ahead and not self._is_busy():
            event = self._ahead.popleft()
            if self._is_wanted(event):
                self._moved = False
                self._looks = 0
                await self._deliver(event)
        if not self._ahead and self._looking is not None:
            self._looking.stop()
            self._looking, self._moved = None, False

    def _is_wanted(self, event: events.Key) -> bool:
        """Whether a key still means what it meant when it was pressed.

        Text always belongs into a box. Where a question was answered or something was written meanwhile, a key
        pressed twice must not answer the next one too: only what the screen asks for is handed on.
        """
        if not self._moved or not is_text(event) or isinstance(self.focused, Input | TextArea):
            return True
        screen, before = self.screen, self._pressed_on
        if screen is before or isinstance(before, ModalScreen):
            takes = getattr(screen, "takes_ahead", None)
            return takes is not None and bool(takes(event.key))
        return True
