"""A long paper to be read: laid out by whoever reads it, painted where it is in sight."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from concierge.ui.widgets.paper import Paper
from concierge.ui.widgets.row_layout import Flat, Row
from concierge.ui.widgets.row_scroll import RowScroll
from concierge.ui.widgets.typed_text_view import typed

LONGEST_LINE = 2000  # characters that are wrapped in one go: a page may be all one line


class PaperScroll(RowScroll, can_focus=True):
    """A paper, or the text of a format line by line; a paper is asked for again in another width."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "roll(-1)", show=False),
        Binding("down", "roll(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
    ]

    class OtherWidth(Message):
        """The paper was laid out for another width than there is now."""

        def __init__(self, width: int) -> None:
            super().__init__()
            self.width = width

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paper: Paper | None = None

    def show(self, what: Paper | Sequence[str]) -> None:
        """Show a paper, or lines of text that wrap by themselves."""
        self._paper = what if isinstance(what, Paper) else None
        rows = _laid(what) if isinstance(what, Paper) else _text(what)
        self.say(lambda _, __: (rows,))
        self._check_width()

    def on_resize(self) -> None:
        """A paper stays as it was until it is laid out anew: that takes its time, elsewhere."""
        self._lay_out()
        self._check_width()

    def _check_width(self) -> None:
        if self._paper is not None and self._paper.width != self.room:
            self.post_message(self.OtherWidth(self.room))

    def action_page(self, by: int) -> None:
        """A page on or back."""
        self.roll(by * max(1, self.size.height - 1))


def _laid(paper: Paper) -> Flat:
    lines = paper.lines
    keys: Sequence[Hashable] = range(len(lines))
    return Flat(keys, {}, lambda nth: Row(nth, lines[nth]))


def _text(lines: Sequence[str]) -> Flat:
    keys: Sequence[Hashable] = range(len(lines))
    return Flat(keys, {}, lambda nth: Row(nth, typed(lines[nth]), Content("")), wraps=True)


def text_lines(text: str) -> tuple[str, ...]:
    """The lines of a text, those that are very long in parts."""
    return tuple(
        line[at : at + LONGEST_LINE]
        for line in text.splitlines()
        for at in range(0, max(1, len(line)), LONGEST_LINE)
    )
