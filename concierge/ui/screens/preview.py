"""The summary of a shift as it is written, to be read before it is printed or sent."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from concierge.domain.roles import NEEDS, may
from concierge.export.plain import cleaned
from concierge.export.report import document
from concierge.language.translator import Language, later
from concierge.services.summary import ShiftSummary
from concierge.ui.commands import BACK, Command, bindings
from concierge.ui.format import one_line
from concierge.ui.port import DeskPort
from concierge.ui.screens.conversation import TalkingScreen
from concierge.ui.screens.dialogs import Choose
from concierge.ui.screens.ticket_talk import person
from concierge.ui.screens.writing_out import shift_paper, write_out
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.paper import Paper, paper_width
from concierge.ui.widgets.paper_scroll import PaperScroll, text_lines
from concierge.ui.widgets.paragraph import Paragraph, styled

LANGUAGES = ("zh", "en", "both")
FORMS = ("", "md", "csv", "json", "html")
"""The paper itself, then the text of each format."""

OFFERS = (
    Command("export", "ctrl+s", later("export"), later("Write the summary to a file"),
            group="shift", show=99),
    Command("paper_language", "f5", later("language"), later("In Chinese, in English, in both"),
            group="shift", show=98),
    Command("clear", "ctrl+k", later("mask"),
            later("Write the file with phones whole, by a supervisor's name; or masked again"),
            group="shift", show=96),
    Command("form", "f7", later("format"), later("The paper, or the text of a format"),
            group="shift", show=97),
    BACK,
)  # fmt: skip

Read = tuple[ShiftSummary, Paper | tuple[str, ...]]


class PreviewScreen(TalkingScreen[None]):
    """A summary as a paper, or as the text of a format; sensitive values masked, as in the file.

    Args:
        shift: Of which shift.
    """

    CSS_PATH = "../styles/paper.tcss"
    AUTO_FOCUS = "#paper"
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = bindings(OFFERS)

    def __init__(self, shift: int) -> None:
        super().__init__()
        self.shift = shift
        self.summary: ShiftSummary | None = None
        self.code = ""
        self.form = ""
        self._width = 0
        self.clear_by: str | None = None
        """Who has the file written with nothing masked; None masks it."""

    def compose(self) -> ComposeResult:
        """What this is; the paper; the commands."""
        yield HeaderLine()
        yield Paragraph(id="paper-top")
        yield PaperScroll(id="paper")
        yield CommandBar()

    def on_mount(self) -> None:
        """Read it in the reader's language."""
        self.code = self.t.code
        self._read()

    def _read(self) -> None:
        shift, code, form = self.shift, self.code, self.form
        width = self._width or paper_width(self)
        codes = ("zh", "en") if code == "both" else (code,)

        def call(desk: DeskPort) -> Read:
            summary = desk.shift_summary(shift)
            if form:
                return summary, text_lines(desk.shift_text(shift=shift, form=form, language=code))
            return summary, Paper(document(cleaned(summary), codes), width)

        self.gateway.read("preview", call, self._take, owner=self, failed=self._not_there)

    def _take(self, answer: Read) -> None:
        self.summary, made = answer
        self.query_one("#paper-top", Paragraph).say(self._top)
        self.query_one(PaperScroll).show(made)
        self.refresh_offers()

    def on_paper_scroll_other_width(self, event: PaperScroll.OtherWidth) -> None:
        """Another width, laid out where it was read."""
        event.stop()
        self._width = event.width
        self._read()

    def _not_there(self, error: Exception) -> None:
        app: Any = self.app
        app.call_later(app.say_failure, error)
        if self.summary is None:
            self.dismiss(None)

    def _top(self, t: Language, _: int) -> Content:
        if self.summary is None:
            return Content("")
        signed = t("signed, kept for ever") if self.summary.signed else t("as it stands now")
        words = {"zh": t("in Chinese"), "en": t("in English"), "both": t("in both")}
        title = t("Summary of shift {n}", n=self.shift)
        masked = t("phones and the like are masked")
        if self.clear_by is not None:
            masked = t("the file has them whole: {name}", name=one_line(self.clear_by))
        parts = (signed, words[self.code], self.form, masked)
        return styled(title, "bold $primary") + styled(
            "  " + "  ".join(filter(None, parts)), "$secondary"
        )

    def retranslate(self, t: Language) -> None:
        """The bar follows; the paper keeps the language that was chosen for it."""
        self.refresh_offers()

    # -- commands -----------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """Nothing is written before there is something."""
        if command.id == "export" and self.summary is None:
            return False
        return super().available(command)

    def action_paper_language(self) -> None:
        """The next language."""
        self.code = LANGUAGES[(LANGUAGES.index(self.code) + 1) % len(LANGUAGES)]
        self._read()

    def action_form(self) -> None:
        """The paper, or the text of the next format."""
        self.form = FORMS[(FORMS.index(self.form) + 1) % len(FORMS)]
        self.query_one(PaperScroll).action_edge(0)
        self._read()

    def action_export(self) -> None:
        """Write it to a file."""
        if self.summary is not None:
            paper = shift_paper(self.summary, language=self.code, clear_by=self.clear_by)
            self.talk(write_out(self, paper))

    def action_clear(self) -> None:
        """Write the file with nothing masked, or masked again; the paper here stays masked."""
        if self.clear_by is None:
            self.talk(self._ask_clear())
        else:
            self.clear_by = None
            self.query_one("#paper-top", Paragraph).repeat()

    async def _ask_clear(self) -> None:
        staff = await self.gateway.reading(lambda desk: desk.staff())
        able = [each for each in staff if each.active and may(each.role, NEEDS["summary.clear"])]
        self.clear_by = await self.app.push_screen_wait(
            Choose(
                lambda t: t("Who lets it out with nothing masked?"),
                [(person(each), each.name) for each in able],
                hint=lambda t: t("It is kept on record when the file is written."),
            )
        )
        self.query_one("#paper-top", Paragraph).repeat()
