"""The questions of a handover: the group that is taken note of as one, and what was counted."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from concierge.language.translator import Language, later
from concierge.services.handover_views import CountView
from concierge.ui.screens.dialogs import Dialog, Words, say
from concierge.ui.screens.ticket_dialogs import FormDialog
from concierge.ui.widgets.field import Field
from concierge.ui.widgets.handover_rows import count_name
from concierge.ui.widgets.paragraph import Paragraph, Say

LONGEST = 9  # digits of a count


class GroupDialog(Dialog[bool | None]):
    """All of the group, to be looked through; only at its end Enter takes note of them.

    Args:
        count: How many are not taken note of; 0 only shows them.
        words: The matters, a line each.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,ctrl+s", "on", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-8)", show=False),
        Binding("pagedown", "scroll(8)", show=False),
    ]

    def __init__(self, count: int, words: Say) -> None:
        super().__init__(
            lambda t: (
                t.plural("{n} other matter", "{n} other matters", count) if count else t("Together")
            )
        )
        self._count = count
        self._words = words

    def compose(self) -> ComposeResult:
        """The matters, keys."""
        with Vertical(classes="dialog -read -group"):
            yield Static(id="body", markup=False)
            with VerticalScroll(id="read", can_focus=False):
                yield Paragraph(id="text")
            yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Show them; how far they go is known once they are laid out."""
        self.query_one(Paragraph).say(self._words)
        self.watch(self._scroll, "scroll_y", lambda _: self._say_keys(), init=False)
        self.call_after_refresh(self._say_keys)

    def on_resize(self) -> None:
        """Another height, another end."""
        self.call_after_refresh(self._say_keys)

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one("#read", VerticalScroll)

    @property
    def _at_end(self) -> bool:
        return self._scroll.scroll_offset.y >= self._scroll.max_scroll_y

    def retranslate(self, t: Language) -> None:
        """Say title and keys."""
        super().retranslate(t)
        self._say_keys()

    def _say_keys(self) -> None:
        t = self.t
        if not self._at_end:
            said = t("Enter go on reading  Esc back")
        elif self._count:
            said = t.plural(
                "Enter take over this {n}  Esc back",
                "Enter take over these {n}  Esc back",
                self._count,
            )
        else:
            said = t("Esc back")
        self.query_one("#keys", Static).update(said)

    def action_on(self) -> None:
        """The next page, or at the end: taken over."""
        if not self._at_end:
            self._scroll.scroll_page_down(animate=False)
        else:
            self.dismiss(True if self._count else None)

    def action_scroll(self, lines: int) -> None:
        """Look through them."""
        self._scroll.scroll_relative(y=lines, animate=False)


@dataclass(frozen=True, slots=True)
class Put:
    """What was counted, and the word for a difference."""

    counted: int
    word: str | None


class CountDialog(FormDialog[Put | None]):
    """How many there are; a number that differs asks for a word.

    Args:
        thing: What is counted.
        typed: What was typed already.
        before: What was short before.
    """

    def __init__(self, thing: CountView, typed: str = "", before: Words = "") -> None:
        def hint(t: Language) -> str:
            should = thing.expected
            lines = (
                t("There should be {n}.", n=should) if should is not None else "",
                say(before, t),
            )
            return "\n".join(filter(None, lines))

        super().__init__(lambda t: count_name(thing, t), hint)
        self._thing = thing
        self._typed = typed

    def lines(self) -> ComposeResult:
        """The number, and the word."""
        yield Field(later("Counted"), later("how many there are"), id="counted", value=self._typed)
        yield Field(later("Why"), later("a word on the difference"), id="word")

    def on_mount(self) -> None:
        """The word is asked for only when it is needed."""
        self.line("word").display = False

    @property
    def _number(self) -> int | None:
        said = unicodedata.normalize("NFKC", self.line("counted").value).strip()
        return int(said) if said.isdecimal() and len(said) <= LONGEST else None

    @on(Input.Changed, "#counted-box")
    def ask_word(self) -> None:
        """A difference needs a word."""
        number, expected = self._number, self._thing.expected
        differs = number is not None and expected is not None and number != expected
        # While more digits may follow nothing jumps; a line that was filled in stays.
        if not differs and not self.line("word").value:
            self.line("word").display = False

    def action_leave(self) -> None:
        """Go back; a number or word that was typed is dropped only when that is said."""
        if not any(self.line(name).value.strip() for name in ("counted", "word")):
            self.dismiss(None)
            return
        self.ask_to_drop(lambda t: t("Drop this count?"), lambda t: t("It was not taken yet."))

    def action_save(self) -> None:
        """Take it, or ask for the word."""
        number, expected, word = self._number, self._thing.expected, self.line("word")
        said = word.value.strip() or None
        if number is None:
            self.refuse(lambda t: t("Type a number."), self.line("counted"))
        elif expected not in (None, number) and said is None:
            word.display = True
            self.refuse(
                lambda t: t("{n} instead of {expected}: say why.", n=number, expected=expected),
                word,
            )
        else:
            self.dismiss(Put(number, said if number != expected else None))
