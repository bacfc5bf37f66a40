"""The shift: who starts it, its figures and notes, what it hands over, its end and its summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input

from concierge.domain.refusal import Refusal
from concierge.language import terms
from concierge.language.translator import Language, later
from concierge.services.summary import ShiftSummary
from concierge.services.views import ShiftView, StaffView
from concierge.ui.commands import BACK, Command, bindings
from concierge.ui.format import one_line
from concierge.ui.port import DeskPort
from concierge.ui.screens.conversation import TalkingScreen
from concierge.ui.screens.dialogs import Choose, Confirm
from concierge.ui.screens.shift_export import export_summary
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.paragraph import Paragraph, Say, stacked, styled
from concierge.ui.widgets.shift_figures import carried_lines, figure_lines, headline, note_lines

WIDE = 110  # columns from which the notes stand beside the figures

DIGITS = 9  # people that a key each can start

OFFERS = (
    Command("begin", "f6", later("start a shift"), later("Start a shift"), group="shift", show=98),
    Command("end", "f6", later("end the shift"), later("End the shift and keep its summary"),
            group="shift", show=98),
    Command("export", "ctrl+s", later("export"), later("Write the summary to a file"),
            group="shift", show=97),
    BACK,
)  # fmt: skip


class ShiftScreen(TalkingScreen[None]):
    """The shift that runs at this desk, or who starts one."""

    CSS_PATH = "../styles/shift.tcss"
    AUTO_FOCUS = ""
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(OFFERS, without=("begin", "end")),
        Binding("f6", "begin_or_end", show=False),
        *(Binding(str(digit), f"start({digit})", show=False) for digit in range(1, 10)),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  (Textual's own name)

    def __init__(self) -> None:
        super().__init__()
        self.summary: ShiftSummary | None = None
        self.running: ShiftView | None = None
        self._staff: tuple[StaffView, ...] = ()
        self._known = False

    def compose(self) -> ComposeResult:
        """Headline; figures and what is handed over; notes; a line for one more."""
        yield HeaderLine()
        yield Paragraph(id="shift-title")
        with VerticalScroll(id="shift", can_focus=False):
            with VerticalScroll(id="shift-figures", can_focus=False):
                yield Paragraph(id="starters")
                yield Paragraph(id="figures")
                yield Paragraph(id="carried")
            with VerticalScroll(id="shift-notes", can_focus=False):
                yield Paragraph(id="notes")
        yield Input(id="note", compact=True, select_on_focus=False)
        yield CommandBar()

    def on_mount(self) -> None:
        """Read the shift, and again when anything was written."""
        self.query_one("#note", Input).display = False
        self._read()
        self.watch(self.app, "board", lambda _: self._read(), init=False)

    # -- reading ------------------------------------------------------------------------------------------
    def _read(self) -> None:
        def call(
            desk: DeskPort,
        ) -> tuple[ShiftView | None, ShiftSummary | None, tuple[StaffView, ...]]:
            return desk.current_shift(), _summary(desk), desk.staff()

        self.read("shift", call, self._take)

    def _take(
        self, answer: tuple[ShiftView | None, ShiftSummary | None, tuple[StaffView, ...]]
    ) -> None:
        self.running, self.summary, staff = answer
        self._staff = tuple(each for each in staff if each.active)
        self._known = True
        note = self.query_one("#note", Input)
        opens = self.running is not None and not note.display
        note.display = self.running is not None
        if opens:
            note.focus()
        elif self.running is None:
            self.set_focus(None)
        self._show()

    def _show(self) -> None:
        summary, zone, names = self.summary, self.zone, self._names
        parts: dict[str, Say] = {"shift-title": self._title, "starters": self._starters}
        if summary is not None:
            parts |= {
                "figures": lambda t, width: figure_lines(summary, t, width),
                "carried": lambda t, width: _under(
                    t("To hand over"),
                    carried_lines(summary, self.now, zone, names(t.code), t)(t, width),
                ),
                "notes": lambda t, width: _under(
                    t("Notes"), note_lines(summary, self.now, zone, t, width)
                ),
            }
        for name, words in parts.items():
            self.query_one(f"#{name}", Paragraph).say(words)
        self.refresh_offers()

    def _title(self, t: Language, _: int) -> Content:
        if self.summary is None:
            return styled(t("No shift has run at this desk yet."), "bold $primary")
        return headline(self.summary, self.now, self.zone, t)

    def _starters(self, t: Language, _: int) -> Content:
        if self.running is not None:
            return Content("")
        title = styled(t("Who starts the shift? Press a number."), "bold $warning")
        people = (
            Content.assemble(
                styled(f" {nth} ", "bold $primary"),
                one_line(each.name),
                styled(f"  {terms.role(t, each.role)}", "$secondary"),
            )
            for nth, each in enumerate(self._staff[:DIGITS], start=1)
        )
        rest = len(self._staff) - DIGITS
        more = Content(t("and {n} more: F6", n=rest)) if rest > 0 else None
        return stacked((title, *people, more, Content("")))

    def _names(self, code: str) -> Mapping[str, str]:
        return cast("Mapping[str, str]", self._desk_app.category_names(code))

    def retranslate(self, t: Language) -> None:
        """Say what the line is for; what stands in it stays."""
        self.query_one("#note", Input).placeholder = t("A note for the next shift; Enter keeps it")
        self.refresh_offers()

    # -- commands -----------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """Only what is possible now."""
        if command.id in {"begin", "end"}:
            return self._known and (self.running is None) == (command.id == "begin")
        if command.id == "export":
            return self.summary is not None
        return command.id != "shift" and super().available(command)

    def action_scroll(self, lines: int) -> None:
        """Scroll what does not fit."""
        self.query_one("#shift", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_start(self, digit: int) -> None:
        """Start the shift of the person with this number."""
        if self.running is not None or not self._known or digit > len(self._staff):
            return
        name = self._staff[digit - 1].name
        self.talk(self._begin(name))

    def action_begin(self) -> None:
        """Ask who starts it."""
        self.talk(self._ask_who())

    async def _ask_who(self) -> None:
        choices = [(one_line(each.name), each.name) for each in self._staff]
        name = await self.app.push_screen_wait(
            Choose(lambda t: t("Who starts the shift?"), choices)
        )
        if name is not None:
            await self._begin(name)

    async def action_begin_or_end(self) -> None:
        """F6: start one, or end the one that runs."""
        await self._desk_app.action_offer("begin" if self.running is None else "end")

    async def _begin(self, name: str) -> None:
        await self.gateway.writing(lambda desk: desk.start_shift(actor=name))
        self._desk_app.act_as(name)
        self._say(lambda t: t("{name} is on shift.", name=name))
        self._read()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep a note."""
        event.stop()
        text = event.value
        if text.strip() and self.running is not None:
            self.talk(self._note(text, self.acting or self.running.staff))

    async def _note(self, text: str, actor: str) -> None:
        await self.gateway.writing(lambda desk: desk.note_shift(text=text, actor=actor))
        note = self.query_one("#note", Input)
        if note.value == text:  # nothing was typed meanwhile
            note.value = ""
        self._read()

    def action_end(self) -> None:
        """End the shift."""
        if self.running is not None and self.summary is not None:
            self.talk(self._end(self.running, self.summary))

    async def _end(self, running: ShiftView, summary: ShiftSummary) -> None:
        note = self.query_one("#note", Input)
        open_matters = len(summary.carried)
        overdue = sum(1 for each in summary.carried if each.overdue)
        unkept = bool(note.value.strip())

        def body(t: Language) -> str:
            said = t.plural(
                "{n} open matter is handed over", "{n} open matters are handed over", open_matters
            )
            if overdue:
                said = t("{before}; {then}", before=said, then=t("{n} overdue", n=overdue))
            if unkept:
                kept = t("the note that was not kept yet is kept first")
                said = t("{before}; {then}", before=said, then=kept)
            return t("{sentence}.", sentence=said)

        sure = await self.app.push_screen_wait(
            Confirm(lambda t: t("End the shift now?"), body, yes=lambda t: t("End it"))
        )
        if not sure:
            return
        actor = self.acting or running.staff
        if unkept:
            await self._note(note.value, actor)
        await self.gateway.writing(lambda desk: desk.end_shift(actor=actor))
        self._desk_app.act_as(None)
        self._read()
        self._say(lambda t: t("The shift has ended."))
        await export_summary(self, running.id)

    def action_export(self) -> None:
        """Write the summary to a file."""
        if self.summary is not None:
            self.talk(export_summary(self, self.summary.shift))

    def _say(self, words: Callable[[Language], str]) -> None:
        self.app.notify(words(self.t), markup=False)


def _summary(desk: DeskPort) -> ShiftSummary | None:
    try:
        return desk.shift_summary(None)
    except Refusal as refusal:
        if refusal.code != "shift.none":
            raise
        return None


def _under(title: str, lines: Content) -> Content:
    return Content.assemble(styled(title, "bold $secondary"), "\n", lines)
