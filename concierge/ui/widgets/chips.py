"""Filters in a line, each with its digit; what is on stands in brackets, a click switches one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.content import Content
from textual.message import Message

from concierge.language.translator import Language
from concierge.ui.widgets.paragraph import Paragraph, styled

GAP = 2
Chip = tuple[str, bool]


class Chips(Paragraph):
    """Shows chips as ``load`` says them: a word each, and whether it is on."""

    class Switched(Message):
        """A chip was clicked; ``at`` counts from 1."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._places: list[tuple[int, int, int]] = []

    def load(self, chips: Callable[[Language], Sequence[Chip]]) -> None:
        """Show these from now on."""
        self.say(lambda t, width: self._lay_out(chips(t), width))

    def _lay_out(self, chips: Sequence[Chip], width: int) -> Content:
        lines, line, self._places = [], Content(""), []
        for at, (word, lit) in enumerate(chips, 1):
            name = styled(f"[{word}]", "bold") if lit else styled(word, "$secondary")
            part = styled(f"{at} ", "bold $primary") + name
            if line.plain and line.cell_length + part.cell_length > width:
                lines.append(line)
                line = Content("")
            start = line.cell_length
            self._places.append((len(lines), start, start + part.cell_length))
            line += part + " " * GAP
        return Content("\n").join([*lines, line])

    def on_click(self, event: events.Click) -> None:
        """Switch the chip that was clicked."""
        event.stop()
        here = event.get_content_offset(self)
        for at, (y, first, last) in enumerate(self._places, 1):
            if here is not None and here.y == y and first <= here.x < last:
                self.post_message(self.Switched(at))
