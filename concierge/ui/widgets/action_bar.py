"""What can be done with the ticket in front: numbered, on as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content

from concierge.language.translator import Language
from concierge.ui.commands import Command, key_name
from concierge.ui.messages import CommandChosen
from concierge.ui.widgets.paragraph import Paragraph

GAP = 2


class ActionBar(Paragraph):
    """The numbers and keys of the ticket's actions; a click does one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._places: list[tuple[int, int, int, str]] = []

    def offer(self, commands: Sequence[Command]) -> None:
        """Show these."""
        self.say(lambda t, width: self._lines(tuple(commands), t, width))

    def _lines(self, commands: tuple[Command, ...], t: Language, width: int) -> Content:
        lines, line, x = [], Content(""), 0
        self._places = []
        taken: set[str] = set()
        for command in commands:
            part = _part(command, taken, t)
            if x and x + part.cell_length > width:
                lines.append(line)
                line, x = Content(""), 0
            self._places.append((len(lines), x, x + part.cell_length, command.id))
            line += part + " " * GAP
            x += part.cell_length + GAP
        return Content("\n").join([*lines, line])

    def on_click(self, event: events.Click) -> None:
        """Choose the command that was clicked."""
        event.stop()
        here = event.get_content_offset(self)
        for y, first, last, command in self._places:
            if here is not None and here.y == y and first <= here.x < last:
                self.post_message(CommandChosen(command))


def _part(command: Command, taken: set[str], t: Language) -> Content:
    """The first key, the words, and the key that an input method leaves alone, unless one before has it."""
    keys = [key_name(key.strip()) for key in command.keys.split(",")]
    spare = " ".join(key for key in keys[1:] if key not in taken)
    taken.update(keys)
    part = Content(keys[0]).stylize("bold $primary") + " " + t(command.label)
    return part + Content(" " + spare).stylize("$secondary") if cell_len(spare) else part
