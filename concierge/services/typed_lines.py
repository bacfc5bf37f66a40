"""Cleaning what people typed, and remembering whether anything was taken out."""

from __future__ import annotations

from concierge.domain.refusal import Refusal
from concierge.domain.typed_text import LONGEST_WORDS, clean, clean_line, is_blank

LINE_LIMIT = 200


class Cleaner:
    """Cleans what was typed and remembers whether anything was taken out."""

    def __init__(self) -> None:
        self.changed = False

    def text(self, text: str) -> str:
        """Several lines."""
        cleaned = clean(text, limit=LONGEST_WORDS)
        self.changed |= cleaned.changed
        return cleaned.text

    def line(self, text: str | None) -> str | None:
        """One line, or None for nothing."""
        if text is None:
            return None
        cleaned = clean_line(text, limit=LINE_LIMIT)
        self.changed |= cleaned.changed
        return None if is_blank(cleaned.text) else cleaned.text


def cleaned_text(text: str | None) -> str | None:
    """Typed text of several lines without control characters, None for nothing."""
    said = clean(text or "", limit=LONGEST_WORDS).text
    return None if is_blank(said) else said


def cleaned_line(text: str | None, *, limit: int = LINE_LIMIT) -> str | None:
    """One typed line without control characters, None for nothing."""
    said = clean_line(text or "", limit=limit).text
    return None if is_blank(said) else said


def needed_line(text: str | None, code: str, *, limit: int = LINE_LIMIT) -> str:
    """A line that has to be given.

    Raises:
        Refusal: ``code`` when it is blank.
    """
    said = cleaned_line(text, limit=limit)
    if said is None:
        raise Refusal(code)
    return said
