"""What every format of the summary shows, before it is Markdown, HTML or CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from concierge.language.translator import Language, language


@dataclass(frozen=True, slots=True)
class Said:
    """The same thing in each language of the paper: (language code, text) pairs.

    ``plain`` says that every text came from the catalogue alone, with nothing that people typed in it.
    """

    parts: tuple[tuple[str, str], ...]
    plain: bool = True

    @property
    def text(self) -> str:
        """All languages on one line: "交班 / Handover"."""
        return " / ".join(text for _, text in self.parts)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant: to read, in the property's wall time, and as ISO 8601 with offset."""

    text: str
    iso: str


Piece = Said | Moment | str | int
"""A text that people typed is a bare ``str``."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table: a few pieces; ``tone`` is "", "bad" or "good"."""

    pieces: tuple[Piece, ...]
    tone: str = ""


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``folds`` where paper may stack it under the one before it to save width."""

    head: Said
    folds: bool = False
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A headed table with the lines that stand under it; ``bars`` asks for a picture of each row."""

    title: Said
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    lines: tuple[Said, ...] = ()
    bars: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is read at a glance."""

    name: Said
    value: int
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The whole summary. ``decisions`` is empty when nothing waits for one."""

    codes: tuple[str, ...]
    title: Said
    property_name: str
    mark: Said | None
    facts: tuple[tuple[Said, Cell], ...]
    story: Said
    figures: tuple[Figure, ...]
    decisions_title: Said
    decisions: tuple[Said, ...]
    no_decision: Said
    sections: tuple[Section, ...]
    nothing: Said
    log_title: Said
    log: tuple[tuple[Said, Cell], ...]
    sign_title: Said
    sign: tuple[Said, ...]
    sign_blanks: tuple[Said, Said]


class Speech:
    """Says things in every language of the paper; used like a ``Language``.

    Args:
        codes: the languages, in the order in which they are read.
    """

    __slots__ = ("codes", "languages")

    def __init__(self, codes: tuple[str, ...]) -> None:
        self.codes = codes
        self.languages = tuple(language(code) for code in codes)

    def __call__(self, msgid: str, /, **values: object) -> Said:
        """A sentence of the catalogue; only figures may be put in."""
        return self.each(lambda t: t(msgid, **values))

    def plural(self, one: str, many: str, n: int, /, **values: object) -> Said:
        """The sentence for ``n`` things."""
        return self.each(lambda t: t.plural(one, many, n, **values))

    def each(self, say: Callable[[Language], str], *, plain: bool = True) -> Said:
        """What ``say`` makes of each language; not ``plain`` when it puts in what people typed."""
        return Said(tuple((t.code, say(t)) for t in self.languages), plain)
