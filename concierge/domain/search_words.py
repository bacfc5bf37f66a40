"""The words of a text as a search takes them: Chinese runs, Latin words, numbers that are no phone's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from concierge.domain.folding import fold

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, for the inside of a pattern's brackets."""
PHONE_LIKE = re.compile(r"(?<!\d)(?!\d{4}-\d\d?-\d\d?(?!\d))\+?\d(?:[ ().-]?\d){6,}")
"""Seven digits or more that are no date: taken for a phone, neither kept as a word nor shown."""
_TERM = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_CHINESE = re.compile(rf"[{HAN}]")
_SHORTEST_WORD, _SHORTEST_NUMBER = 2, 3


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text, folded; ``chinese`` when it is a run of Chinese characters without a gap."""

    text: str
    chinese: bool


def terms(text: str) -> Iterator[Term]:
    """Give the words of a text in order; single letters, short numbers and phones are none."""
    for found in _TERM.finditer(PHONE_LIKE.sub(" ", fold(text))):
        word = found[0]
        if _CHINESE.match(word):
            yield Term(word, chinese=True)
        elif word.isdecimal():
            if len(word) >= _SHORTEST_NUMBER:
                yield Term(word, chinese=False)
        elif len(word) >= _SHORTEST_WORD:
            yield Term(word, chinese=False)
