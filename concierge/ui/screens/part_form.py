"""A row of a household's file in a small form: only what was changed is handed on, masked values are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from concierge.language import household_said as said
from concierge.language import household_terms as terms
from concierge.language.terms import term
from concierge.language.translator import Language, language, later
from concierge.ui.format import one_line
from concierge.ui.screens.dialogs import Words
from concierge.ui.screens.ticket_dialogs import FormDialog
from concierge.ui.widgets.field import Field, Note
from concierge.ui.widgets.typed_text_view import typed as plain

Values = Mapping[str, str | None]
Becomes = Callable[[Language, Mapping[str, str]], str]
"""What comes of the lines as they are typed, in a sentence."""
FIELDS = {
    "member": ("name", "relation", "role", "sex", "birthday", "phone", "occupation", "employer", "background",
               "moved_out"),
    "vehicle": ("plate", "model", "colour"),
    "pet": ("name", "kind", "note"),
    "contact": ("name", "relation", "phone"),
    "fact": ("text", "aspect", "source", "noted_on", "day", "consent_by", "consent_scope"),
    "instruction": ("text", "starts_on", "ends_on", "weekdays", "from_time", "to_time", "given_by"),
}  # fmt: skip
"""The fields of each part in the order in which they are asked."""
_DATE = later("2026-12-30")
HINTS = {
    "birthday": later("1980-05-06, or 05-06"),
    "moved_out": _DATE,
    "noted_on": _DATE,
    "day": later("05-06 every year, or 2027-05-06"),
    "starts_on": later("2026-12-30; empty: already"),
    "ends_on": later("2026-12-30; empty: until further notice"),
    "weekdays": later("tue thu; empty: every day"),
    "from_time": later("9:00"),
    "to_time": later("12:00"),
    "moved_in": _DATE,
    "away_from": _DATE,
    "away_to": _DATE,
    "checked_on": _DATE,
    "quiet_from": later("22:00"),
    "quiet_to": later("7:30"),
}
"""How a field is typed."""
_CHOICE = later("number")
_HIDDEN = later("hidden; typed anew it is replaced")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a form: a field's name, what stands in it, and whether that is hidden."""

    name: str
    value: str = ""
    masked: bool = False


class PartForm(FormDialog[Values | None]):
    """The fields of one row; answers with those that were changed.

    Args:
        title: What it is about.
        lines: The fields, as they stand on record.
        typed: What was typed before and refused.
        wrong: Why it was refused; stands above the lines until it is taken.
        at: The field in which that is wrong.
        becomes: Says below the lines what they come to while they are typed.
    """

    def __init__(
        self,
        title: Words,
        lines: tuple[Line, ...],
        *,
        typed: Values | None = None,
        wrong: Words = "",
        at: str | None = None,
        becomes: Becomes | None = None,
    ) -> None:
        super().__init__(title, wrong)
        self._lines = lines
        self._typed = dict(typed or {})
        self._refused_at = at
        self._becomes = becomes
        self._before: dict[str, str | None] = {}
        self._at: str | None = None

    def lines(self) -> ComposeResult:
        """A line for each field; what is hidden stands empty and stays as it is unless something is typed."""
        t = self.t
        for line in self._lines:
            shown = "" if line.masked else said.value(t, line.name, line.value)
            value = self._typed.get(line.name, shown) or ""
            # What was emptied while it stood in clear is emptied, though it is hidden by now.
            emptied = line.masked and line.name in self._typed and not value
            self._before[line.name] = None if emptied else shown
            hint = HINTS.get(line.name, _CHOICE if said.choices_of(line.name) else "")
            hint = _HIDDEN if line.masked and not emptied else hint
            yield Field(terms.FIELDS[line.name], hint, id=line.name, value=value)
        yield Static(id="choices", markup=False)
        if self._becomes is not None:
            yield Static(id="becomes", markup=False)

    def retranslate(self, t: Language) -> None:
        """Say what comes of it too."""
        super().retranslate(t)
        self._say_choices(t)
        self._say_becomes(t)

    @on(Input.Changed)
    def typing_on(self) -> None:
        """Something was typed: something else may come of it."""
        self._say_becomes(self.t)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Below the lines stand the choices of the one that is typed in: there is room for all."""
        field = event.widget.parent
        self._at = field.id if isinstance(field, Field) else None
        self._say_choices(self.t)

    def _say_choices(self, t: Language) -> None:
        codes, shown = said.choices_of(self._at or ""), self.query_one("#choices", Static)
        shown.display = codes is not None
        shown.update(_choices(codes)(t) if codes is not None else "")

    def _say_becomes(self, t: Language) -> None:
        if self._becomes is not None:
            lines = {line.name: self.line(line.name).value for line in self._lines}
            self.query_one("#becomes", Static).update(plain(one_line(self._becomes(t, lines))))

    def mask(self, lines: tuple[Line, ...]) -> None:
        """The time in clear is over: what is hidden by now goes unless it was changed; nothing typed is lost.

        Args:
            lines: The fields as they stand on record, masked.
        """
        self._lines = lines
        for line in lines:
            if not line.masked:
                continue
            field = self.line(line.name)
            if field.value == self._before[line.name]:
                self._before[line.name] = field.value = ""
                field.hint(_HIDDEN)
            else:
                self._before[line.name] = None

    def on_mount(self) -> None:
        """The first line has the focus."""
        self.query_one(".dialog").add_class("-part")
        self.query_one("#body").add_class("-wrong")
        names = {line.name for line in self._lines}
        first = self._refused_at if self._refused_at in names else self._lines[0].name
        # The form's own handler goes to the first line, after this one.
        self.call_later(self.line(first).box.focus)

    def action_save(self) -> None:
        """Hand on what was changed."""
        changed: dict[str, str | None] = {}
        for line in self._lines:
            text = self.line(line.name).value
            if text != self._before[line.name]:
                changed[line.name] = code_of(line.name, text)
        self.dismiss(changed)


def _choices(codes: Mapping[str, str]) -> Note:
    def words(t: Language) -> Content:
        each = (f"{nth} {term(t, codes, code)}" for nth, code in enumerate(codes, 1))
        return Content(one_line("  ".join(each))).stylize("$secondary")

    return words


def code_of(field: str, text: str) -> str:
    """What was typed for a field that takes a code: its number, its word, or the code itself."""
    codes = said.choices_of(field)
    word = text.strip()
    if codes is None or not word:
        return text
    every = list(codes)
    if word.isdecimal() and 1 <= int(word) <= len(every):
        return every[int(word) - 1]
    words = {term(language(code), codes, each): each for code in ("zh", "en") for each in every}
    return words.get(word, word)
