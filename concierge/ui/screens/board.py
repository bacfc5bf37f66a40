"""The first screen: the board with its alarm, filters and commands."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from concierge.domain.refusal import Refusal
from concierge.domain.roles import NEEDS, may
from concierge.language.translator import Language
from concierge.ui.commands import ON_THE_BOARD, Command, bindings
from concierge.ui.format import one_line
from concierge.ui.in_front import InFront
from concierge.ui.screens.base import no_household
from concierge.ui.screens.conversation import TalkingScreen
from concierge.ui.screens.dialogs import Choose
from concierge.ui.watching import Watch
from concierge.ui.widgets.alarm_banner import AlarmBanner
from concierge.ui.widgets.board import Board
from concierge.ui.widgets.board_heading import FILTERS, BoardHeading
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.row_panel import RowPanel

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.household_views import HouseholdCardNow
    from concierge.services.views import Board as BoardView
    from concierge.services.views import BoardRow, TicketView
    from concierge.ui.port import DeskPort
    from concierge.ui.screens.signing import AlarmTalk

WIDE = 110  # columns from which the selected matter is shown beside the board


class BoardScreen(TalkingScreen[None]):
    """Shows the app's ``board``; a command on a ticket goes to the ticket under the cursor."""

    OFFERS: ClassVar[tuple[Command, ...]] = ON_THE_BOARD
    ALARM_LINE: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = bindings(ON_THE_BOARD)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    def compose(self) -> ComposeResult:
        """Header, alarm, board with its heading, the matter beside it, commands."""
        yield HeaderLine()
        yield AlarmBanner()
        with Horizontal(id="desk"), Vertical(id="board-side"):
            yield BoardHeading()
            yield Board()
        yield CommandBar()

    def on_mount(self) -> None:
        """Follow the app's board and clock."""
        self.query_one(AlarmBanner).display = False
        self.watch(self.app, "board", self._take_board)
        self.watch(self.app, "watched", self._take_watch)
        self.watch(self.app, "now", self._take_now)

    # -- state from the app
    def _take_now(self, now: int) -> None:
        self.query_one(Board).now = now
        self.query_one(AlarmBanner).tick(now)

    def _take_board(self, board: BoardView | None) -> None:
        if board is None:
            return
        if not self.query(RowPanel):
            # Mounted with the first rows: the first frame has no matter to show in it.
            self.query_one("#desk").mount(RowPanel())
        self.speak_to_rows()
        self._fill()
        self.query_one(AlarmBanner).load(board, self._watched, self.now)
        self.refresh_offers()

    @property
    def _watched(self) -> Watch:
        watched: Watch = self._desk_app.watched
        return watched

    def _take_watch(self, watched: Watch) -> None:
        self.query_one(AlarmBanner).follow(watched, self.now)
        self.refresh_offers()

    def speak_to_rows(self) -> None:
        """Hand the zone and the words down to the widgets."""
        names = self._desk_app.category_names(self.t.code)
        board, banner = self.query_one(Board), self.query_one(AlarmBanner)
        board.zone = banner.zone = self.zone
        board.speak(names, self._empty_sentence(self.t))
        banner.speak(names)
        for panel in self.query(RowPanel):
            panel.speak(names, self.zone)

    def retranslate(self, t: Language) -> None:
        """Say what stands on an empty board in the other language."""
        self.speak_to_rows()
        self.refresh_offers()

    # -- filters
    @property
    def shown(self) -> str:
        """The filter in force."""
        return self.query_one(BoardHeading).shown

    def _fill(self, *, at_once: bool = False) -> None:
        board: BoardView | None = self._desk_app.board
        rows = tuple(self._filtered(board.rows)) if board else ()
        self.query_one(Board).load(rows, at_once=at_once)

    def _filtered(self, rows: Iterable[BoardRow]) -> Iterable[BoardRow]:
        if self.shown == "mine":
            return (row for row in rows if row.assignee is not None and row.assignee == self.acting)
        if self.shown == "unassigned":
            return (row for row in rows if row.assignee is None)
        return rows

    def action_filter(self) -> None:
        """Show the next of all, mine, unassigned."""
        heading = self.query_one(BoardHeading)
        heading.shown = FILTERS[(FILTERS.index(heading.shown) + 1) % len(FILTERS)]
        self.speak_to_rows()
        self._fill(at_once=True)

    def action_confirm_clock(self) -> None:
        """A supervisor or above says that the clock is right although it is behind."""
        self.talk(self._confirm_clock())

    async def _confirm_clock(self) -> None:
        staff = await self.gateway.reading(lambda desk: desk.staff())
        choices = [
            (one_line(each.name), each.name)
            for each in staff
            if each.active and may(each.role, NEEDS["clock.confirm"])
        ]
        actor: str | None = await self.app.push_screen_wait(
            Choose(lambda t: t("Which supervisor has looked at the clock?"), choices)
        )
        if actor is not None:
            await self.gateway.writing(lambda desk: desk.confirm_clock(actor=actor))
            self._desk_app.reload()
            self._desk_app.ticker.sweep()

    def _empty_sentence(self, t: Language) -> str:
        if self._desk_app.board is None:
            return t("Opening the store.")
        if self.shown == "mine" and self.acting is None:
            return t("Nobody is on shift at this desk. F4 starts a shift, F5 shows everything.")
        if self.shown == "mine":
            return t("Nothing here is yours. F5 shows the others.")
        if self.shown == "unassigned":
            return t("Somebody has taken every open matter. F5 shows them.")
        return t("No open matters. F2 takes a new one.")

    # -- tickets
    def available(self, command: Command) -> bool:
        """Commands on a ticket work while there is one under the cursor."""
        if command.opens == "ticket" and self.query_one(Board).selected is None:
            return False
        if command.id == "household":
            return self._household_unit is not None
        if command.id == "confirm_clock":
            return self._watched.held is not None
        if command.id in {"sign", "told"}:
            return self.query_one(AlarmBanner).worst is not None
        return super().available(command)

    def why_not(self, commands: str) -> Callable[[Language], str] | None:
        """Of a matter without a household there is no file."""
        if commands == "household" and self.query_one(Board).selected is not None:
            return no_household
        return super().why_not(commands)

    @property
    def _household_unit(self) -> str | None:
        """Whose file there is for the ticket under the cursor."""
        row = self.query_one(Board).selected
        return row.unit if row is not None and row.household else None

    def in_front(self) -> InFront | None:
        """The matter under the cursor, if somebody says so."""
        row = self.query_one(Board).selected
        return InFront(row.number, row.unit, tied=False) if row is not None else None

    def action_household(self) -> None:
        """Open the file of the household under the cursor."""
        if self._household_unit is not None:
            self._desk_app.open_household(self._household_unit)

    def go(self, command: Command) -> object:
        """Open the ticket under the cursor; other screens as usual."""
        row = self.query_one(Board).selected
        if command.opens == "ticket" and row is not None:
            return self._desk_app.open_ticket(row.number, first=command.first)
        return super().go(command)

    def on_board_opened(self, event: Board.Opened) -> None:
        """A row was clicked a second time."""
        event.stop()
        self._desk_app.open_ticket(event.number)

    def on_board_highlighted(self, event: Board.Highlighted) -> None:
        """Show the matter beside the board and what can be done with it."""
        event.stop()
        for panel in self.query(RowPanel):
            panel.show(event.row)
        self._read_household(event.row)
        self.refresh_offers()

    def _read_household(self, row: BoardRow | None) -> None:
        """What matters now of the household beside the board; the row under the cursor at last counts."""
        if self.size.width < WIDE:
            return
        unit, viewer = (
            (row.unit, self.acting) if row is not None and row.household else (None, None)
        )

        def call(desk: DeskPort) -> HouseholdCardNow | None:
            try:
                return desk.card_now(unit, viewer=viewer) if unit is not None else None
            except Refusal:  # taken out of the books since
                return None

        self.read("beside the board", call, self._take_household)

    def _take_household(self, card: HouseholdCardNow | None) -> None:
        for panel in self.query(RowPanel):
            panel.show_household(card)

    def on_alarm_banner_raised(self, event: AlarmBanner.Raised) -> None:
        """Something new needs a signature: ring."""
        event.stop()
        self._desk_app.ring(event.worst)

    # -- the alarm
    def action_sign(self) -> None:
        """Sign for the worst alarm: the key, then one's name."""
        self._about_worst(lambda talk: talk.sign_by_name())

    def action_told(self) -> None:
        """Keep whom somebody rang about the worst alarm."""
        self._about_worst(lambda talk: talk.told())

    def _about_worst(self, words: Callable[[AlarmTalk], Coroutine[Any, Any, object]]) -> None:
        worst, viewer = self.query_one(AlarmBanner).worst, self.acting
        if worst is None:
            return
        number = worst.number

        async def conversation() -> None:
            from concierge.ui.screens.signing import AlarmTalk

            view = await self.gateway.reading(lambda desk: desk.ticket(number, viewer=viewer))
            talk = AlarmTalk(self, view)
            if talk.is_alarm:
                await words(talk)
            else:
                self._desk_app.reload()  # somebody else was faster

        self.talk(conversation())

    def say(self, words: Callable[[Language], str]) -> None:
        """A short notice."""
        self.notify(words(self.t), markup=False)

    def written(self, _: TicketView, said: Callable[[Language], str]) -> None:
        """Something was recorded on a ticket: say so, and read the board again."""
        self.say(said)
        self._desk_app.reload()

    def open_worst(self) -> None:
        """Open the ticket nobody signed for that presses most."""
        worst = self.query_one(AlarmBanner).worst
        if worst is None:
            self.notify(self.t("Every escalation is signed for."), markup=False)
            return
        self.query_one(Board).select(worst.ticket_id)
        self._desk_app.open_ticket(worst.number)

    @property
    def muted_until(self) -> int:
        """Until when the alarm is quiet at this desk, seconds UTC; 0 while it is not."""
        return self.query_one(AlarmBanner).muted_until

    def mute(self) -> None:
        """Be quiet for two minutes at this desk."""
        self.query_one(AlarmBanner).mute(self.now)
