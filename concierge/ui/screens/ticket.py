"""One ticket: what is promised by when, who was told, what happened, and all that can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from concierge.domain.masked_views import masked
from concierge.language.translator import Language
from concierge.services.household_views import HouseholdCardNow
from concierge.services.views import Board, TicketView
from concierge.ui.commands import BACK, Command, bindings
from concierge.ui.in_front import InFront
from concierge.ui.port import DeskPort
from concierge.ui.screens.base import no_household
from concierge.ui.screens.revealing import RevealingScreen
from concierge.ui.screens.ticket_dialogs import ReadDialog
from concierge.ui.screens.ticket_household import household_of
from concierge.ui.screens.ticket_offers import ON_A_TICKET, possible
from concierge.ui.screens.ticket_parts import parts_of
from concierge.ui.screens.ticket_steps import TicketSteps
from concierge.ui.widgets.action_bar import ActionBar
from concierge.ui.widgets.alarm_lines import worst_first
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.day_count import Counted, count_lines
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.ladder_view import counting
from concierge.ui.widgets.paragraph import Paragraph
from concierge.ui.widgets.typed_text_view import TypedTextView

Read = tuple[TicketView, str | None, HouseholdCardNow | None]
LOOKS = frozenset({"explain", "household", "reveal"})  # nothing changes by them
WIDE = 110  # columns from which the story stands beside the matter


class TicketScreen(RevealingScreen[None]):
    """A ticket; its conversations are in ``TicketSteps``.

    Args:
        number: Which one.
        first: A command to begin with; after it the board comes back.
    """

    CSS_PATH = "../styles/ticket.tcss"
    OFFERS: ClassVar[tuple[Command, ...]] = (*ON_A_TICKET, BACK)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((*ON_A_TICKET, BACK)),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    def __init__(self, number: str, first: str | None = None) -> None:
        super().__init__()
        self.number = number
        self.view: TicketView | None = None
        self.household: str | None = None
        self.card: HouseholdCardNow | None = None
        self._first = first
        self._left: tuple[str, ...] = ()
        self._has_phones = False
        self._steps = TicketSteps(self)

    def compose(self) -> ComposeResult:
        """Title; promises, words and escalations; facts and log; what can be done."""
        yield HeaderLine()
        yield Paragraph(id="ticket-title")
        yield Paragraph(id="ticket-household")
        with VerticalScroll(id="ticket"):
            with VerticalScroll(id="matter"):
                yield Paragraph(id="clocks")
                yield TypedTextView(id="ticket-words")
                yield Paragraph(id="ladder")
            with VerticalScroll(id="story"):
                yield Paragraph(id="facts")
                yield Paragraph(id="log")
        yield ActionBar(id="actions")
        yield CommandBar()

    def on_mount(self) -> None:
        """Read the ticket, follow the clock and what other terminals write."""
        self._read()
        self.watch(self.app, "now", self._second, init=False)
        self.watch(self.app, "board", lambda _: self._read(), init=False)

    def on_resize(self, event: events.Resize) -> None:
        """On a wide terminal the two halves scroll by themselves."""
        wide = event.size.width >= WIDE
        for name, scrolls in (("#ticket", not wide), ("#matter", wide), ("#story", wide)):
            self.query_one(name).can_focus = scrolls
        self.query_one("#story" if wide else "#ticket").focus()

    # -- reading ------------------------------------------------------------------------------------------
    def _read(self) -> None:
        number, viewer = self.number, self.acting

        def call(desk: DeskPort) -> Read:
            view = desk.ticket(number, viewer=viewer)
            return view, *household_of(desk, view, viewer)

        self.gateway.read(f"ticket {number}", call, self._take, owner=self, failed=self._not_there)

    def read_again(self) -> None:
        """Something of the household was changed."""
        self._read()

    def _take(self, answer: Read) -> None:
        view, household, card = answer
        if view.number != self.number:
            return
        self.household, self.card = household, card
        self.show_view(view)
        first, self._first = self._first, None
        command = next((each for each in self.all_offers() if each.id == first), None)
        if command is not None:
            self.talk(self._then_back(self._conversation(command.id)))
        elif first is not None:
            self.say(lambda t: t("This cannot be done with the ticket as it is."))

    def _not_there(self, error: Exception) -> None:
        self.app.call_later(cast("Any", self.app).say_failure, error)
        if self.view is None:
            self.dismiss(None)

    def show_ticket(self, number: str) -> None:
        """Show another ticket in place of this one."""
        self.hide()
        self.number, self.view = number, None
        self._read()

    # -- showing ------------------------------------------------------------------------------------------
    def names_in(self, code: str) -> Mapping[str, str]:
        """The categories' names in a language."""
        return cast("Mapping[str, str]", self._desk_app.category_names(code))

    def show_view(self, view: TicketView) -> None:
        """Show the ticket as it stands now; phones are masked while nobody asked for them."""
        shown = masked(view)
        self.view, self._has_phones = view, bool(view.phone) or shown is not view
        if not self.in_clear:
            view = shown
        self._left = counting(view, self.now, self.zone, self.t)
        self.query_one(TypedTextView).show(view.words)
        for name, words in parts_of(self, view, masked(self.card)).items():
            self.query_one(f"#{name}", Paragraph).say(words)
        self.refresh_offers()

    def _second(self, now: int) -> None:
        view = self.view
        if not now or view is None:
            return
        self.query_one("#clocks", Paragraph).repeat()
        left = counting(view, now, self.zone, self.t)
        if left != self._left:
            # A ladder may be long: it is laid out again only when a countdown reads otherwise.
            self._left = left
            self.query_one("#ladder", Paragraph).repeat()

    def reveal(self) -> Coroutine[Any, Any, None]:
        """Show the caller's phone and those in the texts."""
        return self._steps.reveal()

    def show_clear(self, view: TicketView) -> None:
        """Show the whole phones until the time is over."""
        if view.number == self.number:
            self.keep_clear()
            self.show_view(view)
            self.leave_nothing_open()

    def masked_again(self) -> None:
        """The phones go."""
        if self.view is not None:
            self.show_view(self.view)

    def clear_counts(self) -> None:
        """The title says how long the phones are in sight."""
        self.query_one("#ticket-title", Paragraph).repeat()

    def retranslate(self, t: Language) -> None:
        """The bars follow; the paragraphs do by themselves."""
        self.refresh_offers()

    def say(self, words: Callable[[Language], str]) -> None:
        """A short notice."""
        self.app.notify(words(self.t), markup=False)

    def written(self, view: TicketView, said: Callable[[Language], str]) -> None:
        """Something was recorded: show it here and on the board."""
        if view.number != self.number:
            self.hide()
            new = view.number
            self.number = new
            self.say(lambda t: t("It goes on as {number}.", number=new))
        else:
            self.say(said)
        self.show_view(view)
        self._desk_app.reload()

    # -- commands -----------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """Only what is possible with the ticket as it is."""
        if command.id == "reveal":  # asked for at every refresh, and a ticket's log may be long
            return self.view is not None and self._has_phones
        if command in ON_A_TICKET:
            return self.view is not None and possible(command, self.view)
        return super().available(command)

    def why_not(self, commands: str) -> Callable[[Language], str] | None:
        """Of a matter without a household there is no file."""
        if commands == "household" and self.view is not None:
            return no_household
        return super().why_not(commands)

    def refresh_offers(self) -> None:
        """The numbered actions stand in their own bar."""
        super().refresh_offers()
        for bar in self.query(ActionBar):
            bar.offer([each for each in ON_A_TICKET if self.available(each)])

    def _conversation(self, name: str) -> Coroutine[Any, Any, bool]:
        if name in {"attend", "answer", "resolve"}:
            return self._steps.record(name)
        conversation: Coroutine[Any, Any, bool] = getattr(self._steps, name)()
        return conversation

    async def _then_back(self, conversation: Coroutine[Any, Any, object]) -> None:
        await conversation
        self.dismiss(None)

    def alarm_pressed(self) -> bool:
        """F9 brings the worst of all to the front; it signs for nothing, here as everywhere."""
        board: Board | None = self._desk_app.board
        alarms = worst_first(board.alarms) if board else ()
        if not alarms:
            return False
        if self.talking:
            # What is being written is about this one; a question of it may be about to open.
            self.say(lambda t: t("Something is being written down here: F9 again after that."))
        elif alarms[0].number == self.number:
            self.say(lambda t: t("This is the worst alarm: ^S signs for it, F9 F9 mutes."))
        else:
            self.show_ticket(alarms[0].number)
        return True

    async def run_command(self, command: Command) -> None:
        """What is done to a ticket is a conversation with its steps."""
        if command in ON_A_TICKET and command.id not in LOOKS:
            self.talk(self._conversation(command.id))
        else:
            await super().run_command(command)

    def in_front(self) -> InFront | None:
        """This ticket."""
        return InFront(self.view.number, self.view.unit) if self.view is not None else None

    def action_household(self) -> None:
        """Open the file of who lives there."""
        if self.view is not None and self.view.unit is not None:
            self._desk_app.open_household(self.view.unit)

    def action_explain(self) -> None:
        """Show the count behind each due time."""
        view = self.view
        if view is None:
            return
        number, kinds = view.number, [clock for clock in view.clocks if clock.stopped_at is None]
        self.read(
            "explain",
            lambda desk: tuple(
                Counted(clock, desk.explain(number=number, clock=clock.kind)) for clock in kinds
            ),
            self._explained,
        )

    def _explained(self, counts: tuple[Counted, ...]) -> None:
        now, zone = self.now, self.zone
        self.app.push_screen(
            ReadDialog(
                lambda t: t("How the due times are counted"),
                lambda t, width: count_lines(counts, now, zone, t, width),
            )
        )
