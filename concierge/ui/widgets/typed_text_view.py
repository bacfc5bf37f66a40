"""The one place where text that people typed becomes something to show: never as markup."""

from __future__ import annotations

import re

from textual.content import Content
from textual.widgets import Static

# Everything but newline and tab that would move the cursor or turn the direction of writing.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def typed(text: str) -> Content:
    """Text people typed, for any widget that takes content.

    Brackets stay brackets, escapes are taken out.
    """
    return Content(_UNSAFE.sub("", text))


class TypedTextView(Static):
    """Shows words exactly as they were typed, wrapped, over as many lines as they need."""

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(typed(text), id=id, classes=classes, markup=False)

    def show(self, text: str) -> None:
        """Show other words."""
        self.update(typed(text))
