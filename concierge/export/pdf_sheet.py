"""A sheet of A4 that is written from top to bottom: text in few sizes and tones, lines and boxes.

Lengths are millimetres, sizes of letters points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.enums import TextMode
from fpdf.fonts import TTFFont

from concierge.domain.refusal import Refusal
from concierge.export.fonts import Faces
from concierge.export.pdf_text import longest_piece, wrapped

LEFT, RIGHT, TOP, BOTTOM = 15.0, 195.0, 18.0, 279.0
WIDTH = RIGHT - LEFT
_POINT = 25.4 / 72
_LEADING = 1.42  # height of a line by the size of its letters
_TONES = {
    "": (35, 33, 29),
    "soft": (109, 104, 95),
    "line": (221, 215, 203),
    "accent": (138, 106, 47),
    "mark": (138, 106, 47),
    "good": (62, 115, 82),
    "bad": (173, 51, 39),
    "came": (185, 166, 126),
    "good-band": (237, 244, 238),
    "bad-band": (251, 238, 234),
}
_FAMILY = "paper"
# Where a core font must do, which knows the letters of western Europe only.
_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "…": "...", "’": "'", "“": '"', "”": '"', "\u202f": " "}
)


@dataclass(frozen=True, slots=True)
class Run:
    """A text of one size and tone; it is broken into lines where it is put.

    ``whole``: an instant or a length of time, which gets the room to be read in one piece where there is any.
    """

    text: str
    size: float = 9.0
    tone: str = ""
    bold: bool = False
    whole: bool = False


class Sheet:
    """Where the next thing is written, and on which page.

    Args:
        faces: the font to embed; None for a core font.
        head: draws what stands on top of each page but the first.
    """

    def __init__(self, faces: Faces | None, head: Callable[[Sheet], None]) -> None:
        self.pdf = _Pages(lambda: head(self))
        # Nothing that somebody typed becomes a number of pages.
        self.pdf.alias_nb_pages("")
        self.pdf.set_margins(LEFT, TOP, 210 - RIGHT)
        self.pdf.set_auto_page_break(auto=False)
        self._faces = faces
        self._known: Mapping[int, object] | None = None
        self._stand_in = "?"
        if faces is not None:
            self._embed(faces)
        self._widths: dict[tuple[str, bool], dict[str, float]] = {}
        self.y = TOP

    def _embed(self, faces: Faces) -> None:
        regular = faces.regular
        self.pdf.add_font(_FAMILY, "", regular.path, collection_font_number=regular.number)
        if faces.bold is not None:
            bold = faces.bold
            self.pdf.add_font(_FAMILY, "B", bold.path, collection_font_number=bold.number)
        font = self.pdf.fonts[_FAMILY]
        assert isinstance(font, TTFFont)
        known = self._known = font.cmap
        self._stand_in = next(each for each in "□?" if ord(each) in known)

    def page(self) -> None:
        """Begin a page."""
        self.pdf.add_page()
        self.y = TOP

    def needs(self, height: float) -> bool:
        """Begin a page if so much does not fit on this one; tells whether it did."""
        if self.y + height <= BOTTOM:
            return False
        self.page()
        return True

    def shown(self, text: str) -> str:
        """The text in characters that the font has; another one stands in for what it has not.

        Raises:
            Refusal: ``pdf.no-font`` for a character that a core font has not.
        """
        if self._known is None:
            plain = text.translate(_PLAIN)
            if (
                not plain.isascii()
                and plain.encode("latin-1", "replace").decode("latin-1") != plain
            ):
                raise Refusal("pdf.no-font")
            return plain
        known = self._known
        return "".join(
            character if ord(character) in known else self._instead(character) for character in text
        )

    def _instead(self, character: str) -> str:
        if character == "\n":
            return character
        if unicodedata.category(character) in {"Mn", "Cf", "Cc"}:
            return ""
        return " " if character.isspace() else self._stand_in

    def font(self, size: float, *, bold: bool = False) -> None:
        """Take the letters that follow."""
        if self._faces is None:
            self.pdf.set_font("Helvetica", "B" if bold else "", size)
        else:
            style = "B" if bold and self._faces.bold is not None else ""
            self.pdf.set_font(_FAMILY, style, size)

    def measure(self, size: float, *, bold: bool = False) -> Callable[[str], float]:
        """How wide a text is in letters of a size."""
        # Widths grow with the size: each character is measured once, at one size.
        known = self._widths.setdefault(("bold" if bold else "", bold), {})
        self.font(10.0, bold=bold)

        def wide(text: str) -> float:
            total = 0.0
            for character in text:
                if character not in known:
                    self.font(10.0, bold=bold)
                    known[character] = self.pdf.get_string_width(character)
                total += known[character]
            return total * size / 10.0

        return wide

    def lines(self, run: Run, width: float) -> list[str]:
        """The lines of a run in a width."""
        return wrapped(self.shown(run.text), width, self.measure(run.size, bold=run.bold))

    def least(self, run: Run) -> float:
        """The width that a run takes when no word of it is broken."""
        if run.whole:
            return self.wanted(run)
        return longest_piece(self.shown(run.text), self.measure(run.size, bold=run.bold))

    def wanted(self, run: Run) -> float:
        """The width that a run takes on as many lines as it was typed on."""
        measure = self.measure(run.size, bold=run.bold)
        return max(measure(line) for line in self.shown(run.text).split("\n"))

    def put(self, run: Run, x: float, y: float, width: float, *, right: bool = False) -> float:
        """Write a run from a point on, and say how high it is; the place of writing stays."""
        height = line_height(run.size)
        for n, line in enumerate(self.lines(run, width)):
            self._write(run, line, x, y + n * height, width, right=right)
        return height * len(self.lines(run, width))

    def _write(self, run: Run, line: str, x: float, y: float, width: float, *, right: bool) -> None:
        if not line:
            return
        left = x + width - self.measure(run.size, bold=run.bold)(line) if right else x
        self.font(run.size, bold=run.bold)
        tone = _TONES[run.tone]
        self.pdf.set_text_color(*tone)
        baseline = y + run.size * _POINT * 1.12
        if run.bold and self._faces is not None and self._faces.bold is None:
            with self.pdf.local_context(
                text_mode=TextMode.FILL_STROKE, line_width=run.size * 0.011, draw_color=tone
            ):
                self.pdf.text(left, baseline, line)
        else:
            self.pdf.text(left, baseline, line)

    def each_page(self, foot: Callable[[int, int], None]) -> None:
        """Write what stands at the bottom of each page, once it is known how many there are.

        Args:
            foot: gets the page's number and how many there are.
        """
        pages = self.pdf.pages_count
        for page in range(1, pages + 1):
            self.pdf.page = page
            self.pdf.set_font_size(1)  # a page knows no font that was taken on another one
            foot(page, pages)

    def drop(self) -> None:
        """Close the font's files of a sheet that is not kept; putting one out closes them too."""
        for font in self.pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def write(self, run: Run, width: float = WIDTH, x: float = LEFT) -> None:
        """Write a run line by line, on to the next page where this one ends."""
        height = line_height(run.size)
        for line in self.lines(run, width):
            self.needs(height)
            self._write(run, line, x, self.y, width, right=False)
            self.y += height

    def rule(
        self,
        y: float,
        tone: str = "line",
        x: float = LEFT,
        width: float = WIDTH,
        thick: float = 0.2,
    ) -> None:
        """A line from left to right."""
        self.box(x, y - thick / 2, width, thick, tone)

    def box(self, x: float, y: float, width: float, height: float, tone: str) -> None:
        """A filled box."""
        self.pdf.set_fill_color(*_TONES[tone])
        self.pdf.rect(x, y, width, height, style="F")

    def frame(self, x: float, y: float, width: float, height: float, tone: str) -> None:
        """A box of dashes."""
        self.pdf.set_draw_color(*_TONES[tone])
        self.pdf.set_line_width(0.4)
        self.pdf.set_dash_pattern(dash=1.6, gap=1.2)
        self.pdf.rect(x, y, width, height, style="D")
        self.pdf.set_dash_pattern()


class _Pages(FPDF):
    """Pages with a head."""

    def __init__(self, head: Callable[[], None]) -> None:
        super().__init__(format="A4", unit="mm")
        self._head = head

    def header(self) -> None:
        """Called by each new page."""
        self._head()


def line_height(size: float) -> float:
    """Millimetres from line to line in letters of a size."""
    return size * _POINT * _LEADING
