"""Bringing a roster in at any time: what was understood, what changes, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input

from concierge.language.rosters import rejected_file
from concierge.language.translator import Language, later
from concierge.ui.commands import BACK, Command, bindings
from concierge.ui.failures import failure_sentence
from concierge.ui.screens.base import DeskScreen
from concierge.ui.screens.roster_taking import Roster, Seen, Taken, look, take
from concierge.ui.typed_path import typed_path
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.field import Field
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.paragraph import Paragraph, stacked, styled
from concierge.ui.widgets.roster_preview import preview_lines
from concierge.ui.widgets.roster_progress import RosterProgress

Words = Callable[[Language], str]
OFFERS = (
    Command("look", "enter", later("look at it"), later("Show what the roster would change"), show=99),
    Command("take_over", "ctrl+s", later("take over"), later("Take the roster over as it is shown"),
            show=98),
    BACK,
)  # fmt: skip


class RosterScreen(DeskScreen[None]):
    """A file and, where a guess is wrong, its columns; Enter shows, Ctrl+S takes over, Escape calls off."""

    CSS_PATH = "../styles/roster.tcss"
    AUTO_FOCUS = "#roster-file-box"
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(OFFERS, without=("look",)),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.seen: Seen | None = None
        self.taken: Taken | None = None
        self._wrong: Words | None = None

    def compose(self) -> ComposeResult:
        """The file, its columns, how far it is, what would come of it."""
        yield HeaderLine()
        with Vertical(id="roster"):
            yield Field(later("File"), later(".xlsx, .xls or .csv"), id="roster-file")
            yield Field(later("Columns"), later("only where the guess is wrong: 3=name 5=-"),
                        id="roster-map")  # fmt: skip
            yield RosterProgress(id="roster-bar")
            with VerticalScroll(id="roster-result", can_focus=False):
                yield Paragraph(id="roster-text")
        yield CommandBar()

    def on_mount(self) -> None:
        """Nothing runs yet."""
        self.query_one(Paragraph).say(self._text)

    # -- what stands there --------------------------------------------------------------------------------
    @property
    def is_busy(self) -> bool:
        """Whether a roster is being read or taken over."""
        return self._progress.is_busy

    @property
    def _progress(self) -> RosterProgress:
        return self.query_one(RosterProgress)

    def _show(self) -> None:
        self.query_one(Paragraph).repeat()
        self.refresh_offers()

    def retranslate(self, t: Language) -> None:
        """Fields and text follow by themselves."""
        self.refresh_offers()

    def _text(self, t: Language, width: int) -> Content:
        if self.is_busy:
            return styled(t("Esc calls it off; nothing is saved then."), "$secondary")
        wrong = styled(self._wrong(t), "bold $error") if self._wrong else None
        if self.taken is not None:
            return stacked((wrong, *self._done(self.taken, t)))
        if self.seen is None:
            ask = t("Write where the roster is. Nobody is deleted by an import, and nothing is saved "
                    "before you have seen what changes.")  # fmt: skip
            return wrong or styled(ask, "$secondary")
        confirm = t(
            "^S takes it over. If a column is wrong, name it above, such as 3=name, and press Enter."
        )
        return stacked((
            wrong,
            styled(confirm, "bold $primary"),
            preview_lines(self.seen.report, t, width),
        ))  # fmt: skip

    def _done(self, taken: Taken, t: Language) -> list[Content]:
        report = taken.report
        said = t(
            "The roster is in the books: {added} added, {changed} changed, {unchanged} unchanged.",
            added=report.added,
            changed=report.changed,
            unchanged=report.unchanged,
        )
        lines = [styled(said, "bold $success")]
        if taken.kept is not None:
            where = rejected_file(t, taken.kept)
            lines.append(Content(where))
        if taken.problem is not None:
            why = failure_sentence(taken.problem, t, zone=self.zone, now=self.now)
            lines.append(styled(why, "bold $warning"))
        return lines

    # -- doing it -----------------------------------------------------------------------------------------
    def on_input_changed(self, event: Input.Changed) -> None:
        """Another file or another column asks for another preview."""
        event.stop()
        if not self.is_busy:
            self.seen = self.taken = self._wrong = None
            self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line."""
        event.stop()
        self.action_look()

    def action_look(self) -> None:
        """Read the file and show what would come of it."""
        typed = self.query_one("#roster-file", Field).value
        if self.is_busy or not typed.strip():
            return
        called_off = self._begin()
        mapping = self.query_one("#roster-map", Field).value
        roster = Roster(typed_path(typed), mapping, self._progress.tell, called_off)
        self.gateway.read(
            "roster",
            lambda desk: look(desk, roster),
            self._look_done,
            owner=self,
            failed=self._failed,
        )

    def action_take_over(self) -> None:
        """Take over what is shown."""
        seen = self.seen
        if self.is_busy or seen is None:
            return
        called_off = self._begin()
        roster = Roster(seen.roster.path, seen.roster.mapping, self._progress.tell, called_off)
        wanted = Seen(roster, seen.report, seen.stamp)
        t, actor = self.t, self.acting
        self.gateway.write(
            lambda desk: take(desk, wanted, t, actor),
            self._take_done,
            owner=self,
            failed=self._failed,
        )

    def _begin(self) -> Callable[[], bool]:
        self._wrong = self.taken = None
        called_off = self._progress.begin()
        self._show()
        return called_off

    def _look_done(self, seen: Seen) -> None:
        self._progress.end()
        self.seen = seen
        self._show()

    def _take_done(self, taken: Taken) -> None:
        self._progress.end()
        self.seen, self.taken = None, taken
        self._show()

    def _failed(self, error: Exception) -> None:
        self._progress.end()
        self._wrong = lambda t: failure_sentence(error, t, zone=self.zone, now=self.now)
        if getattr(error, "code", "") == "roster.other":
            self.seen = None
        self._show()

    # -- leaving ------------------------------------------------------------------------------------------
    def action_back(self) -> None:
        """Call off what runs, else go back."""
        if not self._progress.call_off():
            self.dismiss(None)

    def action_turn(self, pages: int) -> None:
        """Turn the preview's pages; the boxes keep the focus."""
        result = self.query_one("#roster-result", VerticalScroll)
        result.scroll_relative(y=pages * max(1, result.size.height - 1), animate=False)

    def available(self, command: Command) -> bool:
        """Taking over needs something that was looked at."""
        if command.id == "take_over":
            return self.seen is not None and not self.is_busy
        return super().available(command)
