"""The pages of a paper: what a director reads on the first one, then each table, and where it is signed."""

from __future__ import annotations

from datetime import UTC, datetime

from concierge.export.document import (
    Cell,
    Document,
    Figure,
    Said,
    Section,
    SignLine,
    plain_text,
)
from concierge.export.fonts import Faces
from concierge.export.pdf_chart import chart
from concierge.export.pdf_sheet import BOTTOM, LEFT, RIGHT, WIDTH, Run, Sheet, line_height
from concierge.export.pdf_table import runs, table
from concierge.export.plain import shortened
from concierge.export.speech import colon

_LANG = {"zh": "zh-CN", "en": "en-GB"}
_IN_ROW = 4  # facts beside each other
_FOOT = 285.0
_DECISION = 8.8
_GAP, _TIGHT = 6.5, 3.6  # above a title


def content(paper: Document, faces: Faces | None) -> bytes:
    """The whole file; its end does not stand on a page alone if that can be helped.

    Args:
        paper: what is written, cut for paper.
        faces: the font to embed; None for a core font.
    """
    ways = ((_GAP, False), (_TIGHT, False), (_GAP, True), (_GAP, False))
    for n, (gap, together) in enumerate(ways, start=1):
        tried = Paper(paper, faces, gap=gap, together=together)
        if not tried.ends_alone or n == len(ways):
            break
        tried.drop()
    return tried.content()


