"""What somebody who mistyped a code may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_MOST = 3
_LEAST = 0.6  # of 1, for equal words; below it a guess helps nobody


def nearest(typed: str, codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that look like what was typed, the likeliest first; none when nothing does."""
    return tuple(get_close_matches(typed.strip().casefold(), list(codes), n=_MOST, cutoff=_LEAST))


def nearest_first(typed: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Every code, those that look like what was typed before the others."""
    known = tuple(codes)
    return tuple(dict.fromkeys((*nearest(typed, known), *known)))
