"""One line of a form: what it is called, what is typed, what the desk makes of it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from concierge.language.translator import Language
from concierge.ui.widgets.line import Line
from concierge.ui.widgets.translated import Translated

Note = Callable[[Language], Content]


def no_note(_: Language) -> Content:
    """Nothing to say."""
    return Content("")


class Field(Translated, Horizontal):
    """A label, a box and a note beside it; switching the language leaves box and focus alone.

    Args:
        label: What it is called (a msgid).
        hint: What may be typed, shown while the box is empty (a msgid).
        id: The field's name in the form; its box is ``<id>-box``.
        value: What stands in it to begin with.
    """

    def __init__(self, label: str, hint: str = "", *, id: str, value: str = "") -> None:
        super().__init__(id=id, classes="field")
        self._label = label
        self._hint = hint
        self._value = value
        self._note: Note = no_note
        self._said: Content | None = None

    def compose(self) -> ComposeResult:
        """Label, box, note."""
        yield Static(classes="field--label", markup=False)
        # Selecting on focus would let the first letter of an input method wipe out what stands there.
        yield Line(self._value, id=f"{self.id}-box", compact=True, select_on_focus=False)
        yield Static(classes="field--note", markup=False)

    def retranslate(self, t: Language) -> None:
        """Say label, hint and note."""
        self.query_one(".field--label", Static).update(t(self._label))
        self.box.placeholder = t(self._hint)
        self._say_note(t)

    @property
    def box(self) -> Input:
        """Where it is typed."""
        return self.query_one(Input)

    @property
    def value(self) -> str:
        """What was typed."""
        return self.box.value

    @value.setter
    def value(self, text: str) -> None:
        self.box.value = text
        self.box.cursor_position = len(text)

    def on_descendant_focus(self) -> None:
        """The label lights up; a class, because ``:focus-within`` does not always reach children."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """And goes out."""
        self.remove_class("-here")

    def hint(self, hint: str) -> None:
        """Say from now on that this may be typed (a msgid)."""
        self._hint = hint
        if self.is_mounted:
            self.box.placeholder = self.t(hint)

    def note(self, note: Note = no_note) -> None:
        """Show beside the box what the desk makes of it."""
        self._note = note
        if self.is_mounted:
            self._say_note(self.t)

    def _say_note(self, t: Language) -> None:
        said = self._note(t)
        if self._said is not None and said.is_same(self._said):
            return  # it is asked at each key, and a note that is written anew has the screen laid out
        self._said = said
        shown = self.query_one(".field--note", Static)
        shown.update(said)
        shown.display = bool(said.plain)
