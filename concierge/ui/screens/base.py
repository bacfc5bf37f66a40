"""What every screen of the desk has: its offers, the gateway, the language, a way back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from inspect import isawaitable
from typing import Any, ClassVar, TypeVar, cast
from zoneinfo import ZoneInfo

from textual.screen import Screen, ScreenResultType

from concierge.language.translator import Language
from concierge.ui.commands import EVERYWHERE, Command, bar_order
from concierge.ui.gateway import Call, Gateway
from concierge.ui.in_front import InFront
from concierge.ui.messages import Failure
from concierge.ui.painting import LineCompositor
from concierge.ui.routes import is_built
from concierge.ui.screens.leaving import Leaving
from concierge.ui.widgets.alarm_line import AlarmLine
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.translated import Translated

T = TypeVar("T")


class DeskScreen(Translated, Leaving[ScreenResultType], Screen[ScreenResultType]):
    """A screen of the desk.

    Subclasses give ``OFFERS`` and ``BINDINGS = bindings(OFFERS)``, answer each command in
    ``action_<id>``, compose a ``HeaderLine`` and a ``CommandBar``, and say their own words in
    ``retranslate``.
    """

    OFFERS: ClassVar[tuple[Command, ...]] = ()
    ALARM_LINE: ClassVar[bool] = True
    """Whether the alarm stands in one line under the header; the board has its banner."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._compositor = LineCompositor()
        self._stepping = 0

    # -- what the app knows
    @property
    def gateway(self) -> Gateway:
        """The door to the services."""
        return cast(Gateway, self._desk_app.gateway)

    @property
    def zone(self) -> ZoneInfo:
        """The property's time zone."""
        return cast(ZoneInfo, self._desk_app.zone)

    @property
    def now(self) -> int:
        """The present instant by the desk's clock."""
        return cast(int, self._desk_app.now)

    @property
    def acting(self) -> str | None:
        """Who works at this desk now, by name; None until somebody said so."""
        return cast("str | None", self._desk_app.acting)

    @property
    def _desk_app(self) -> Any:  # (DeskApp imports its screens; the other way round is a circle)
        return self.app

    # -- calls
    def read(self, group: str, call: Call[T], then: Callable[[T], object]) -> None:
        """Ask the desk for something; the latest of a group arrives in ``then``."""
        self.gateway.read(group, call, then, owner=self)

    def write(self, call: Call[T], then: Callable[[T], object] | None = None) -> None:
        """Change something; a refusal becomes a sentence by itself."""
        self.gateway.write(call, then, owner=self)

    def steps(self, work: Coroutine[Any, Any, object]) -> None:
        """Run a conversation of several steps (dialogs, ``gateway.writing``).

        What it raises becomes a sentence.
        """

        async def guarded() -> None:
            try:
                await work
            except Exception as error:  # noqa: BLE001  (whatever it is, the desk stays open and says so)
                self.post_message(Failure(error))
            finally:
                self._stepping -= 1

        self._stepping += 1
        self.run_worker(guarded(), group="steps", exit_on_error=False)

    @property
    def conversing(self) -> bool:
        """Whether a conversation runs: what is typed then waits for its next question."""
        return self._stepping > 0

    def takes_ahead(self, key: str) -> bool:
        """Whether a key typed before an answer was written down is still meant, and for this screen."""
        return False

    # -- commands
    def available(self, command: Command) -> bool:
        """Whether a command works at this moment.

        A command whose screen is not there never does.
        """
        return command.opens is None or is_built(command.opens)

    def all_offers(self) -> tuple[Command, ...]:
        """What works here now: the screen's own commands, then those that work everywhere."""
        own = {command.id for command in self.OFFERS}
        shared = (command for command in EVERYWHERE if command.id not in own)
        offered = (command for command in (*self.OFFERS, *shared) if self.available(command))
        return tuple(sorted(offered, key=bar_order))

    def why_not(self, commands: str) -> Callable[[Language], str] | None:
        """Why none of the commands of a key (ids, divided by commas) works now; None where nothing is said."""
        return None

    def go(self, command: Command) -> object:
        """Open the screen that a command names.

        A screen that passes arguments on overrides this.
        """
        return self._desk_app.open_screen(command.opens)

    async def run_command(self, command: Command) -> None:
        """Do what a command says, here or, when it is not ours, in the app."""
        result: object
        if command.opens is not None:
            result = self.go(command)
        else:
            node = self if hasattr(self, f"action_{command.id}") else self.app
            result = getattr(node, f"action_{command.id}")()
        # A screen that was opened may be awaited too, but that would hold up the keyboard.
        if command.opens is None and isawaitable(result):
            await cast(Awaitable[object], result)

    def refresh_offers(self) -> None:
        """Show on the command bar what works now; call it when that changed."""
        for bar in self.query(CommandBar):
            bar.offer(self.all_offers())

    def on_mount(self) -> None:
        """Show the commands, and under the first line what nobody signed for."""
        self.refresh_offers()
        for header in self.query(HeaderLine) if self.ALARM_LINE else ():
            self.mount(AlarmLine(), after=header)

    def in_front(self) -> InFront | None:
        """What a line of the running log, asked for here, can be about."""
        return None

    @property
    def left_unasked(self) -> bool:
        """Whether one goes back from here without a question; a form that asks has its own way back."""
        return type(self).action_back is DeskScreen.action_back and not self.conversing

    def alarm_pressed(self) -> bool:
        """F9 was pressed here; True if this screen answers it, as the ticket screen does."""
        return False

    def action_back(self) -> None:
        """Go back to where one came from."""
        self.dismiss(None)


def no_household(t: Language) -> str:
    """Why there is no file to open for a matter."""
    return t("This matter belongs to no household in the books, so there is no file to open.")
