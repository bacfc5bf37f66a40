"""Text brought to what people mean by it: width, case, accents and dots do not count in a search."""

from __future__ import annotations

import re
import unicodedata

INNER = "~"
"""Begins a key that stands inside a name, or a plate read from its end."""
_DOTS = re.compile("['\u2019`\u00b7\u2022\u2027\u30fb.]")
_GAPS = re.compile(r"[\s\-_]+")
_BESIDE_CHINESE = re.compile("(?<=[^\x00-\u02ff]) | (?=[^\x00-\u02ff])")


def fold(text: str) -> str:
    """Fold width, case and accents away: lü is found by lu."""
    if text.isascii():
        return text.lower()
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn"
    )
    return unicodedata.normalize("NFKC", bare).casefold()


def plain_name(name: str) -> str:
    """Fold dots and dashes away too; blanks stay between Latin words only."""
    folded = fold(name)
    if not folded.isprintable():
        folded = "".join(c for c in folded if unicodedata.category(c)[0] != "C" or c in "\t\n")
    words = _GAPS.sub(" ", _DOTS.sub("", folded)).strip()
    return _BESIDE_CHINESE.sub("", words)


def plain_plate(plate: str) -> str:
    """Bring a number plate to its letters and digits, in capitals."""
    folded = unicodedata.normalize("NFKC", plate).upper()
    return "".join(character for character in folded if character.isalnum())
