"""The fields of the intake form, in the order in which one asks."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from concierge.language.translator import later
from concierge.ui.widgets.field import Field
from concierge.ui.widgets.pick_box import PickBox
from concierge.ui.widgets.received_line import ReceivedLine
from concierge.ui.widgets.unit_box import UnitBox
from concierge.ui.widgets.wanted_time import WantedTime
from concierge.ui.widgets.words_box import WordsBox

CONTEXTUAL = ("against", "about", "agreed", "consent", "answer")
"""Fields that are shown only where the category asks for them."""
_LINES = ("received", "late_reason", "agreed", "consent", "answer", "caller", "phone", "place")
_PICKS = ("category", "about", "channel")
_UNITS = ("unit", "against")


class IntakeFields(VerticalScroll, can_focus=False):
    """Holds what was typed; what it means is the screen's business."""

    def compose(self) -> ComposeResult:
        """Every field; those that only some categories ask for stay hidden."""
        yield ReceivedLine(id="received")
        yield Field(later("Why late"), later("why it is only logged now"), id="late_reason")
        yield UnitBox(
            later("Unit"), later("3-1201, name, pinyin, phone tail, or a place"), id="unit"
        )
        yield WordsBox(id="words")
        yield PickBox(
            later("Category"), later("number or part of the name"), id="category", columns=True
        )
        yield UnitBox(later("Against"), later("unit complained of"), id="against")
        yield PickBox(later("About"), later("number or name of the colleague"), id="about")
        yield WantedTime(
            later("Wanted by"), later("16:30, tomorrow 10:00, +30; empty: none"), id="agreed"
        )
        yield Field(later("Consent"), later("who agrees to the charge"), id="consent")
        yield Field(later("Answer"), later("what was answered; ^O saves and closes"), id="answer")
        with Horizontal(classes="pair"):
            yield Field(later("Caller"), later("who speaks"), id="caller")
            yield Field(later("Phone"), later("number to ring back"), id="phone")
        yield Field(later("Location"), later("where, if not at home"), id="place")
        yield PickBox(later("Came in"), later("number"), id="channel", default="desk")

    # -- parts --------------------------------------------------------------------------------------------
    @property
    def received(self) -> ReceivedLine:
        """When the resident spoke."""
        return self.query_one("#received", ReceivedLine)

    @property
    def words(self) -> WordsBox:
        """The resident's own words."""
        return self.query_one(WordsBox)

    def line(self, name: str) -> Field:
        """A plain line by its name."""
        return self.query_one(f"#{name}", Field)

    def unit_box(self, name: str) -> UnitBox:
        """A unit box by its name."""
        return self.query_one(f"#{name}", UnitBox)

    def pick_box(self, name: str) -> PickBox:
        """A box to pick from, by its name."""
        return self.query_one(f"#{name}", PickBox)

    # -- showing ------------------------------------------------------------------------------------------
    def show_for(self, asked: frozenset[str]) -> None:
        """Show the contextual fields that a category asks for."""
        for name in CONTEXTUAL:
            self.query_one(f"#{name}").display = name in asked

    def said(self, name: str) -> str | None:
        """What was typed into a line that is shown, else None."""
        field = self.line(name)
        return field.value.strip() or None if field.display else None

    # -- drafts -------------------------------------------------------------------------------------------
    def form(self) -> dict[str, str]:
        """Everything typed, by field, empty ones left out."""
        form = {name: self.line(name).value for name in _LINES}
        form |= {name: self.pick_box(name).text for name in _PICKS}
        form |= {name: self.unit_box(name).text for name in _UNITS}
        form["words"] = self.words.text
        # A number means what stood in the list that day; the code stays right when the policy changes.
        form["category"] = self.pick_box("category").value or form["category"]
        return {name: text for name, text in form.items() if text}

    def fill(self, form: Mapping[str, str]) -> None:
        """Put a draft back as it was typed."""
        for name in _LINES:
            self.line(name).value = form.get(name, "")
        for name in _PICKS:
            self.pick_box(name).text = form.get(name, "")
        for name in _UNITS:
            self.unit_box(name).put(form.get(name, ""))
        self.words.area.text = form.get("words", "")
