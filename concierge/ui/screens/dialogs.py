"""Small questions over a screen: yes or no, one line, one of a list.

All by keyboard, all fit 60x15.

Words are given as ``lambda t: t("...")`` so that they follow the language; text people typed is
given as it is::

    sure = await self.app.push_screen_wait(Confirm(lambda t: t("Cancel the ticket?")))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from concierge.language.translator import Language, later
from concierge.ui.screens.leaving import Leaving
from concierge.ui.widgets.translated import Translated
from concierge.ui.widgets.typed_text_view import typed

T = TypeVar("T")
DIGITS = 9  # choices that a single digit can pick
Words = str | Callable[[Language], str]
Validator = Callable[[str], Words | None]


def say(words: Words, t: Language) -> str:
    """Words in the reader's language."""
    return words if isinstance(words, str) else words(t)


class Dialog(Translated, Leaving[ScreenResultType], ModalScreen[ScreenResultType]):
    """A box in the middle with a title; Escape leaves without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+b", "app.language", show=False),
        Binding("ctrl+q", "app.offer('quit')", show=False),
        Binding("ctrl+l", "app.log", show=False),
    ]

    conversing = False
    """Whether another question is about to stand over this one: what is typed then waits for it."""

    def __init__(self, title: Words, body: Words = "") -> None:
        super().__init__()
        self._title = title
        self._body = body

    def retranslate(self, t: Language) -> None:
        """Say title and body."""
        self.query_one(".dialog", Vertical).border_title = typed(say(self._title, t))
        body = self.query_one("#body", Static)
        text = say(self._body, t)
        body.update(typed(text))
        body.display = bool(text)

    def action_leave(self) -> None:
        """No answer."""
        self.dismiss(None)

    def ask_to_drop(self, title: Words, body: Words) -> None:
        """Leave without an answer once somebody says that what was typed may go."""

        def dropped(sure: bool | None) -> None:  # noqa: FBT001  (an answer handed on)
            if sure:
                self.dismiss(None)

        question = Confirm(title, body, yes=lambda t: t("Drop it"), no=lambda t: t("Go on"))
        self.app.push_screen(question, dropped)


class Confirm(Dialog[bool]):
    """Yes or no; the safe answer has the focus and is what Escape means.

    Args:
        title: The question.
        body: What follows from it.
        yes: The word on the button that does it.
        no: The word on the safe button.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(
        self,
        title: Words,
        body: Words = "",
        *,
        yes: Words = lambda t: t("Yes"),
        no: Words = lambda t: t("No"),
    ) -> None:
        super().__init__(title, body)
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        """The question and two buttons, the safe one first."""
        with Vertical(classes="dialog"):
            yield Static(id="body", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("", id="no", compact=True)
                yield Button("", id="yes", variant="warning", compact=True)

    def on_mount(self) -> None:
        """The safe button has the focus."""
        self.query_one("#no", Button).focus()

    def retranslate(self, t: Language) -> None:
        """Say the question and the buttons."""
        super().retranslate(t)
        self.query_one("#no", Button).label = typed(say(self._no, t) + " (n)")
        self.query_one("#yes", Button).label = typed(say(self._yes, t) + " (y)")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A button was pressed."""
        event.stop()
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001  (named in the bindings)
        """A letter was pressed."""
        self.dismiss(yes)

    def action_leave(self) -> None:
        """Escape means no."""
        self.action_answer(yes=False)


class AskLine(Dialog[str | None]):
    """One line of text.

    Args:
        title: What is asked.
        hint: How to say it; stands above the line.
        value: What stands in the line to begin with.
        check: Takes the text and gives None, or a sentence saying what is wrong with it.
        needed: Whether an empty line is refused.
        secret: Whether what is typed is hidden, as a PIN is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", show=False)]

    def __init__(
        self,
        title: Words,
        hint: Words = "",
        *,
        value: str = "",
        check: Validator | None = None,
        needed: bool = True,
        secret: bool = False,
    ) -> None:
        super().__init__(title, hint)
        self._value = value
        self._check = check
        self._needed = needed
        self._secret = secret
        self._wrong: Words = ""

    def compose(self) -> ComposeResult:
        """Hint, line, what is wrong, keys."""
        with Vertical(classes="dialog"):
            yield Static(id="body", markup=False)
            yield Input(self._value, id="line", compact=True, password=self._secret)
            yield Static(id="wrong", markup=False)
            yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """The line has the focus."""
        self.query_one(Input).focus()

    def retranslate(self, t: Language) -> None:
        """Say everything but what was typed."""
        super().retranslate(t)
        self.query_one("#wrong", Static).update(typed(say(self._wrong, t)))
        self.query_one("#keys", Static).update(t("Enter take  Esc back"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong may be right now."""
        event.stop()
        self._say_wrong("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Take the line if nothing is wrong with it."""
        text = self.query_one(Input).value.strip()
        wrong: Words | None = None
        if self._needed and not text:
            wrong = _needs_text
        elif self._check is not None:
            wrong = self._check(text)
        if wrong is None:
            self.dismiss(text)
        else:
            self._say_wrong(wrong)

    def _say_wrong(self, wrong: Words) -> None:
        self._wrong = wrong
        self.query_one("#wrong", Static).update(typed(say(wrong, self.t)))


def _needs_text(t: Language) -> str:
    return t("Please type something, or press Esc.")


class Choose(Dialog[T | None], Generic[T]):
    """One of a list: digits pick the first nine, arrows and Enter any.

    Args:
        title: What is asked.
        choices: Each with its words and the value that is the answer.
        hint: A line above the list.
        chosen: The value the cursor stands on to begin with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(digit), f"pick({digit})", show=False) for digit in range(1, DIGITS + 1)
    ]

    def __init__(
        self,
        title: Words,
        choices: Sequence[tuple[Words, T]],
        *,
        hint: Words = "",
        chosen: T | None = None,
    ) -> None:
        super().__init__(title, hint)
        self._choices = tuple(choices)
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """Hint, list, keys."""
        with Vertical(classes="dialog"):
            yield Static(id="body", markup=False)
            yield OptionList(*(Option("") for _ in self._choices), id="choices", compact=True)
            yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """The cursor stands on what is chosen now."""
        choices = self.query_one(OptionList)
        choices.focus()
        values = [value for _, value in self._choices]
        choices.highlighted = values.index(self._chosen) if self._chosen in values else 0

    def retranslate(self, t: Language) -> None:
        """Say every choice."""
        super().retranslate(t)
        choices = self.query_one(OptionList)
        for nth, (words, _) in enumerate(self._choices):
            number = f"{nth + 1} " if nth < DIGITS else "  "
            choices.replace_option_prompt_at_index(nth, Content(number) + typed(say(words, t)))
        self.query_one("#keys", Static).update(t(_CHOOSE_KEYS))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        event.stop()
        self.dismiss(self._choices[event.option_index][1])

    def action_pick(self, digit: int) -> None:
        """A digit."""
        if digit <= len(self._choices):
            self.dismiss(self._choices[digit - 1][1])


_CHOOSE_KEYS = later("1-9 or Enter take  Esc back")
