"""Cleaning what people typed, and remembering whether anything was taken out."""

from __future__ import annotations

from concierge.domain.typed_text import clean, clean_line, is_blank

WORDS_LIMIT = 4000
LINE_LIMIT = 200


class Cleaner:
    """Cleans what was typed and remembers whether anything was taken out."""

    def __init__(self) -> None:
        self.changed = False

    def text(self, text: str) -> str:
        """Several lines."""
        cleaned = clean(text, limit=WORDS_LIMIT)
        self.changed |= cleaned.changed
        return cleaned.text

    def line(self, text: str | None) -> str | None:
        """One line, or None for nothing."""
        if text is None:
            return None
        cleaned = clean_line(text, limit=LINE_LIMIT)
        self.changed |= cleaned.changed
        return None if is_blank(cleaned.text) else cleaned.text
