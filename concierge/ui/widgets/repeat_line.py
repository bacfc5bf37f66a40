"""The offer to make a matter major because it comes again: one line, not there while it does not."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from concierge.language.repeated import offer_sentence
from concierge.language.translator import Language
from concierge.services.news_views import RepeatView
from concierge.ui.widgets.translated import Translated


class RepeatLine(Translated, Static):
    """Shows why the matter is a repeated one and which key makes it major; hidden when it is none.

    Args:
        key: The key as people write it.
        id: The widget's id.
    """

    def __init__(self, key: str, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._found: RepeatView | None = None
        self._taken = False
        self._key = key

    @property
    def offered(self) -> bool:
        """Whether the offer is shown, so that leaving it is a decision."""
        return self._found is not None

    @property
    def taken(self) -> bool:
        """Whether the matter is to be saved as major."""
        return self._taken

    def offer(self, found: tuple[RepeatView, ...]) -> None:
        """Show the nearest reason, or nothing; another reason is another question."""
        first = found[0] if found else None
        if first != self._found:
            self._taken = False
        self._found = first
        self._say()

    def toggle(self) -> None:
        """Take the offer, or leave it after all."""
        self._taken = self.offered and not self._taken
        self._say()

    def retranslate(self, t: Language) -> None:
        """Say it in the other language."""
        found = self._found
        if found is not None:
            sentence = offer_sentence(
                t, found.kind, count=found.count, days=found.days, key=self._key, taken=self._taken
            )
            self.update(Content(sentence))

    def _say(self) -> None:
        self.set_class(self.offered, "-offered")
        self.set_class(self._taken, "-taken")
        if self.is_mounted:
            self.retranslate(self.t)
