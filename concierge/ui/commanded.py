"""How a command, whichever way it was asked for, finds the one who does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.command import Provider
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import AwaitMount

from concierge.language.translator import Language
from concierge.language.translator import language as language_of
from concierge.ui.commands import EVERYWHERE, Command, bindings
from concierge.ui.gateway import Gateway
from concierge.ui.messages import CommandChosen
from concierge.ui.one_key import OneKeyApp
from concierge.ui.routes import is_built, screen_class
from concierge.ui.screens.base import DeskScreen
from concierge.ui.theme import DARK, LIGHT


def _palette() -> type[Provider]:
    from concierge.ui.palette import CommandProvider

    return CommandProvider


class CommandedApp(OneKeyApp):
    """The commands that work everywhere; keys, clicks and the list of commands all end here."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    ENABLE_COMMAND_PALETTE = True

    language: reactive[str] = reactive("zh", init=False, repaint=False)
    gateway: Gateway
    _logging = False
    """Whether a line for the running log is asked for: one at a time."""

    @property
    def t(self) -> Language:
        """The translator of the present language."""
        return language_of(self.language)

    # -- screens
    def open_screen(
        self, route: str, *, then: Callable[[Any], None] | None = None, **arguments: object
    ) -> AwaitMount | None:
        """Open the screen of a route, importing it now.

        One that is open already comes to the front: what was opened over it is left, unless something may be
        half typed there.
        """
        kind = screen_class(route)
        make: Callable[..., Screen[Any]] = kind  # only a class behind a route knows what it takes
        if any(isinstance(screen, kind) for screen in self.screen_stack):
            self._back_to(kind)
            return None
        return self.push_screen(make(**arguments), then)

    def _back_to(self, kind: type[Screen[Any]]) -> None:
        """Leave the screens over the one of a kind; only those that one leaves without being asked."""
        over: list[DeskScreen[Any]] = []
        for screen in reversed(self.screen_stack):
            if isinstance(screen, kind):
                break
            if not isinstance(screen, DeskScreen) or not screen.left_unasked:
                return
            over.append(screen)
        for screen in over:
            screen.dismiss(None)

    def open_ticket(self, number: str, *, first: str | None = None) -> None:
        """Open a ticket; ``first`` is a command it is asked to do at once.

        A ticket may be opened over another one: whoever looked it up there goes back the same way.
        """
        if is_built("ticket"):
            make: Callable[..., Screen[Any]] = screen_class("ticket")
            self.push_screen(make(number=number, first=first))

    def open_household(self, unit: str) -> None:
        """Open a household's file; one that is in front already stays."""
        if is_built("household") and getattr(self.screen, "unit", None) != unit:
            make: Callable[..., Screen[Any]] = screen_class("household")
            self.push_screen(make(unit=unit))

    # -- commands
    def offered(self) -> tuple[Command, ...]:
        """What works on the screen in front."""
        return self.screen.all_offers() if isinstance(self.screen, DeskScreen) else ()

    async def action_offer(self, commands: str) -> None:
        """Do the first of some commands, by id and divided by commas, that works now."""
        screen, offered = self.screen, {each.id: each for each in self.offered()}
        found = next((offered[name] for name in commands.split(",") if name in offered), None)
        if found is not None and isinstance(screen, DeskScreen):
            await screen.run_command(found)
        elif isinstance(screen, DeskScreen):
            self._say_why_not(screen.why_not(commands))
        elif commands == "quit":
            self._say_why_not(lambda t: t("A question is open: Esc first, then Ctrl+Q leaves."))

    def _say_why_not(self, words: Callable[[Language], str] | None) -> None:
        if words is not None:
            self.notify(words(self.t), markup=False)

    async def on_command_chosen(self, event: CommandChosen) -> None:
        """A command was clicked or picked from the list."""
        event.stop()
        await self.action_offer(event.command)

    def action_language(self) -> None:
        """Chinese to English and back; what people typed stays as it is."""
        self.language = "en" if self.language == "zh" else "zh"
        code = self.language
        self.gateway.write(lambda desk: desk.set_language(code), owner=self)

    def action_colours(self) -> None:
        """Dark to light and back."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_commands(self) -> None:
        """List every command, to be found by typing."""
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """Show the palette in the reader's language."""
        from concierge.ui.palette import DeskPalette

        if not isinstance(self.screen, DeskPalette):
            self.push_screen(DeskPalette(self.language))

    def action_log(self) -> None:
        """Keep a line in the running log: over a question too, which stands there afterwards as it was."""
        desk_screens = [each for each in self.screen_stack if isinstance(each, DeskScreen)]
        if self._logging or not desk_screens:
            return
        from concierge.ui.screens.dialogs import Dialog

        front: Any = self.screen if isinstance(self.screen, Dialog) else None
        self._logging = True
        if front is not None:
            front.conversing = True  # what is typed from now on is the line, not an answer
        desk_screens[-1].steps(self._keep_line(desk_screens[-1], front))

    async def _keep_line(self, screen: DeskScreen[Any], front: Any) -> None:
        from concierge.ui.screens.log_line import keep_line

        try:
            await keep_line(screen)
        finally:
            self._logging = False
            if front is not None:
                front.conversing = False

    def action_help(self) -> None:
        """Show the keys."""
        self.open_screen("help", offers=self.offered())
