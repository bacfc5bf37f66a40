"""Lines with a cursor under a box that keeps the focus: readings of a unit, households, tickets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content, Span
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from concierge.language import terms
from concierge.language.translator import Language
from concierge.ui.format import marked, one_line, pad
from concierge.ui.widgets.translated import Translated
from concierge.ui.widgets.unit_choice import UnitChoice

T = TypeVar("T")
UNIT, PHONE, MATCH = 12, 15, 10
BEHIND = 10  # cells before words: the box stands behind its label
NAME = 14  # where what was found stands beside it
TYPED = Style(bold=True, underline=True)
"""How the typed text is marked in a result: also where there are no colours."""


class HitList(Translated, Widget, Generic[T]):
    """At most ``most`` lines; the cursor keeps itself in sight, a click takes a line.

    Args:
        paint: A line in exactly so many cells; its spans are what was typed.
        most: Lines in sight.
        first: Where the cursor stands at first; -1 for nowhere, until the arrows are used.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hits--line", "hits--cursor", "hits--words"}

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
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._paint = paint
        self._most = most
        self.choices: tuple[T, ...] = ()
        self._first = self.at = first
        self._top = 0
        self._words = ""

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
        self.refresh(layout=lines and self._grows)

    def say(self, words: str) -> None:
        """Show words as long as there are no lines, below the box rather than below its label."""
        if words != self._words:
            self._words = words
            if not self.choices:
                self.refresh(layout=self._grows)

    def step(self, by: int) -> None:
        """Move the cursor."""
        if self.choices:
            self.at = max(0, min(len(self.choices) - 1, self.at + by))
            self._top = max(min(self._top, self.at), self.at - self._most + 1)
            self.refresh(layout=True)

    @property
    def _grows(self) -> bool:
        height = self.styles.height
        return height is None or height.is_auto

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as are in sight."""
        return min(len(self.choices), self._most) if self.choices else len(self._said(width))

    def _said(self, width: int) -> list[Content]:
        return Content(self._words).wrap(max(1, width - BEHIND)) if self._words else []

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the lines as they are: there is no border around them, and a key brings all of them anew."""
        if self.styles.gutter:
            return super().render_lines(crop)
        strips = [self.render_line(y) for y in crop.line_range]
        background = self.background_colors[1]
        for each in self.get_line_filters():
            strips = [strip.apply_filter(each, background) for strip in strips]
        left, right = crop.column_span
        return [
            strip if (left, right) == (0, strip.cell_length) else strip.crop(left, right)
            for strip in strips
        ]

    def render_line(self, y: int) -> Strip:
        """Paint a line in sight: no layout and no wrapping stand between a key and what it finds."""
        at, width = self._top + y, self.size.width
        here = at == self.at
        base = self.get_component_rich_style("hits--cursor" if here else "hits--line")
        if not (0 <= y < self._most and at < len(self.choices)):
            return self._word_line(y, width)
        line = self._paint(self.choices[at], width - 2, self.t)
        typed = base + TYPED
        segments, done = [Segment("> " if here else "  ", base)], 0
        for span in line.spans:
            segments += (Segment(line.plain[done : span.start], base),
                         Segment(line.plain[span.start : span.end], typed))  # fmt: skip
            done = span.end
        segments.append(Segment(line.plain[done:], base))
        return Strip(segments, width)

    def _word_line(self, y: int, width: int) -> Strip:
        base = self.get_component_rich_style("hits--words")
        said = [] if self.choices else self._said(width)
        if not 0 <= y < len(said):
            return Strip.blank(width, base)
        return Strip([Segment(pad(" " * BEHIND + said[y].plain, width), base)], width)

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
    texts, spans, start = [], [], 0
    for which, what, cells in parts:
        text, places = marked(what or "", choice.marks if which == choice.marked else (), cells)
        spans += [Span(start + low, start + high, "") for low, high in places]
        start += len(text)
        texts.append(text)
    return Content("".join(texts) + by, spans)