class Paper:
    """Writes one document.

    ``ends_alone`` tells whether the signatures or the log begin a page.

    Args:
        paper: what is written, cut for paper.
        faces: the font to embed; None for a core font.
        gap: millimetres above each title.
        together: whether the last section begins a page, on which the end may follow it.
    """

    def __init__(
        self, paper: Document, faces: Faces | None, *, gap: float = _GAP, together: bool = False
    ) -> None:
        self._paper = paper
        self._sheet = Sheet(faces, self._head)
        self._gap = gap
        self.ends_alone = False
        self._write(together=together)

    def content(self) -> bytes:
        """The whole file."""
        self._sheet.each_page(self._foot)
        return bytes(self._sheet.pdf.output())

    def drop(self) -> None:
        """Close what it holds open instead of making the file."""
        self._sheet.drop()

    def _write(self, *, together: bool) -> None:
        pdf = self._sheet.pdf
        pdf.set_creation_date(datetime.fromtimestamp(self._paper.made_at, UTC))
        paper = self._paper
        title = f"{paper.title.text}{colon(paper.codes)}{paper.property_name}"
        pdf.set_title(self._sheet.shown(title))
        pdf.set_creator("Concierge")
        pdf.set_producer("Concierge")
        pdf.set_lang(_LANG[self._paper.codes[0]])
        self._sheet.page()
        self._top()
        *before, last = self._paper.sections
        for section in before:
            self._section(section)
        if together:
            self._sheet.page()
        self._section(last)
        if self._paper.sign:
            self._sign()
        self._log()

    # -- each page ----------------------------------------------------------------------------------------
    def _head(self, sheet: Sheet) -> None:
        if sheet.pdf.page_no() == 1:
            sheet.box(LEFT, 10, WIDTH, 1.2, "accent")
            return
        left = Run(shortened(self._paper.property_name, 44), 7.6, "soft")
        right = Run(shortened(self._paper.short, 70), 7.6, "soft")
        sheet.put(left, LEFT, 9.5, WIDTH)
        sheet.put(right, LEFT, 9.5, WIDTH, right=True)
        sheet.rule(14.2, "accent", thick=0.3)

    def _foot(self, page: int, pages: int) -> None:
        sheet = self._sheet
        head = plain_text(self._paper.log[-1][1].pieces[0])
        sheet.put(Run(head[:16], 7, "soft"), LEFT, _FOOT, WIDTH)
        told = f"{self._paper.page.text} {page} / {pages}"
        sheet.put(Run(told, 7, "soft"), LEFT, _FOOT, WIDTH, right=True)
        if self._paper.mark is not None:
            run = Run(self._paper.mark.text, 7, "bad", bold=True)
            sheet.put(run, (LEFT + RIGHT - sheet.wanted(run)) / 2, _FOOT, WIDTH)

    # -- the first page -----------------------------------------------------------------------------------
    def _top(self) -> None:
        sheet, paper = self._sheet, self._paper
        if paper.mark is not None:
            sheet.frame(LEFT, sheet.y, WIDTH, 9, "bad")
            run = Run(paper.mark.text, 10, "bad", bold=True)
            sheet.put(run, (LEFT + RIGHT - sheet.wanted(run)) / 2, sheet.y + 2.2, WIDTH)
            sheet.y += 14
        sheet.write(Run(paper.title.text, 10, "accent", bold=True))
        sheet.write(Run(paper.property_name, 20, bold=True))
        sheet.y += 4
        self._figures(paper.figures)
        for _, told in paper.story.parts:
            sheet.write(Run(told, 10.4))
            sheet.y += 0.8
        self._decisions()
        self._facts()

    def _figures(self, figures: tuple[Figure, ...]) -> None:
        sheet, wide = self._sheet, WIDTH / len(figures)
        tallest = sheet.y
        for n, figure in enumerate(figures):
            x = LEFT + n * wide + (4 if n else 0)
            if n:
                sheet.box(LEFT + n * wide, sheet.y, 0.2, 17, "line")
            run = Run(plain_text(figure.value), 20, figure.tone, bold=True)
            y = sheet.y + sheet.put(run, x, sheet.y, wide)
            for place, (_, name) in enumerate(figure.name.parts):
                y += sheet.put(Run(name, 7.4 if place else 8, "soft"), x, y, wide - 5)
            tallest = max(tallest, y)
        sheet.y = tallest + 4

    def _decisions(self) -> None:
        paper, sheet = self._paper, self._sheet
        tone = "bad" if paper.decisions else "good"
        if paper.decisions:
            said = [Run(paper.decisions_title.text, 9.4, tone, bold=True)]
            for each in paper.decisions:
                (_, first), *rest = each.parts
                said.append(Run(first, _DECISION))
                said += [Run(text, 7.6, "soft") for _, text in rest]
        else:
            said = [Run(paper.no_decision.text, 9.4, tone, bold=True)]
        sheet.y += 2
        tall = sum(line_height(run.size) * len(sheet.lines(run, WIDTH - 15)) for run in said) + 5
        sheet.needs(tall)
        sheet.box(LEFT, sheet.y, WIDTH, tall, f"{tone}-band")
        sheet.box(LEFT, sheet.y, 1.2, tall, tone)
        y = sheet.y + 2.5
        for run in said:
            if run.size == _DECISION:
                sheet.box(LEFT + 6, y + 1.7, 1, 1, "soft")
            inset = 6 if run.bold else 9
            y += sheet.put(run, LEFT + inset, y, WIDTH - 15)
        sheet.y += tall + 5

    def _facts(self) -> None:
        sheet, facts = self._sheet, self._paper.facts[1:]
        sheet.rule(sheet.y)
        sheet.y += 2.5
        for first in range(0, len(facts), _IN_ROW):
            self._facts_row(facts[first : first + _IN_ROW])
        sheet.rule(sheet.y)

    def _facts_row(self, facts: tuple[tuple[Said, Cell], ...]) -> None:
        sheet, wide = self._sheet, WIDTH / _IN_ROW
        stacks = [
            [
                Run(name.text, 7.2, "soft"),
                *(
                    run
                    for n, piece in enumerate(cell.pieces)
                    for run in runs(piece, cell.tone, under=n > 0)
                ),
            ]
            for name, cell in facts
        ]
        tall = max(
            sum(line_height(run.size) * len(sheet.lines(run, wide - 4)) for run in stack)
            for stack in stacks
        )
        sheet.needs(tall)
        for n, stack in enumerate(stacks):
            y = sheet.y
            for run in stack:
                y += sheet.put(run, LEFT + n * wide, y, wide - 4)
        sheet.y += tall + 2.5

    # -- tables -------------------------------------------------------------------------------------------
    def _section(self, section: Section) -> None:
        sheet = self._sheet
        self._title(section.title, 26 if section.rows else 14)
        if section.chart is not None:
            sheet.y += 2
            chart(sheet, section.chart)
        elif section.rows:
            table(sheet, section)
        else:
            sheet.y += 1
            sheet.write(Run(self._paper.nothing.text, 8.4, "soft"))
        for line in section.lines:
            sheet.y += 1
            sheet.write(Run(line.text, 8.4, "soft"))

    def _title(self, title: Said, follows: float) -> bool:
        """The title, on the next page where too little of what follows would stand under it.

        Returns:
            Whether it began a page.
        """
        sheet = self._sheet
        sheet.y += self._gap
        began = sheet.needs(line_height(11) + follows)
        sheet.write(Run(title.text, 11, bold=True))
        sheet.y += 0.8
        sheet.rule(sheet.y, "accent", thick=0.4)
        sheet.y += 0.6
        return began

    # -- the end ------------------------------------------------------------------------------------------
    def _sign(self) -> None:
        sheet, lines = self._sheet, self._paper.sign
        self.ends_alone |= self._title(self._paper.sign_title, 44)
        sheet.y += 2
        wide = (WIDTH - 8 * (len(lines) - 1)) / len(lines)
        for n, line in enumerate(lines):
            self._block(line, LEFT + n * (wide + 8), wide)
        sheet.y += 38

    def _block(self, line: SignLine, x: float, wide: float) -> None:
        sheet, y = self._sheet, self._sheet.y
        sheet.put(Run(line.part.text, 8.8, bold=True), x, y, wide)
        blanks = ((line.name or "", 10.5), (line.when, 7.6))
        for n, ((text, size), name) in enumerate(zip(blanks, self._paper.sign_blanks, strict=True)):
            ground = y + 17 + n * 15.5
            if text:
                run = Run(shortened(text, 80), size, bold=n == 0)
                tall = line_height(size) * len(sheet.lines(run, wide))
                sheet.put(run, x, ground - tall - 0.6, wide)
            sheet.rule(ground, "", x, wide)
            sheet.put(Run(name.text, 7.2, "soft"), x, ground + 0.6, wide)

    def _log(self) -> None:
        sheet = self._sheet
        self.ends_alone |= self._title(self._paper.log_title, 16)
        sheet.y += 1
        for name, cell in self._paper.log:
            sheet.needs(line_height(8))
            sheet.put(Run(name.text, 7.6, "soft"), LEFT, sheet.y, 55)
            run = Run(plain_text(cell.pieces[0]), 7.6)
            tall = sheet.put(run, LEFT + 58, sheet.y, WIDTH - 58)
            sheet.y += tall + 0.8
        assert sheet.y <= BOTTOM + 1
