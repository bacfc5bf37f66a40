"""Where in what was found the typed text stands, so that it can be marked; places are characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from concierge.domain.folding import INNER, fold, plain_name, plain_plate
from concierge.domain.household import mask_phone
from concierge.domain.masking import masked_text
from concierge.domain.search_words import HAN, Term

Span = tuple[int, int]
"""From a character to behind another."""
PLACES = "\x1f"
"""Parts the letters of a pinyin key from where they stand; below every letter."""
LONGEST_SNIPPET = 80  # characters
_DOTS = "'`."  # what of ASCII ``plain_name`` leaves out
_MOST_PIECES = 4096
_BEFORE = 10  # characters of a snippet before what was typed
_HAN = re.compile(f"[{HAN}]")
_ALL_HAN = re.compile(f"[{HAN}]+")
_LATIN_WORD = re.compile(rf"[^\W_{HAN}]")


def unit_marks(unit: str, key: str, low: str) -> tuple[Span, ...]:
    """Mark a unit: its beginning, or its room where the room alone was asked for.

    Args:
        unit: such as 3-1201.
        key: the stored one by which it was found; it begins with ``low``, as all that a range of units holds.
        low: the typed unit or its beginning.
    """
    if unit == key:
        return ((0, len(low)),)
    digits = [at for at, character in enumerate(unit) if character != "-"]
    if key == unit.replace("-", ""):
        return ((0, digits[len(low) - 1] + 1),)
    start = len(unit) - len(key)
    return ((start, start + len(low)),)


def name_marks(name: str, key: str, low: str) -> tuple[Span, ...]:
    """Mark a person's or a pet's name where its key, in characters or in pinyin, begins as typed."""
    letters, mark, places = key.partition(PLACES)
    if mark:
        return _pinyin_marks(name, len(low) - letters.startswith(INNER), places)
    wanted, tail = low.removeprefix(INNER), letters.removeprefix(INNER)
    # Most Chinese names are kept as they are, of most Latin ones but capitals and dots are folded away.
    plain = name
    if name.isascii() and not name.endswith(tail):
        plain = name.lower()
        for dot in _DOTS:
            plain = plain.replace(dot, "")
    if plain.endswith(tail):
        start = len(plain) - len(tail)
        return (_place(name, plain, start, start + len(wanted)),)
    wanted = wanted.replace(" ", "")
    folded, at = _folded(name, plain_name)
    start = len(folded) - len(tail.replace(" ", ""))
    if start < 0 or not folded.startswith(wanted, start):
        start = folded.find(wanted)  # a name longer than a key
    return ((at[start], at[start + len(wanted) - 1] + 1),) if start >= 0 and wanted else ()


def _place(name: str, plain: str, start: int, stop: int) -> Span:
    """Give the place in a name of what stands there in it without its dots."""
    if len(plain) == len(name):
        return start, stop
    at = [place for place, character in enumerate(name) if character not in _DOTS]
    return at[start], at[stop - 1] + 1


def _pinyin_marks(name: str, typed: int, places: str) -> tuple[Span, ...]:
    """Mark as many Chinese characters as the typed letters reach into, from the place a key says."""
    whole = _ALL_HAN.fullmatch(name)
    han = range(len(name)) if whole else [found.start() for found in _HAN.finditer(name)]
    first, reached = int(places[0], 16), 0
    while reached < len(places) - 1 and typed > 0:
        reached += 1
        typed -= int(places[reached], 16)
    if not reached or first + reached > len(han):
        return ()
    return ((han[first], han[first + reached - 1] + 1),)


def phone_marks(phone: str, low: str) -> tuple[Span, ...]:
    """Mark the tail of a masked phone.

    Args:
        phone: as kept.
        low: the typed digits, read backwards.
    """
    masked = mask_phone(phone)
    shown = re.sub("[^0-9].*", "", masked[::-1])  # the digits left at its end, backwards
    fits = low.startswith(shown) or shown.startswith(low)
    return ((max(0, len(masked) - len(low)), len(masked)),) if fits else ()


def plate_marks(plate: str, low: str) -> tuple[Span, ...]:
    """Mark the beginning or the end of a number plate; nothing when it is another one's."""
    folded, at = _folded(plate, plain_plate)
    if low.startswith(INNER):
        wanted = low[len(INNER) :][::-1]
        return ((at[-len(wanted)], at[-1] + 1),) if wanted and folded.endswith(wanted) else ()
    return ((at[0], at[len(low) - 1] + 1),) if low and folded.startswith(low) else ()


def word_marks(text: str, asked: Sequence[Term]) -> tuple[Span, ...]:
    """Mark the words of a file that begin as a typed one, and the Chinese runs that were typed."""
    folded, at = _folded(text, fold)
    spans = [
        (at[start], at[stop - 1] + 1)
        for term in asked
        for start, stop in _occurrences(folded, term)
    ]
    return _joined(spans)


def snippet(text: str, asked: Sequence[Term]) -> tuple[str, tuple[Span, ...]]:
    """Cut a text to the part around the typed words, phones in it masked, with that part's marks."""
    line = masked_text(" ".join(text.split()))
    marks = word_marks(line, asked)
    start = max(0, marks[0][0] - _BEFORE) if marks else 0
    head = ".." if start else ""
    part = head + line[start : start + LONGEST_SNIPPET]
    moved = (
        (low - start + len(head), min(high - start + len(head), len(part))) for low, high in marks
    )
    return part, tuple(span for span in moved if span[0] < span[1])


def _occurrences(folded: str, term: Term) -> Iterator[Span]:
    """Find a term; a Chinese run that does not stand there in one piece is found by its twos."""
    if not term.chinese:
        for found in re.finditer(re.escape(term.text), folded):
            if not (found.start() and _LATIN_WORD.match(folded[found.start() - 1])):
                yield found.span()
        return
    whole = [found.span() for found in re.finditer(re.escape(term.text), folded)]
    yield from whole
    if not whole:
        for start in range(len(term.text) - 1):
            pair = re.escape(term.text[start : start + 2])
            yield from (found.span() for found in re.finditer(pair, folded))


def _folded(text: str, how: Callable[[str], str]) -> tuple[str, Sequence[int]]:
    """Fold character by character; beside the folded ones where each came from."""
    pieces = list(map(_pieces(how).__getitem__, text))
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _ in piece]


class _Pieces(dict[str, str]):
    """Characters folded; twenty names are folded at each key, out of few characters."""

    def __init__(self, how: Callable[[str], str]) -> None:
        super().__init__()
        self._how = how

    def __missing__(self, character: str) -> str:
        if len(self) >= _MOST_PIECES:
            self.clear()
        piece = self[character] = self._how(character)
        return piece


_pieces = cache(_Pieces)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Put spans in order and join those that touch."""
    joined: list[Span] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)
