"""The keys that work here, by what one is doing."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from concierge.language.translator import Language
from concierge.ui.commands import GROUP_TITLES, GROUPS, Command, key_name
from concierge.ui.format import pad
from concierge.ui.widgets.translated import Translated

KEYS = 12  # cells for the keys


def keys_of(command: Command) -> str:
    """Every key of a command, as people write them."""
    return " ".join(key_name(key.strip()) for key in command.keys.split(","))


def help_text(offers: tuple[Command, ...], t: Language) -> Content:
    """Groups of commands with their keys and what they do."""
    lines: list[Content] = []
    for group in GROUPS:
        mine = [command for command in offers if command.group == group and command.keys]
        if not mine:
            continue
        lines.append(Content(t(GROUP_TITLES[group])).stylize("bold $primary"))
        lines += [
            Content.assemble(
                Content(pad(keys_of(command), KEYS)).stylize("$accent"), t(command.help)
            )
            for command in mine
        ]
        lines.append(Content(""))
    return Content("\n").join(lines[:-1])


class HelpScreen(Translated, ModalScreen[None]):
    """Lists the commands of the screen it was opened from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark,enter,q", "leave", show=False),
        Binding("ctrl+b", "app.language", show=False),
        Binding("ctrl+l", "app.log", show=False),
    ]

    def __init__(self, offers: tuple[Command, ...]) -> None:
        super().__init__()
        self._offers = offers

    def compose(self) -> ComposeResult:
        """A box with the list."""
        with VerticalScroll(classes="dialog -help"):
            yield Static(id="help-keys", markup=False)

    def retranslate(self, t: Language) -> None:
        """Say it."""
        box = self.query_one(VerticalScroll)
        box.border_title = t("Keys")
        box.border_subtitle = t("Esc back")
        self.query_one("#help-keys", Static).update(help_text(self._offers, t))

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(None)
