"""Days, weeks and months in figures, beside those before, and written to a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from concierge.export.document import Document
from concierge.export.period import document
from concierge.export.plain import cleaned
from concierge.language.translator import Language, language, later
from concierge.services.report_views import PeriodReport
from concierge.services.views import Board
from concierge.ui.commands import BACK, Command, bindings
from concierge.ui.format import one_line
from concierge.ui.period import EXTENTS, Days
from concierge.ui.port import DeskPort
from concierge.ui.screens.conversation import TalkingScreen
from concierge.ui.screens.writing_out import report_paper, write_out
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.paper import Paper, paper_width
from concierge.ui.widgets.paper_scroll import PaperScroll
from concierge.ui.widgets.paragraph import Paragraph, styled

OFFERS = (
    Command("earlier", "left", later("earlier"), later("The day, week or month before"),
            group="shift", show=99),
    Command("later", "right", later("later"), later("The day, week or month after"),
            group="shift", show=98),
    Command("extent", "f5", later("day, week, month"), later("A day, a week, a month"),
            group="shift", show=97),
    Command("desk", "f6", later("this desk, all"), later("This desk alone, or all of them"),
            group="shift", show=96),
    Command("export", "ctrl+s", later("export report"), later("Write the report to a file"),
            group="shift", show=95),
    Command("day", "d,1", later("day"), later("A day"), group="shift"),
    Command("week", "w,2", later("week"), later("A week, from Monday"), group="shift"),
    Command("month", "m,3", later("month"), later("A month"), group="shift"),
    BACK,
)  # fmt: skip
_WORDS = {"day": later("day"), "week": later("week"), "month": later("month")}


def with_bars(made: Document, report: PeriodReport, code: str) -> Document:
    """The report with what was kept and broken as a bar behind each category, building, name and hour."""
    t = language(code)
    shares = {
        t("By category"): report.by_category,
        t("By building"): report.by_building,
        t("By member of staff"): report.by_staff,
        t("By hour"): report.by_hour,
    }
    sections = (
        replace(section, bars=tuple((each.totals.met, each.totals.broken) for each in found))
        if (found := shares.get(section.title.text))
        else section
        for section in made.sections
    )
    return replace(made, sections=tuple(sections))


class ReportScreen(TalkingScreen[None]):
    """The report of a stretch of days; arrows go to the one before and after."""

    CSS_PATH = "../styles/paper.tcss"
    AUTO_FOCUS = ""
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(OFFERS),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.days = Days("day", date.min)
        self.desk: str | None = None
        self.report: PeriodReport | None = None
        self._code: str | None = None
        self._width = 0

    def compose(self) -> ComposeResult:
        """Which days, which desk; the report; the commands."""
        yield HeaderLine()
        yield Paragraph(id="paper-top")
        yield PaperScroll(id="paper")
        yield CommandBar()

    def on_mount(self) -> None:
        """Begin with today."""
        self.days = Days("day", self._today)
        self.read_report()

    @property
    def _today(self) -> date:
        return datetime.fromtimestamp(self.now, self.zone).date()

    # -- reading ------------------------------------------------------------------------------------------
    def read_report(self) -> None:
        """Read the days that are shown."""
        days, desk, code, now = self.days, self.desk, self.t.code, self.now
        self._code = code
        first, last = days.first.isoformat(), days.last.isoformat()
        width = self._width or paper_width(self)

        def call(port: DeskPort) -> tuple[PeriodReport, Paper] | None:
            found = port.report(first_day=first, last_day=last, desk=desk)
            if found.start > now:  # today begins with its first shift: until then it is yesterday
                return None
            made = with_bars(document(cleaned(found), (code,)), found, code)
            return found, Paper(made, width)

        self.read("report", call, self._take)

    def _take(self, answer: tuple[PeriodReport, Paper] | None) -> None:
        if answer is None:
            self._show(self.days.moved(-1))
            return
        self.report, made = answer
        self.query_one("#paper-top", Paragraph).say(self._top)
        self.query_one(PaperScroll).show(made)
        self.refresh_offers()

    def _top(self, t: Language, _: int) -> Content:
        parts = [
            styled(f"[{t(_WORDS[each])}]", "bold $primary")
            if each == self.days.extent
            else Content(f" {t(_WORDS[each])} ")
            for each in EXTENTS
        ]
        first, last = self.days.first.isoformat(), self.days.last.isoformat()
        span = first if first == last else f"{first} - {last}"
        desk = one_line(self.desk) if self.desk is not None else t("all desks")
        return Content(" ").join([*parts, styled(f" {span}  {desk}", "bold")])

    def on_paper_scroll_other_width(self, event: PaperScroll.OtherWidth) -> None:
        """Another width, laid out where it was read."""
        event.stop()
        self._width = event.width
        self.read_report()

    def retranslate(self, t: Language) -> None:
        """The report is made in the other language."""
        self.refresh_offers()
        if self._code not in {None, t.code}:
            self.read_report()

    # -- commands -----------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """There is nothing later than today."""
        if command.id == "later":
            return self.days.last < self._today
        if command.id == "export":
            return self.report is not None
        return command.id != "report" and super().available(command)

    def _show(self, days: Days) -> None:
        self.days = days
        self.query_one(PaperScroll).action_edge(0)
        self.read_report()
        self.refresh_offers()

    def action_earlier(self) -> None:
        """The stretch before."""
        self._show(self.days.moved(-1))

    def action_later(self) -> None:
        """The stretch after."""
        self._show(self.days.moved(1))

    def action_extent(self) -> None:
        """The next of day, week and month."""
        at = EXTENTS.index(self.days.extent)
        self._extent(EXTENTS[(at + 1) % len(EXTENTS)])

    def _extent(self, extent: str) -> None:
        self._show(Days(extent, min(self.days.last, self._today)))

    def action_day(self) -> None:
        """A day."""
        self._extent("day")

    def action_week(self) -> None:
        """A week."""
        self._extent("week")

    def action_month(self) -> None:
        """A month."""
        self._extent("month")

    def action_desk(self) -> None:
        """This desk alone, or all."""
        board: Board | None = self._desk_app.board
        here = board.desk if board is not None else None
        self.desk = here if self.desk is None else None
        self.read_report()

    def action_scroll(self, lines: int) -> None:
        """Scroll what does not fit."""
        self.query_one(PaperScroll).roll(lines)

    def action_export(self) -> None:
        """Write it to a file."""
        if self.report is not None:
            self.talk(write_out(self, report_paper(self.report)))
