"""A box in which something is chosen by its number or by typing part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from concierge.language.translator import Language
from concierge.ui.widgets.field import Field
from concierge.ui.widgets.pick_list import Pick, PickList, matching
from concierge.ui.widgets.translated import Translated


class PickBox(Translated, Vertical):
    """What was typed stays as typed, what it means beside it; the choices below while it has the focus.

    Args:
        label: What it is called (a msgid).
        hint: What may be typed (a msgid).
        id: The field's name.
        columns: A column for each group instead of one line.
        default: The code that an empty box means.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    class Changed(Message):
        """Something else is chosen; None when nothing is."""

        def __init__(self, box: PickBox, value: str | None) -> None:
            super().__init__()
            self.box = box
            self.value = value

        @property
        def control(self) -> PickBox:
            """The box it happened in."""
            return self.box

    def __init__(
        self,
        label: str,
        hint: str,
        *,
        id: str,
        columns: bool = False,
        default: str | None = None,
    ) -> None:
        super().__init__(id=id, classes="pick-box")
        self._label = label
        self._hint = hint
        self._columns = columns
        self._default = default
        self._picks: tuple[Pick, ...] = ()
        self._fits: tuple[int, ...] = ()
        self._at: int | None = None

    def compose(self) -> ComposeResult:
        """The line, and the choices."""
        yield Field(self._label, self._hint, id=f"{self.id}-line")
        yield Static(classes="choices", markup=False)

    @property
    def field(self) -> Field:
        """The line in which it is typed."""
        return self.query_one(Field)

    @property
    def value(self) -> str | None:
        """The code of what is chosen."""
        return None if self._at is None else self._picks[self._at].value

    @property
    def text(self) -> str:
        """What was typed."""
        return self.field.value

    @text.setter
    def text(self, text: str) -> None:
        self.field.value = text

    def load(self, picks: Sequence[Pick]) -> None:
        """Take what there is to choose from."""
        self._picks = tuple(picks)
        self._match(self.text)

    def retranslate(self, t: Language) -> None:
        """Say the names in the other language; number, text and choice stay."""
        self._show(t)

    # -- choosing -----------------------------------------------------------------------------------------
    def on_input_changed(self, event: Input.Changed) -> None:
        """Something was typed."""
        event.stop()
        self._match(event.value)

    def _match(self, text: str) -> None:
        self._fits = matching(self._picks, text)
        self._choose(self._fits[0] if text.strip() and self._fits else None, typed=True)

    def action_step(self, by: int) -> None:
        """Go to the next or previous of those that fit."""
        if not self._fits:
            return
        here = self._fits.index(self._at) if self._at in self._fits else (-1 if by > 0 else 0)
        self._choose(self._fits[(here + by) % len(self._fits)])

    def _choose(self, place: int | None, *, typed: bool = False) -> None:
        changed = place != self._at
        self._at = place
        self._show()
        if changed or typed:
            self.post_message(self.Changed(self, self.value))

    # -- showing ------------------------------------------------------------------------------------------
    def on_descendant_focus(self) -> None:
        """Open the choices."""
        self.add_class("-open")
        self._show()

    def on_descendant_blur(self) -> None:
        """Close them."""
        self.remove_class("-open")

    def on_resize(self) -> None:
        """The columns move with the width."""
        self._show()

    def _show(self, t: Language | None = None) -> None:
        if not self.is_mounted:
            return
        choices = self.query_one(".choices", Static)
        listed = PickList(self._picks, self._fits, self._at)
        width = max(20, self.size.width - (0 if self._columns else 10))
        paint = listed.in_columns if self._columns else listed.in_a_line
        choices.update(paint(width, t or self.t))
        self.field.note(self._note)

    def _note(self, t: Language) -> Content:
        if self._at is not None:
            return Content(self._picks[self._at].name(t.code)).stylize("bold")
        if self.text.strip():
            return Content(t("nothing fits: try another word")).stylize("$warning")
        for pick in self._picks:
            if pick.value == self._default:
                return Content(pick.name(t.code)).stylize("$secondary")
        return Content("")
