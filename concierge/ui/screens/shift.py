"""The shift: what comes next, its figures and running log, what it hands over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from concierge.domain.masking import holds_masked
from concierge.domain.refusal import Refusal
from concierge.language.translator import Language
from concierge.services.handover_views import HandoverView
from concierge.services.summary import NoteLine, ShiftSummary
from concierge.services.views import Board, ReliefAlarm, ShiftView, StaffView
from concierge.ui.commands import Command, bindings
from concierge.ui.port import DeskPort
from concierge.ui.screens.phones_dialog import LookingScreen, notes_told
from concierge.ui.screens.shift_export import export_summary
from concierge.ui.screens.shift_offers import OFFERS
from concierge.ui.screens.shift_talk import ShiftTalk
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.elsewhere_rows import elsewhere_told
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.hour_bars import hour_lines
from concierge.ui.widgets.paragraph import Paragraph, Say, styled
from concierge.ui.widgets.row_layout import Flat, Row
from concierge.ui.widgets.row_scroll import RowScroll
from concierge.ui.widgets.shift_figures import carried_rows, figure_lines, headline
from concierge.ui.widgets.shift_next import Coming, next_lines
from concierge.ui.widgets.shift_notes import before_rows, note_rows

WIDE = 110  # columns from which the log stands beside the figures


@dataclass(frozen=True, slots=True)
class Known:
    """What was read of the shift, in one go."""

    running: ShiftView | None
    summary: ShiftSummary | None
    handover: HandoverView | None
    staff: tuple[StaffView, ...]
    phoned: tuple[NoteLine, ...]
    """The lines of its log with a phone in them."""
    before: tuple[NoteLine, ...] = ()
    """What the shift before left for this one."""


class ShiftScreen(LookingScreen):
    """The shift that runs at this desk, or who starts one; its conversations are in ``ShiftTalk``."""

    CSS_PATH = "../styles/shift.tcss"
    AUTO_FOCUS = ""
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(OFFERS),
        *(Binding(str(digit), f"start({digit})", show=False) for digit in range(1, 9)),
        # The last digit is a person's while nobody is on shift, and the handover's while somebody is.
        Binding("9", "ninth", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    def __init__(self) -> None:
        super().__init__()
        self.known: Known | None = None
        self._minute = 0
        self._talk = ShiftTalk(self)

    def compose(self) -> ComposeResult:
        """Headline and what comes next; figures, hours, what is open; the running log beside or below."""
        yield HeaderLine()
        yield Paragraph(id="shift-title")
        yield Paragraph(id="next")
        with Horizontal(id="shift"):
            yield RowScroll(id="figures")
            yield RowScroll(id="notes")
        yield CommandBar()

    def on_mount(self) -> None:
        """Read the shift, and again when anything was written or a minute passed."""
        self.read_shift()
        self.watch(self.app, "board", lambda _: self.read_shift(), init=False)
        self.watch(self.app, "now", self._second, init=False)

    # -- reading ------------------------------------------------------------------------------------------
    def read_shift(self) -> None:
        """Read it again."""
        self.read("shift", _known, self._take)

    def _take(self, known: Known) -> None:
        self.known = known
        if known.summary is not None:
            self.put_phones(known.summary.shift, notes_told(known.phoned, self.now, self.zone))
        self._show()

    def _second(self, now: int) -> None:
        if now // 60 != self._minute:
            self._minute = now // 60
            for part in (*self.query(Paragraph), *self.query(RowScroll)):
                part.repeat()

    @property
    def running(self) -> ShiftView | None:
        """The shift that runs here."""
        return self.known.running if self.known is not None else None

    @property
    def summary(self) -> ShiftSummary | None:
        """The summary of the shift that runs, or ran last."""
        return self.known.summary if self.known is not None else None

    @property
    def reliefs(self) -> tuple[ReliefAlarm, ...]:
        """The alarms of a relief who is missing at this desk."""
        board: Board | None = self._desk_app.board
        return tuple(each for each in board.reliefs if each.desk == board.desk) if board else ()

    # -- showing ------------------------------------------------------------------------------------------
    def _show(self) -> None:
        zone, known = self.zone, self.known
        parts: dict[str, Say] = {"shift-title": self._title}
        if known is not None:
            coming = Coming(known.summary, known.handover, self.reliefs, known.staff)
            parts["next"] = lambda t, _: next_lines(coming, self.now, zone, t)
        for name, words in parts.items():
            self.query_one(f"#{name}", Paragraph).say(words)
        self.query_one("#figures", RowScroll).say(self._figures)
        self.query_one("#notes", RowScroll).say(self._notes)
        self.refresh_offers()

    def _figures(self, t: Language, width: int) -> Sequence[Row | Flat]:
        """Figures, hours, what is open; and below it the log, where it does not stand beside them."""
        summary = self.summary
        if summary is None:
            return ()
        hours = hour_lines(summary.hours, self.zone, t, width)
        carried = carried_rows(summary, self._names(t.code), t, width, now=self.now, zone=self.zone)
        blank = Row(None, Content(""))
        rows = [Row(None, figure_lines(summary, t, width)), *self._elsewhere(t), blank]
        if hours.plain:
            rows += [Row(None, hours), blank]
        below = [] if self._is_wide else [blank, *self._log(summary, t)]
        return [*rows, *carried, *below]

    def _elsewhere(self, t: Language) -> Iterator[Row]:
        """What is open where nobody is on duty: the board counts it, and no shift's figures do."""
        handover = self.known.handover if self.known is not None else None
        if handover is not None:
            yield from elsewhere_told(handover.elsewhere, self.now, self.zone, t)

    def _notes(self, t: Language, _: int) -> Sequence[Row | Flat]:
        summary = self.summary
        return self._log(summary, t) if summary is not None and self._is_wide else ()

    def _log(self, summary: ShiftSummary, t: Language) -> list[Row | Flat]:
        before = self.known.before if self.known is not None else ()
        left = before_rows(before, self.now, self.zone, t)
        return [*left, *note_rows(summary.notes, self.now, self.zone, t)]

    @property
    def _is_wide(self) -> bool:
        return self.size.width >= WIDE

    def _title(self, t: Language, _: int) -> Content:
        if self.summary is None:
            return styled(t("No shift has run at this desk yet."), "bold $primary")
        return headline(self.summary, self.now, self.zone, t)

    def _names(self, code: str) -> Mapping[str, str]:
        return cast("Mapping[str, str]", self._desk_app.category_names(code))

    def retranslate(self, t: Language) -> None:
        """The bar follows; the paragraphs do by themselves."""
        self.refresh_offers()

    # -- commands -----------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """Only what is possible now."""
        runs = self.running is not None
        possible = {
            "begin": not runs,
            "end": runs,
            "handover": runs or self._was_handed_over,
            "relief": runs and bool(self.reliefs),
            "preview": self.summary is not None,
            "export": self.summary is not None,
            "shift": False,
        }
        if self.known is None and command.id in possible:
            return False
        return possible.get(command.id, True) and super().available(command)

    @property
    def _was_handed_over(self) -> bool:
        return self.summary is not None and self.summary.ended_how in {"handover", "absent"}

    def go(self, command: Command) -> object:
        """The handover is that of the shift that stands here."""
        if command.id == "handover" and self.running is None and self.summary is not None:
            return self._desk_app.open_screen("handover", shift=self.summary.shift)
        return super().go(command)

    def action_scroll(self, lines: int) -> None:
        """Scroll what does not fit."""
        for part in self.query(RowScroll):
            part.roll(lines)

    def action_edge(self, end: int) -> None:
        """To the first line (0), or the last."""
        for part in self.query(RowScroll):
            part.action_edge(end)

    def action_start(self, digit: int) -> None:
        """Start the shift of the person with this number."""
        known = self.known
        if known is not None and known.running is None and digit <= len(known.staff):
            self.talk(self._talk.start(known.staff[digit - 1].name))

    async def action_ninth(self) -> None:
        """The ninth person starts, or the handover opens."""
        if self.running is None:
            self.action_start(9)
        else:
            await self._desk_app.action_offer("handover")

    def action_begin(self) -> None:
        """Ask who starts it."""
        if self.known is not None:
            self.talk(self._talk.ask_who(self.known.staff))

    def action_end(self) -> None:
        """End the shift with nobody to take over."""
        if self.summary is not None:
            self.talk(self._talk.end(self.summary))

    def action_relief(self) -> None:
        """Sign for a relief who has not come."""
        if self.known is not None and self.reliefs:
            self.talk(self._talk.relief(self.reliefs[0], self.known.staff))

    def action_preview(self) -> None:
        """Read the summary."""
        if self.summary is not None:
            self.open_preview(self.summary.shift)

    def open_preview(self, shift: int) -> None:
        """Read the summary of a shift as it is written."""
        self._desk_app.open_screen("preview", shift=shift)

    def action_export(self) -> None:
        """Write the summary to a file."""
        if self.summary is not None:
            self.talk(export_summary(self, self.summary.shift))


def _known(desk: DeskPort) -> Known:
    running, summary = desk.current_shift(), _summary(desk)
    before = desk.notes_before()
    notes = (*before, *(summary.notes if summary is not None else ()))
    return Known(
        running,
        summary,
        desk.handover() if running is not None else None,
        tuple(each for each in desk.staff() if each.active),
        tuple(each for each in notes if holds_masked(each.text)),
        before,
    )


def _summary(desk: DeskPort) -> ShiftSummary | None:
    try:
        return desk.shift_summary(None)
    except Refusal as refusal:
        if refusal.code != "shift.none":
            raise
        return None
