"""The questions that a ticket asks: what was done and when, which time was agreed, which category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ScreenResultType
from textual.widgets import Input, Static

from concierge.language.translator import Language, later
from concierge.ui.screens.dialogs import Dialog, Words, say
from concierge.ui.widgets.field import Field
from concierge.ui.widgets.paragraph import Paragraph, Say
from concierge.ui.widgets.pick_box import PickBox
from concierge.ui.widgets.pick_list import Pick
from concierge.ui.widgets.time_field import TimeField
from concierge.ui.widgets.typed_text_view import typed

_KEYS = later("Enter take  Tab next line  Esc back")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What somebody says was done: the words, and a time of its own with the reason for it."""

    text: str | None
    at: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """A time, and with whom it was agreed."""

    at: int
    agreed_with: str


class FormDialog(Dialog[ScreenResultType]):
    """A box with a few lines; Enter in any of them takes all, or goes to the line that is not right yet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, title: Words, hint: Words = "") -> None:
        super().__init__(title, hint)
        self._wrong: Words = ""

    def compose(self) -> ComposeResult:
        """Hint, lines, what is wrong, keys."""
        with Vertical(classes="dialog -form"):
            yield Static(id="body", markup=False)
            yield from self.lines()
            yield Static(id="wrong", markup=False)
            yield Static(id="keys", markup=False)

    def lines(self) -> ComposeResult:
        """The form's lines."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """The first line has the focus."""
        self.query(Input).first().focus()

    def retranslate(self, t: Language) -> None:
        """Say everything but what was typed."""
        super().retranslate(t)
        self.query_one("#wrong", Static).update(typed(say(self._wrong, t)))
        self.query_one("#keys", Static).update(t(_KEYS))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.action_save()

    @on(Input.Changed)
    def typing(self, event: Input.Changed) -> None:
        """Something was typed: what was wrong may be right now."""
        event.stop()
        line = event.input.parent
        if isinstance(line, TimeField):
            line.read(event.value)
        self.refuse("")

    def line(self, name: str) -> Field:
        """A line of the form."""
        return self.query_one(f"#{name}", Field)

    def refuse(self, words: Words, at: Field | None = None) -> None:
        """Say what is not right and go there."""
        self._wrong = words
        self.query_one("#wrong", Static).update(typed(say(words, self.t)))
        if at is not None:
            at.box.focus()

    def action_save(self) -> None:
        """Take what stands there."""
        raise NotImplementedError


class RecordDialog(FormDialog[Recorded | None]):
    """What was done; nothing has to be typed for "just now, nothing to add"."""

    def __init__(self, title: Words, *, zone: ZoneInfo, now: int) -> None:
        super().__init__(title, lambda t: t("Enter alone records it for now, without words."))
        self._zone = zone
        self._now = now

    def lines(self) -> ComposeResult:
        """Words, time, and the reason for a time of its own."""
        yield Field(later("In words"), later("what was said or done"), id="said")
        yield TimeField(later("When"), later("now; earlier: -10 or 14:05"), id="at",
                        zone=self._zone, now=self._now, prefer="past")  # fmt: skip
        yield Field(later("Why late"), later("why it is recorded only now"), id="reason")

    def on_mount(self) -> None:
        """The reason is asked for only with a time."""
        self.line("reason").display = False

    @on(Input.Changed, "#at-box")
    def ask_reason(self) -> None:
        """A time of its own needs a reason."""
        self.line("reason").display = bool(self.line("at").value.strip())

    def action_save(self) -> None:
        """Take it."""
        time, reason = self.query_one(TimeField), self.line("reason")
        said, why = self.line("said").value.strip() or None, reason.value.strip() or None
        if time.wrong is not None:
            self.refuse(time.sentence, time)
        elif time.at is not None and why is None:
            self.refuse(lambda t: t("Say why it is recorded only now."), reason)
        else:
            self.dismiss(Recorded(said, time.at, why if time.at is not None else None))


class AgreeDialog(FormDialog[Agreed | None]):
    """A time and with whom."""

    def __init__(self, title: Words, hint: Words, *, zone: ZoneInfo, now: int, who: str) -> None:
        super().__init__(title, hint)
        self._zone = zone
        self._now = now
        self._who = who

    def lines(self) -> ComposeResult:
        """Time, name."""
        yield TimeField(later("Time"), later("16:30, tomorrow 10:00, sat 10:00, +30"), id="at",
                        zone=self._zone, now=self._now, prefer="future")  # fmt: skip
        yield Field(later("With"), later("who agreed to it"), id="with", value=self._who)

    def action_save(self) -> None:
        """Take it."""
        time, who = self.query_one(TimeField), self.line("with")
        name = who.value.strip()
        if time.wrong is not None:
            self.refuse(time.sentence, time)
        elif time.at is None:
            self.refuse(lambda t: t("Type a time such as 16:30 or tomorrow 10:00."), time)
        elif not name:
            self.refuse(lambda t: t("Say with whom the time was agreed."), who)
        else:
            self.dismiss(Agreed(time.at, name))


class PickDialog(Dialog[str | None]):
    """One of many, by its number or by typing part of its name."""

    def __init__(self, title: Words, picks: Sequence[Pick]) -> None:
        super().__init__(title)
        self._picks = tuple(picks)

    def compose(self) -> ComposeResult:
        """The box with its choices, keys."""
        with Vertical(classes="dialog -pick"):
            yield Static(id="body", markup=False)
            yield PickBox(later("Category"), later("number or word"), id="pick", columns=True)
            yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """The choices are open at once."""
        box = self.query_one(PickBox)
        box.load(self._picks)
        box.field.box.focus()

    def retranslate(self, t: Language) -> None:
        """Say title and keys; the box says its own."""
        super().retranslate(t)
        self.query_one("#keys", Static).update(t("Type a number or a word, Enter take  Esc back"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes what fits."""
        event.stop()
        value = self.query_one(PickBox).value
        if value is not None:
            self.dismiss(value)


class ReadDialog(Dialog[None]):
    """Something to read, in a box that scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q,e,f5", "leave", show=False)]

    def __init__(self, title: Words, words: Say) -> None:
        super().__init__(title)
        self._words = words

    def compose(self) -> ComposeResult:
        """The text, keys."""
        with Vertical(classes="dialog -read"):
            yield Static(id="body", markup=False)
            with VerticalScroll(id="read"):
                yield Paragraph(id="text")
            yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(Paragraph).say(self._words)
        self.query_one(VerticalScroll).focus()

    def retranslate(self, t: Language) -> None:
        """Say title and keys."""
        super().retranslate(t)
        self.query_one("#keys", Static).update(t("Esc back"))
