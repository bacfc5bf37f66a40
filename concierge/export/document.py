"""What every format of a summary or report shows, before it is Markdown, HTML, PDF or a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

Part = TypeVar("Part")


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


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in seconds, and how it is said."""

    seconds: int
    said: Said

    @property
    def text(self) -> str:
        """The length in all languages on one line."""
        return self.said.text


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a whole; of nothing at all there is no rate."""

    part: int
    whole: int

    @property
    def text(self) -> str:
        """Percent, rounded down: 90 % is never said of less."""
        return f"{self.part * 100 // self.whole} %" if self.whole else "–"


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a figure differs from another."""

    by: int

    @property
    def text(self) -> str:
        """The difference with its sign."""
        return f"{self.by:+}" if self.by else "0"


Piece = Said | Moment | Span | Rate | Change | str | int
"""A text that people typed is a bare ``str``."""


def plain_text(piece: Piece) -> str:
    """A piece as text of one line, in all languages."""
    return str(piece) if isinstance(piece, (str, int)) else piece.text


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table: a few pieces; ``tone`` is "", "bad", "good" or "mark"."""

    pieces: tuple[Piece, ...]
    tone: str = ""


Row = tuple[Cell, ...]

PAPER_CELLS = 160
"""Terminal cells of a typed text in a table on paper, where a column does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``folds`` where paper may stack it under the one before it to save width.

    ``longest``: terminal cells of a typed text on paper.
    """

    head: Said
    folds: bool = False
    figure: bool = False
    longest: int = PAPER_CELLS


def folded(columns: Iterable[Column], cells: Iterable[Part]) -> list[list[Part]]:
    """What stands under each column that is left when those that fold go under the one before them.

    Args:
        columns: all of them; the first does not fold.
        cells: what each of them holds.
    """
    kept: list[list[Part]] = []
    for column, cell in zip(columns, cells, strict=True):
        if not column.folds:
            kept.append([])
        kept[-1].append(cell)
    return kept


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time in a picture: what came in, and the limits that were kept and broken in it."""

    label: str
    received: int
    met: int
    broken: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of arrivals against limits; ``told`` says it in words to whoever cannot see it."""

    title: Said
    told: Said
    received: Said
    met: Said
    broken: Said
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A headed table with the lines that stand under it.

    ``bars`` asks for a picture of each row; a ``chart`` stands for the whole table on paper. ``shown`` is how
    many rows paper shows at most, ``cut`` what it says of the rest. ``sheet`` is its name in a workbook.
    """

    title: Said
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    lines: tuple[Said, ...] = ()
    bars: tuple[tuple[int, int], ...] = ()
    chart: Chart | None = None
    shown: int | None = None
    cut: Said | None = None
    sheet: Said | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is read at a glance."""

    name: Said
    value: Piece
    tone: str = ""


@dataclass(frozen=True, slots=True)
class SignLine:
    """A place to sign; filled where somebody has: the name, when and how. Or ``name`` says why nobody did."""

    part: Said
    name: str | None = None
    at: Moment | None = None
    how: Said | None = None

    @property
    def when(self) -> str:
        """When and how, on one line; empty where nobody has."""
        return " · ".join(each.text for each in (self.at, self.how) if each is not None)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. ``decisions`` is empty when nothing waits for one; ``sign`` when nobody signs it.

    ``made_at`` is the instant of its figures, ``short`` what stands at the head of each further page.
    """

    codes: tuple[str, ...]
    title: Said
    short: str
    made_at: int
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
    page: Said
    summary_sheet: Said
    log_title: Said
    log: tuple[tuple[Said, Cell], ...]
    sign_title: Said
    sign: tuple[SignLine, ...]
    sign_blanks: tuple[Said, Said]
