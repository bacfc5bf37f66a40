"""The handover: what is taken note of one by one, the rest as one, what is counted, and who signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from concierge.language.translator import Language
from concierge.services.copies_made import CopyMade
from concierge.services.handover_views import HandoverView
from concierge.services.views import StaffView
from concierge.ui.commands import Command, bindings
from concierge.ui.in_front import InFront
from concierge.ui.screens.handover_digits import CountingScreen
from concierge.ui.screens.handover_offers import OFFERS, possible
from concierge.ui.screens.handover_read import Look, Read, look_at, news, one_before, read_one
from concierge.ui.screens.handover_talk import HandoverTalk
from concierge.ui.screens.phones_dialog import handover_told
from concierge.ui.screens.shift_export import export_summary
from concierge.ui.screens.ticket_dialogs import ReadDialog
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.elsewhere_rows import all_rows
from concierge.ui.widgets.handover_detail import detail
from concierge.ui.widgets.handover_head import head_lines
from concierge.ui.widgets.handover_listed import Listed, Ref, first_left, first_signature
from concierge.ui.widgets.handover_rows import Shown
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.paragraph import Lines, Paragraph
from concierge.ui.widgets.row_list import RowList

WIDE = 110  # columns from which the matter stands beside the list


class HandoverScreen(CountingScreen):
    """One handover; its conversations are in ``HandoverTalk``.

    Args:
        shift: Of which shift; None is the one that runs.
    """

    CSS_PATH = [
        "../styles/ticket.tcss",
        "../styles/household.tcss",
        "../styles/handover.tcss",
    ]
    AUTO_FOCUS = "#rows"
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(OFFERS),
        *(Binding(str(digit), f"digit({digit})", show=False) for digit in range(10)),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    def __init__(self, shift: int | None = None) -> None:
        super().__init__()
        self.shift = shift
        self.listed: Listed | None = None
        self.staff: tuple[StaffView, ...] = ()
        self.planned_until: int | None = None
        self.copies: tuple[CopyMade, ...] = ()
        self._minute = 0
        self._turn = 0
        self._shown_at = -1
        self._talk = HandoverTalk(self)

    def compose(self) -> ComposeResult:
        """Who hands over to whom and what is left; the list; the whole of what is under the cursor."""
        yield HeaderLine()
        yield Paragraph(id="handover-top")
        with Horizontal(id="handover"):
            yield RowList(id="rows")
            with VerticalScroll(id="detail-side", can_focus=False):
                yield Paragraph(id="detail")
        yield CommandBar()

    def on_mount(self) -> None:
        """Read it; follow the clock and what other terminals write."""
        self.read_handover()
        self.watch(self.app, "board", lambda _: self.read_handover(), init=False)
        self.watch(self.app, "now", self._second, init=False)

    @property
    def view(self) -> HandoverView | None:
        """The handover; None before it is read."""
        return self.listed.view if self.listed is not None else None

    # -- reading ------------------------------------------------------------------------------------------
    def read_handover(self) -> None:
        """Read it again."""
        shift, turn, before = self.shift, self._turn, self.listed

        def take(answer: Read) -> None:
            if turn == self._turn:  # else it may be from before what was written since
                self._take(answer)

        self.gateway.read(
            "handover",
            lambda desk: read_one(desk, shift, before), take,
            owner=self, failed=self._not_there,
        )  # fmt: skip

    def _take(self, answer: Read) -> None:
        look, before = answer.look, (self.planned_until, self.staff, self.copies)
        self.planned_until, self.staff, self.copies = (
            answer.planned_until, answer.staff, answer.copies,
        )  # fmt: skip
        if (self.planned_until, self.staff, self.copies) != before:
            self.query_one("#handover-top", Paragraph).repeat()
        if not look.same or self.now // 60 != self._shown_at:
            self.show(look)

    def _not_there(self, error: Exception) -> None:
        app: Any = self.app
        app.call_later(app.say_failure, error)
        if self.view is None:
            self.dismiss(None)

    def show(self, look: Look, *, at: Ref | None = None) -> None:
        """Show the handover as it stands now, the cursor on ``at``; what came since is told."""
        if look.before is not self.listed:  # another look came in between: its news are told
            look = look_at(look.listed.view, self.listed)
        before, view = self.view, look.listed.view
        self.listed, self.shift = look.listed, view.shift
        self._turn += 1
        self._shown_at = self.now // 60
        told = handover_told(view, look.listed.phoned, self.now, self.zone)
        self.put_phones(view.shift, told)
        for said in news(look, self.t):
            self.app.notify(said, severity="warning", timeout=10, markup=False)
        rows = self.query_one(RowList)
        rows.say(lambda t, width: all_rows(self.shown(), t, width))
        if at is None and (before is None or before.state != view.state):
            at = first_left(view)
        self.go_to(at)
        self.query_one("#handover-top", Paragraph).say(self._top)
        self._show_detail()
        self.refresh_offers()

    # -- showing ------------------------------------------------------------------------------------------
    def shown(self) -> Shown:
        """What is shown, at this instant."""
        assert self.listed is not None
        return Shown(self.listed, self.now, self.zone, self._names(self.t.code))

    def _names(self, code: str) -> Mapping[str, str]:
        return cast("Mapping[str, str]", self._desk_app.category_names(code))

    @property
    def takers(self) -> tuple[StaffView, ...]:
        """Who can take over."""
        out = self.view.outgoing if self.view is not None else None
        return tuple(each for each in self.staff if each.name != out)

    @property
    def late(self) -> int:
        """Seconds since the planned end."""
        return max(0, self.now - self.planned_until) if self.planned_until is not None else 0

    def _top(self, t: Language, _: int) -> Content:
        if self.view is None:
            return Content("")
        return head_lines(self.shown(), self.takers, self.copies, t)

    def _show_detail(self) -> None:
        self.query_one("#detail", Paragraph).say(self._detail)

    def _detail(self, t: Language, width: int) -> Content | Lines:
        return detail(self.ref, self.shown(), t, width) if self.view is not None else Content("")

    def _second(self, now: int) -> None:
        if self.view is None or now // 60 == self._minute:
            return
        self._minute = now // 60
        # A minute may make a matter overdue: it is read again, and so are the countdowns.
        self.read_handover()

    def retranslate(self, t: Language) -> None:
        """The bar follows; rows and paragraphs do by themselves."""
        self.refresh_offers()

    # -- the cursor ---------------------------------------------------------------------------------------
    @property
    def ref(self) -> Ref | None:
        """What the cursor is on."""
        key = self.query_one(RowList).key
        return key if isinstance(key, Ref) else None

    def go_to(self, ref: Ref | None) -> None:
        """Put the cursor on a row; the signatures stand for whichever is there."""
        if ref == Ref("sign") and self.view is not None:
            ref = first_signature(self.view)
        if ref is not None:
            self.query_one(RowList).go_to(ref)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Another row, another detail."""
        event.stop()
        self._show_detail()
        self.query_one("#detail-side", VerticalScroll).scroll_home(animate=False)
        self.refresh_offers()

    async def on_row_list_clicked(self, event: RowList.Clicked) -> None:
        """A second click does what Enter does."""
        event.stop()
        await self._desk_app.action_offer("take_over,take")

    # -- commands -----------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """Only what is possible now."""
        if command in OFFERS and command.id != "back":
            part = self.ref.part if self.ref is not None else None
            if self.view is None or not possible(command, self.view, part):
                return False
        return command.id != "handover" and super().available(command)

    def in_front(self) -> InFront | None:
        """The matter under the cursor."""
        ref, listed = self.ref, self.listed
        if ref is None or listed is None or ref.part != "matter":
            return None
        matter = listed.matters.get(ref.name)
        return InFront(ref.name, matter.unit if matter is not None else None, tied=False)

    def action_digit(self, digit: int) -> None:
        """A digit says who takes over; on what is counted it begins the number."""
        view, ref = self.view, self.ref
        if view is None:
            return
        if view.state == "planned" and 0 < digit <= len(self.takers):
            self.talk(self._talk.begin(self.takers[digit - 1].name, self.late))
        elif view.state == "open" and ref is not None and ref.part == "count":
            self.talk(self._talk.take(ref, str(digit)))

    def action_take_over(self) -> None:
        """Ask who takes over."""
        self.talk(self._talk.ask_who(self.takers, self.late))

    def action_take(self) -> None:
        """Take note of what is under the cursor and go on."""
        if self.view is not None and self.ref is not None:
            self.talk(self._talk.take(self.ref))

    def action_sign(self) -> None:
        """Sign."""
        self.talk(self._talk.sign())

    def action_absent(self) -> None:
        """Whoever goes has gone."""
        self.talk(self._talk.absent())

    def action_drop(self) -> None:
        """Not taking over after all."""
        self.talk(self._talk.drop())

    def action_whole(self) -> None:
        """The whole of what is under the cursor, where it does not fit beside the list."""
        ref = self.ref
        self.app.push_screen(
            ReadDialog(
                lambda t: t("Handover"), lambda t, width: detail(ref, self.shown(), t, width)
            )
        )

    def action_open_matter(self) -> None:
        """Open the ticket."""
        if self.ref is not None:
            self._desk_app.open_ticket(self.ref.name)

    def action_before(self) -> None:
        """Show the signed handover before this one: it is read, and a director reviews it."""
        if self.view is not None:
            shift, name = self.view.shift, self.view.desk
            self.read("before", lambda desk: one_before(desk, shift, name), self._show_before)

    def _show_before(self, shift: int | None) -> None:
        if shift is None:
            self.app.notify(self.t("There is no signed handover before."), markup=False)
            return
        self.shift, self.listed, self.copies = shift, None, ()
        self._turn += 1
        self.read_handover()

    def action_preview(self) -> None:
        """Read the summary as it was signed."""
        if self.view is not None:
            self._desk_app.open_screen("preview", shift=self.view.shift)

    def action_export(self) -> None:
        """Write the summary to a file."""
        if self.view is not None:
            self.talk(export_summary(self, self.view.shift))

    def action_review(self) -> None:
        """A director has looked at it."""
        self.talk(self._talk.review(self.staff))
