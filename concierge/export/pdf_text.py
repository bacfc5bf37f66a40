"""Breaking text into lines of a width: Chinese between characters, Latin between words, as print does."""

from __future__ import annotations

import re
from collections.abc import Callable

# Chinese and Japanese characters, full-width forms and their punctuation may be parted from what follows.
_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
_PIECES = re.compile(f"[{_WIDE}]|[^{_WIDE}\\s]+|\\s+")
# What may not begin a line, and what may not end one.
_NOT_FIRST = frozenset("，。、；：！？）》」』】〉”’…,.;:!?)]}%")
_NOT_LAST = frozenset("（《「『【〈“‘([{")


def wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The lines of a text; one without any width or text is a single empty line.

    Args:
        text: as typed; its own line breaks are kept.
        width: of a line, in the units of ``measure``.
        measure: how wide a text is.
    """
    return [line for part in text.split("\n") for line in _lines(part, width, measure)]


def longest_piece(text: str, measure: Callable[[str], float]) -> float:
    """The width of the widest piece that is not broken where it need not be."""
    return max((measure(piece) for piece in _PIECES.findall(text)), default=0.0)


def _lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines, line, wide = [], "", 0.0
    for piece in _joined(_PIECES.findall(text)):
        long = measure(piece)
        if line and wide + long > width:
            if piece.isspace():
                continue
            lines.append(line.rstrip())
            line, wide = "", 0.0
        if not line and long > width:  # one word longer than a line
            *whole, line = _broken(piece, width, measure)
            lines, wide = lines + whole, measure(line)
        elif line or not piece.isspace():
            line, wide = line + piece, wide + long
    return [*lines, line.rstrip()]


def _joined(pieces: list[str]) -> list[str]:
    """The pieces, with punctuation at the character that it may not be parted from."""
    kept: list[str] = []
    for piece in pieces:
        if (
            kept
            and (piece[0] in _NOT_FIRST or kept[-1][-1] in _NOT_LAST)
            and not kept[-1].isspace()
        ):
            kept[-1] += piece
        else:
            kept.append(piece)
    return kept


def _broken(piece: str, width: float, measure: Callable[[str], float]) -> list[str]:
    parts, part, wide = [], "", 0.0
    for character in piece:
        long = measure(character)
        if part and wide + long > width:
            parts.append(part)
            part, wide = "", 0.0
        part, wide = part + character, wide + long
    return [*parts, part]
