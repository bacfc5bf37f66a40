"""The resident's own words, over several lines."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static, TextArea

from concierge.language.translator import Language
from concierge.ui.widgets.translated import Translated


class WordsBox(Translated, Horizontal):
    """A label and a text area; Tab leaves it, Enter is a new line."""

    def compose(self) -> ComposeResult:
        """Label and area."""
        yield Static(classes="field--label", markup=False)
        # Plain text without a language: nothing is highlighted, closed or indented for the typist.
        yield TextArea(id="words-area", compact=True, highlight_cursor_line=False)

    def retranslate(self, t: Language) -> None:
        """Say label and placeholder."""
        self.query_one(Static).update(t("Words"))
        self.area.placeholder = t("what was said, in the resident's own words")

    def on_descendant_focus(self) -> None:
        """The label lights up."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """And goes out."""
        self.remove_class("-here")

    @property
    def area(self) -> TextArea:
        """Where they are typed."""
        return self.query_one(TextArea)

    @property
    def text(self) -> str:
        """The words as typed."""
        return self.area.text
