"""Text that is laid out for the width it has, and said again when width, language or matter change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from concierge.language.translator import Language
from concierge.ui.widgets.translated import Translated

NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of which each is made only when it is painted: there may be thousands.

    ``line`` makes one by its number, cut to the width; ``count`` is how many there are.
    """

    count: int
    line: Callable[[int], Content]

    @property
    def plain(self) -> str:
        """All of them, without colours."""
        return "\n".join(self.line(nth).plain for nth in range(self.count))


Say = Callable[[Language, int], "Content | Lines"]


class _LaidOut(Visual):
    """Words in a language, laid out for whatever width they are asked for."""

    def __init__(self, words: Say, t: Language) -> None:
        self._words = words
        self._t = t
        self._lines: tuple[int, Content | Lines] = (-1, Content(""))

    def lines(self, width: int) -> Content | Lines:
        """The text for a width."""
        if self._lines[0] != width:
            self._lines = (width, self._words(self._t, max(NARROWEST, width)))
        return self._lines[1]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The text's strips."""
        lines = self.lines(width)
        if isinstance(
            lines, Lines
        ):  # which paints line by line, and nothing of what is out of sight
            return []
        return lines.render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The text's height; nothing to say takes no line."""
        lines = self.lines(width)
        if isinstance(lines, Lines):
            return lines.count
        return lines.get_height(rules, width) if lines.plain else 0


class Paragraph(Translated, Static):
    """Shows what ``say`` makes of the language and the width in cells; it is painted only when that changed."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._words: Say = _nothing
        self._said: _LaidOut | None = None

    def say(self, words: Say) -> None:
        """Say this from now on."""
        self._words = words
        self.repeat()

    def repeat(self) -> None:
        """Say it again: a second passed, the language or the matter changed."""
        if not self.is_mounted:
            return
        said, width = _LaidOut(self._words, self.t), self.content_size.width
        new, old = said.lines(width), self._said.lines(width) if self._said else Content("")
        if self._said is not None and _same(new, old):
            return
        self._said = said
        # A sentence that wraps takes more lines than it has line ends.
        self.update(
            said, layout=_height(new, width) != _height(old, width) or not _height(old, width)
        )

    def retranslate(self, t: Language) -> None:
        """Say it in the other language."""
        self.repeat()

    def render_line(self, y: int) -> Strip:
        """Paint a line; of many, that one alone is made."""
        width = self.content_size.width
        lines = self._said.lines(width) if self._said else None
        if not isinstance(lines, Lines):
            return super().render_line(y)
        line = lines.line(y) if y < lines.count else Content("")
        return Visual.to_strips(self, line, width, 1, self.visual_style, pad=True)[0]

    @property
    def plain(self) -> str:
        """What stands there, without colours."""
        return self._said.lines(self.content_size.width).plain if self._said else ""


def _same(new: Content | Lines, old: Content | Lines) -> bool:
    if isinstance(new, Lines) or isinstance(old, Lines):
        return new is old  # to compare them would be to make them
    return new.plain == old.plain and new.spans == old.spans


def _height(text: Content | Lines, width: int) -> int:
    if isinstance(text, Lines):
        return text.count
    return text.get_height({}, max(NARROWEST, width)) if text.plain else 0


def _nothing(_: Language, __: int) -> Content:
    return Content("")


def hanging(head: Content, body: Content, width: int) -> Content:
    """``body`` wrapped beside ``head``: its further lines stand under its first."""
    lines = hanging_lines(head, body, width)
    return lines[0] if len(lines) == 1 else Content("\n").join(lines)


def hanging_lines(head: Content, body: Content, width: int) -> list[Content]:
    """The same, line by line."""
    indent = head.cell_length
    if width - indent < NARROWEST // 2:
        return [head + body]
    lines = body.wrap(width - indent)
    if not lines:
        return [head]
    blank = Content(" " * indent)
    return [head + lines[0], *(blank + line for line in lines[1:])]


def stacked(lines: Iterable[Content | None]) -> Content:
    """Lines below each other, those that are None left out."""
    return Content("\n").join([line for line in lines if line is not None])


def styled(text: str, style: str) -> Content:
    """Plain text in one style; the text itself is never markup."""
    return Content(text).stylize(style)
