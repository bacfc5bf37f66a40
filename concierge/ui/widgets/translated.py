"""The pattern by which every widget and screen follows a switch of language in place."""

from __future__ import annotations

from typing import Protocol, cast

from textual.widget import Widget

from concierge.language.translator import Language, language


class Speaks(Protocol):
    """What ``self.app`` is for a widget that follows the language."""

    language: str


class Translated:
    """A mixin, named before the widget.

    Its own words follow ``app.language``, what people typed is left alone.

    ``retranslate`` runs once when the widget is mounted and again at every switch, with the
    widget's focus and contents as they are: set labels and placeholders there; a widget that only
    renders with ``t`` needs nothing.
    """

    # No widget itself: of several widget bases Textual takes the style sheet rules of the first
    # alone.

    @property
    def t(self) -> Language:
        """The translator of the app's present language."""
        return language(cast(Speaks, cast(Widget, self).app).language)

    def on_mount(self) -> None:
        """Follow the language from now on."""
        widget = cast(Widget, self)
        widget.watch(widget.app, "language", self._language_switched)

    def _language_switched(self, code: str) -> None:
        self.retranslate(language(code))

    def retranslate(self, t: Language) -> None:
        """Say everything again in another language; the plain case is to paint again."""
        cast(Widget, self).refresh()
