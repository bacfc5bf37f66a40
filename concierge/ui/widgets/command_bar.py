"""The last line: the commands that work here.

The least needed left out where the terminal is narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from concierge.language.translator import Language
from concierge.ui.commands import Command
from concierge.ui.messages import CommandChosen
from concierge.ui.widgets.translated import Translated

GAP = 2


def fitting(commands: Sequence[Command], width: int, t: Language) -> list[Command]:
    """As many commands as fit ``width`` cells, those with the highest ``show`` first.

    In their given order.
    """
    room = width - 1
    chosen: set[str] = set()
    for command in sorted(commands, key=lambda command: -command.show):
        need = cell_len(command.key) + 1 + cell_len(t(command.label)) + GAP
        if command.show and command.key and need - GAP <= room:
            chosen.add(command.id)
            room -= need
    return [command for command in commands if command.id in chosen]


class CommandBar(Translated, Widget):
    """Keys and words of what can be done now; a click does it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--key", "bar--label", "bar--none"}

    def __init__(self) -> None:
        super().__init__()
        self._commands: tuple[Command, ...] = ()
        self._places: list[tuple[int, int, str]] = []

    def offer(self, commands: Sequence[Command]) -> None:
        """Show these commands."""
        self._commands = tuple(commands)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the line and remember where each command stands."""
        width, t = self.size.width, self.t
        none = self.get_component_rich_style("bar--none")
        key_style = self.get_component_rich_style("bar--key")
        label_style = self.get_component_rich_style("bar--label")
        segments = [Segment(" ", none)]
        self._places = []
        x = 1
        for command in fitting(self._commands, width, t):
            label = " " + t(command.label)
            length = cell_len(command.key) + cell_len(label)
            self._places.append((x, x + length, command.id))
            segments += [
                Segment(command.key, key_style),
                Segment(label, label_style),
                Segment(" " * GAP, none),
            ]
            x += length + GAP
        return Strip(segments).adjust_cell_length(width, none)

    def on_click(self, event: events.Click) -> None:
        """Choose the command that was clicked."""
        event.stop()
        for first, last, command in self._places:
            if first <= event.x < last:
                self.post_message(CommandChosen(command))
