"""The resident's words: as an argument, or from standard input byte for byte."""

from __future__ import annotations

from typing import BinaryIO

from concierge.domain.refusal import Refusal

# No words are that long; whatever follows is not waited for.
_MOST_BYTES = 8 * 1024 * 1024


def read_words(given: str, stdin: BinaryIO) -> str:
    """What was given, or for ``-`` what comes in by standard input as UTF-8.

    Raises:
        Refusal: ``text.not-utf8``.
    """
    if given != "-":
        return given
    raw = stdin.read(_MOST_BYTES)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        # The end may be cut inside a character when there is far too much of it anyway.
        if len(raw) == _MOST_BYTES:
            return raw.decode(errors="replace")
        raise Refusal("text.not-utf8") from error
