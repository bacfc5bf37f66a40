"""Lines with a cursor under a box that keeps the focus: readings of a unit, households, tickets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from concierge.language import terms
from concierge.language.translator import Language
from concierge.ui.format import marked, one_line, pad
from concierge.ui.widgets.translated import Translated
from concierge.ui.widgets.unit_choice import UnitChoice

T = TypeVar("T")
UNIT, PHONE, MATCH = 12, 15, 10
NAME = 14  # where what was found stands beside it
TYPED = "bold underline"
"""How the typed text is marked in a result: also where there are no colours."""


class HitList(Translated, Widget, Generic[T]):
    """At most ``most`` lines; the cursor keeps itself in sight, a click takes a line.

    Args:
        paint: A line in exactly so many cells.
        most: Lines in sight.
        first: Where the cursor stands at first; -1 for nowhere, until the arrows are used.
    """

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(
        self,
        paint: Callable[[T, int, Language], Content],
        *,
        most: int = 5,
        first: int = 0,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._paint = paint
        self._most = most
        self.choices: tuple[T, ...] = ()
        self._first = self.at = first
        self._top = 0

    @property
    def chosen(self) -> T | None:
        """The line under the cursor."""
        return self.choices[self.at] if 0 <= self.at < len(self.choices) else None

    def load(self, choices: Sequence[T]) -> None:
        """Take other lines; the cursor stands where it does at first."""
        before, self.choices = len(self.choices), tuple(choices)
        self.at, self._top = self._first, 0
        # While one types, the lines change more often than their number.
        lines = min(before, self._most) != min(len(self.choices), self._most)
        self.refresh(layout=lines)

    def step(self, by: int) -> None:
        """Move the cursor."""
        if self.choices:
            self.at = max(0, min(len(self.choices) - 1, self.at + by))
            self._top = max(min(self._top, self.at), self.at - self._most + 1)
            self.refresh(layout=True)

    def render(self) -> Content:
        """The lines in sight."""
        width = self.content_size.width or 60
        shown = list(enumerate(self.choices))[self._top : self._top + self._most]
        return Content("\n").join(self._line(choice, width, at == self.at) for at, choice in shown)

    def _line(self, choice: T, width: int, here: bool) -> Content:  # noqa: FBT001  (a state, not a switch)
        line = Content("> " if here else "  ") + self._paint(choice, width - 2, self.t)
        return (
            line.stylize("$block-cursor-foreground on $block-cursor-background") if here else line
        )

    def on_click(self, event: events.Click) -> None:
        """Take the line."""
        event.stop()
        at = self._top + event.y
        if at < len(self.choices):
            self.at = at
            self.post_message(self.Clicked(at))


def hit_line(choice: UnitChoice, width: int, t: Language) -> Content:
    """A reading in exactly so many cells: unit, name, masked phone or what was found, by what."""
    if choice.place is not None:
        return Content(pad(t("keep as a place: {place}", place=one_line(choice.place)), width))
    if not choice.verified:
        said = t("not in the books: keep as unverified")
        return Content(pad(pad(choice.unit or "", UNIT) + said, width))
    by = pad(terms.match(t, choice.match or ""), MATCH)
    rest = width - UNIT - MATCH
    name = max(8, rest - PHONE if choice.found is None else min(NAME, rest // 2))
    beside = ("phone", choice.phone) if choice.found is None else ("found", choice.found)
    parts = (("unit", choice.unit, UNIT), ("name", choice.name, name), (*beside, rest - name))
    line = Content("").join(
        marked(text or "", choice.marks if which == choice.marked else (), cells, TYPED)
        for which, text, cells in parts
    )
    return line + by
