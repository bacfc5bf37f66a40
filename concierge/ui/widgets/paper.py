"""A summary or report as it is written, laid out for the cells of a terminal: one document, no second truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from concierge.export.bars import bar, chart_lines
from concierge.export.document import Bar, Cell, Column, Document, Piece, Row, Said, Section
from concierge.language.translator import language
from concierge.ui.format import clip, one_line, pad
from concierge.ui.widgets.paragraph import NARROWEST, hanging, styled

TONES = {"bad": "bold $error", "good": "$success", "mark": "bold $warning"}
GAP = "  "
MARGINS = 3  # cells: one on each side, one of the scroll bar
MOST = 200  # rows of a table on the screen; the file holds all
WHOLE = 16  # cells up to which a column is never cut: dates, numbers of tickets, names
WIDEST_BARS = 78
LEAST_BAR, MOST_BAR = 6, 20  # cells of a bar behind a row


class Paper:
    """A document laid out, which takes its time: in the thread that reads it.

    Args:
        document: What is written.
        width: Cells of a line.
    """

    def __init__(self, document: Document, width: int) -> None:
        self.document = document
        self.width = width
        self.lines = paper(document, width)


def paper_width(screen: Widget) -> int:
    """The cells a line of a long paper has on a screen: beside the margins and the scroll bar."""
    return max(NARROWEST, (screen.size or screen.app.size).width - MARGINS)


def paper(document: Document, width: int) -> tuple[Content, ...]:
    """The whole paper in lines of ``width`` cells."""
    lines: list[Content] = [styled(one_line(document.short), "bold $primary")]
    if document.mark is not None:
        lines.append(styled(document.mark.text, "bold $background on $warning"))
    lines += _paragraphs(document.story, width)
    lines.append(_figures(document))
    lines.append(Content(""))
    lines.append(_heading(document.decisions_title))
    decisions = document.decisions or (document.no_decision,)
    style = "bold $warning" if document.decisions else "$success"
    for said in decisions:
        lines += [hanging(Content("- "), styled(text, style), width) for _, text in said.parts]
    for section in document.sections:
        lines += [Content(""), *_section(section, document.nothing, width)]
    lines += [Content(""), *_facts(document, width)]
    return tuple(
        each
        for many in lines
        for line in many.split("\n", allow_blank=True)
        for each in ([line] if line.cell_length <= width else line.wrap(width))
    )


def _paragraphs(said: Said, width: int) -> Iterator[Content]:
    for _, text in said.parts:
        yield from Content(text).wrap(width)


def _heading(said: Said) -> Content:
    return styled(said.text, "bold $secondary")


def _figures(document: Document) -> Content:
    return Content(GAP).join(
        [
            styled(f"{each.name.text} ", "$secondary")
            + styled(_piece(each.value), TONES.get(each.tone, "bold"))
            for each in document.figures
        ]
    )


def _facts(document: Document, width: int) -> Iterator[Content]:
    signed = [
        (line.part, Cell((line.name, line.at.text if line.at else "")))
        for line in document.sign
        if line.name is not None
    ]
    t = language(document.codes[0])
    for name, cell in (*document.facts, *signed, *document.log):
        head = styled(t("{name}: ", name=name.text), "$secondary")
        yield hanging(head, Content(_text(cell)), width)


# -- tables ---------------------------------------------------------------------------------------------------
def _section(section: Section, nothing: Said, width: int) -> Iterator[Content]:
    yield _heading(section.title)
    if section.chart is not None:
        chart = replace(section.chart, bars=_busy(section.chart.bars))
        for line in chart_lines(chart, min(width, WIDEST_BARS)):
            yield styled(clip(line, width), "$primary")
        return
    if not section.rows:
        yield styled(nothing.text, "$secondary")
    else:
        yield from _table(section, width)
    for said in section.lines:
        yield from _paragraphs(said, width)


def _busy(bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """Without the empty stretches at both ends; all of them where nothing happened."""
    busy = [nth for nth, each in enumerate(bars) if each.received or each.met or each.broken]
    return bars[busy[0] : busy[-1] + 1] if busy else bars


def _table(section: Section, width: int) -> Iterator[Content]:
    rows = section.rows[:MOST]
    widths = _widths(section.columns, rows, width)
    if widths is None:
        for nth, row in enumerate(rows):
            yield _stacked(section.columns, row, _bar(section, nth, MOST_BAR), width)
    else:
        heads = Content(GAP.join(_fit(column.head.text, n, column) for column, n in
                                 zip(section.columns, widths, strict=True)))  # fmt: skip
        yield heads.stylize("$secondary underline")
        room = min(MOST_BAR, width - sum(widths) - len(GAP) * len(widths))
        for nth, row in enumerate(rows):
            yield _line(section.columns, row, widths) + _bar(section, nth, room)
        if section.total is not None:
            yield _line(section.columns, section.total, widths).stylize("bold")
    if len(section.rows) > MOST:
        yield styled(f"+{len(section.rows) - MOST}", "$secondary")


def _line(columns: Sequence[Column], row: Row, widths: Sequence[int]) -> Content:
    cells = [
        styled(_fit(_text(cell), n, column), TONES.get(cell.tone, "$foreground"))
        for column, cell, n in zip(columns, row, widths, strict=True)
    ]
    return Content(GAP).join(cells)


def _fit(text: str, cells: int, column: Column) -> str:
    return pad(text, cells, right=column.figure)


def _bar(section: Section, nth: int, room: int) -> Content:
    """What was kept and broken of a row, on one scale for all rows."""
    if nth >= len(section.bars) or room < LEAST_BAR:
        return Content("")
    met, broken = section.bars[nth]
    most = max(1, *(sum(each) for each in section.bars))
    bad = min(room, max(1, broken * room // most)) if broken else 0
    good = bar(met, most, room)[: room - bad]  # one scale for both
    return styled(GAP + good, "$success") + styled("▒" * bad, "bold $error")


def _widths(columns: Sequence[Column], rows: Sequence[Row], width: int) -> list[int] | None:
    """Cells for each column, the texts cut where they have to be; None when there is no room for a table."""
    wanted = [
        max(cell_len(column.head.text), *(cell_len(_text(row[nth])) for row in rows))
        for nth, column in enumerate(columns)
    ]
    over = sum(wanted) + len(GAP) * (len(columns) - 1) - width
    texts = [nth for nth, column in enumerate(columns) if not column.figure]
    while over > 0 and texts:
        longest = max(texts, key=lambda nth: wanted[nth])
        if wanted[longest] <= WHOLE:
            return None
        second = max((wanted[nth] for nth in texts if nth != longest), default=WHOLE)
        less = max(1, min(over, wanted[longest] - max(WHOLE, second)))
        wanted[longest] -= less
        over -= less
    return wanted if over <= 0 else None


def _stacked(columns: Sequence[Column], row: Row, picture: Content, width: int) -> Content:
    """A row as a paragraph: what each cell is stands before it."""
    parts: list[Content] = []
    for nth, (column, cell) in enumerate(zip(columns, row, strict=True)):
        text = _text(cell)
        if not text:
            continue
        shown = styled(text, TONES.get(cell.tone, "bold" if nth == 0 else "$foreground"))
        parts.append(
            shown + picture if nth == 0 else styled(f"{column.head.text} ", "$secondary") + shown
        )
    return hanging(Content("- "), Content(GAP).join(parts), width)


def _text(cell: Cell) -> str:
    return one_line(" ".join(filter(None, map(_piece, cell.pieces))))


def _piece(piece: Piece) -> str:
    if isinstance(piece, (str, int)):
        return str(piece)
    return piece.text
