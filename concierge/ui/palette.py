"""The list of all commands: found by their words in either language, whichever is shown."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets.option_list import Option

from concierge.language.translator import language
from concierge.ui.commands import Command
from concierge.ui.messages import CommandChosen
from concierge.ui.screens.base import DeskScreen


class DeskPalette(CommandPalette):
    """The list in the reader's language, also where nothing is found."""

    def __init__(self, code: str) -> None:
        t = language(code)
        super().__init__(placeholder=t("Type what you want to do"), id="--command-palette")
        self._nothing = t("Nothing is called that. Esc leaves.")

    def _start_no_matches_countdown(self, search_value: str) -> None:
        # The plain one says it in English and takes no words for it.
        self._stop_no_matches_countdown()
        self._no_matches_timer = self.set_timer(
            self._NO_MATCHES_COUNTDOWN, partial(self._say_nothing, search_value)
        )

    def _say_nothing(self, query: str) -> None:
        if query:
            said = Content(self._nothing)
            self.query_one(CommandList).add_option(Option(said, disabled=True, id=self._NO_MATCHES))
        self._list_visible = bool(query)


class CommandProvider(Provider):
    """Offers what works on the screen from which the list was opened."""

    def _offers(self) -> tuple[Command, ...]:
        screen: Any = self.screen
        offers = screen.all_offers() if isinstance(screen, DeskScreen) else ()
        return tuple(command for command in offers if command.id != "commands")

    def _line(self, command: Command, code: str) -> str:
        t = language(code)
        key = f"{command.key}  " if command.key else ""
        return f"{key}{t(command.help)}"

    def _code(self) -> str:
        app: Any = self.app
        code: str = app.language
        return code

    def _choose(self, command: Command) -> None:
        self.screen.post_message(CommandChosen(command.id))

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for command in self._offers():
            line = self._line(command, self._code())
            yield DiscoveryHit(Content(line), partial(self._choose, command), text=line)

    async def search(self, query: str) -> Hits:
        """What matches in Chinese or in English."""
        matcher = self.matcher(query)
        for command in self._offers():
            line = self._line(command, self._code())
            best = max(
                matcher.match(text)
                for code in ("zh", "en")
                for text in (self._line(command, code), language(code)(command.label))
            )
            if best > 0:
                shown = matcher.highlight(line) if matcher.match(line) > 0 else Content(line)
                yield Hit(best, shown, partial(self._choose, command), text=line)
