"""What the alarm does outside the board: its key on every screen, the bell, the title, the desktop."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from concierge.ui.commanded import CommandedApp
from concierge.ui.format import one_line
from concierge.ui.screens.base import DeskScreen
from concierge.ui.screens.board import BoardScreen
from concierge.ui.widgets.alarm_line import AlarmLine

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.domain.policy import Category
    from concierge.services.views import Alarm, Board

TWICE = 1.0  # seconds within which a second F9 mutes


class AlarmingApp(CommandedApp):
    """The desk as far as its alarm is concerned.

    Args:
        environ: What says which terminal this is.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__()
        self._environ = environ
        self._names: dict[str, dict[str, str]] = {"zh": {}, "en": {}}
        self._alarm_at = -TWICE

    # -- words
    def know(self, categories: tuple[Category, ...]) -> None:
        """Take the categories of the policy in force."""
        self._names = {
            code: {category.code: category.name(code) for category in categories}
            for code in ("zh", "en")
        }

    def category_names(self, code: str) -> Mapping[str, str]:
        """The categories' names in a language, by category code."""
        return self._names[code]

    # -- the key
    def action_alarm(self) -> None:
        """F9: the worst ticket comes to the front; twice within a second mutes."""
        pressed = time.monotonic()
        if pressed - self._alarm_at < TWICE:
            self._alarm_at = -TWICE
            self.board_screen.mute()
            for line in self.screen.query(AlarmLine):
                line.follow()
            return
        self._alarm_at = pressed
        screen = self.screen
        if isinstance(screen, DeskScreen) and screen.alarm_pressed():
            return
        self.board_screen.open_worst()

    @property
    def board_screen(self) -> BoardScreen:
        """The board, in front or behind."""
        return next(screen for screen in self.screen_stack if isinstance(screen, BoardScreen))

    @property
    def muted_until(self) -> int:
        """Until when the alarm is quiet at this desk, seconds UTC; 0 while it is not."""
        return self.board_screen.muted_until

    # -- whom to ring
    def action_staff_phone(self) -> None:
        """Write down by which number a colleague is rung."""
        screen = self.screen
        if isinstance(screen, DeskScreen):
            from concierge.ui.screens.staff_phone import write_phone

            screen.steps(write_phone(screen))

    # -- the terminal
    def ring(self, alarm: Alarm | None = None) -> None:
        """Ring the terminal's bell, and tell of an alarm on the desktop where the terminal can."""
        self.bell()
        if alarm is not None:
            from concierge.ui.desktop_notice import notice

            said = notice(alarm, self.category_names(self.language), self._environ)
            if said:
                self.write_to_terminal(said)

    def name_terminal(self, board: Board) -> None:
        """Put the alarm's count, or the desk's name, into the terminal's title."""
        count = len(board.alarms)
        title = f"({count}!) {board.desk}" if count else board.desk
        self.write_to_terminal(f"\x1b]2;{one_line(title)}\x07")

    def write_to_terminal(self, sequence: str) -> None:
        """Send an escape sequence that shows nothing on the screen itself."""
        driver = self._driver
        if driver is not None and not self.is_headless:
            driver.write(sequence)
