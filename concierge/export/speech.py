"""Saying things in every language of a paper."""

from __future__ import annotations

from collections.abc import Callable

from concierge.export.document import Said, Span
from concierge.language.dates import duration
from concierge.language.translator import Language, language


def colon(codes: tuple[str, ...]) -> str:
    """What parts a name from what it names: as the language writes it that stands last, and so before it."""
    t = language(codes[-1])
    return t(": ")


class Speech:
    """Says things in every language of the paper; used like a ``Language``.

    Args:
        codes: the languages, in the order in which they are read.
    """

    __slots__ = ("codes", "languages")

    def __init__(self, codes: tuple[str, ...]) -> None:
        self.codes = codes
        self.languages = tuple(language(code) for code in codes)

    def __call__(self, msgid: str, /, **values: object) -> Said:
        """A sentence of the catalogue; only figures may be put in."""
        return self.each(lambda t: t(msgid, **values))

    def plural(self, one: str, many: str, n: int, /, **values: object) -> Said:
        """The sentence for ``n`` things."""
        return self.each(lambda t: t.plural(one, many, n, **values))

    def each(self, say: Callable[[Language], str], *, plain: bool = True) -> Said:
        """What ``say`` makes of each language; not ``plain`` when it puts in what people typed."""
        return Said(tuple((t.code, say(t)) for t in self.languages), plain)

    def span(self, seconds: int) -> Span:
        """A length of time, its sign left out."""
        return Span(abs(seconds), self.each(lambda t: duration(t, seconds)))
