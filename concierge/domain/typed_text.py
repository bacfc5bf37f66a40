"""Text that people typed: what could steer a terminal or reorder a line is taken out, all else is kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from concierge.domain.refusal import Refusal

LONGEST_WORDS = 4000
"""Characters of a resident's own words."""

# C0 but newline and tab, DEL, C1; the bidi controls; lone surrogates, which no file can hold.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BREAK = re.compile("[\n\t\u2028\u2029]")
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text that is safe to keep; ``changed`` tells whether anything was taken out or replaced."""

    text: str
    changed: bool


def clean(text: str, *, limit: int = LONGEST_WORDS, lines: bool = True) -> Cleaned:
    """Take out control characters but newline and tab, bidi controls and lone surrogates.

    Args:
        text: as typed or read; nothing is normalised or stripped, so CRLF becomes LF and the rest stays.
        limit: characters that may remain.
        lines: False for a field of one line: newline and tab become blanks.

    Raises:
        Refusal: ``text.too-long`` (limit, length), counted after cleaning.
    """
    kept = _UNSAFE.sub("", text)
    if not lines:
        kept = _BREAK.sub(" ", kept)
    if len(kept) > limit:
        raise Refusal("text.too-long", limit=limit, length=len(kept))
    return Cleaned(kept, kept != text)


def clean_line(text: str, *, limit: int = LONGEST_WORDS) -> Cleaned:
    """Clean a field of one line: as `clean`, and newline and tab become blanks.

    Args:
        text: as typed or read.
        limit: characters that may remain.

    Raises:
        Refusal: ``text.too-long`` (limit, length).
    """
    return clean(text, limit=limit, lines=False)


def is_blank(text: str) -> bool:
    """Tell whether nothing in the text can be seen: blanks, zero-width and control characters only."""
    return all(unicodedata.category(character) in _UNSEEN for character in text)
