"""Finding what people who moved out left in texts: names, phones, plates, and how they were addressed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from concierge.domain.folding import plain_plate
from concierge.domain.forms_of_address import AFTER, BEFORE
from concierge.domain.household import phone_digits
from concierge.domain.household_file import MASK

_SHORTEST_NAME = 2  # characters: a single one stands in too many words
_SHORTEST_PHONE = 7  # digits
_SHORTEST_PLATE = 5  # letters and digits
_BETWEEN = r"[ ().-]*"  # digits of one number may be written apart
_BETWEEN_PLATE = r"[ ·•.-]*"
_FULL_WIDTH = 0xFF01 - ord("!")
_AFTER = f"(?:{'|'.join(AFTER)})"
_BEFORE = rf"(?:{'|'.join(BEFORE)})\.?[ ]?"
_HAN = re.compile(r"[^\x00-\u02ff]+")


@dataclass(frozen=True, slots=True)
class Traces:
    """By what people are known: names as written, phones as digits, plates as letters and digits.

    ``surnames`` and ``salutations`` are how they are addressed: many a flat has its 王先生, so these tell
    somebody in the words about one flat only.
    """

    names: frozenset[str]
    phones: frozenset[str]
    plates: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    salutations: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        names: Iterable[str | None],
        phones: Iterable[str | None],
        *,
        plates: Iterable[str | None] = (),
        surnames: Iterable[str] = (),
        salutations: Iterable[str | None] = (),
    ) -> Traces:
        """From any spelling; what is too short to tell anybody by is left out."""
        digits = {re.sub("[^0-9]", "", phone_digits(phone)) for phone in phones if phone}
        marks = {plain_plate(plate) for plate in plates if plate}
        return cls(
            _long(names, _SHORTEST_NAME),
            frozenset(number for number in digits if len(number) >= _SHORTEST_PHONE),
            frozenset(mark for mark in marks if len(mark) >= _SHORTEST_PLATE),
            frozenset(name for name in surnames if _HAN.fullmatch(name) or len(name) > 1),
            _long(salutations, _SHORTEST_NAME),
        )

    def anywhere(self) -> Traces:
        """Without what tells somebody in the words about one flat only."""
        return replace(self, surnames=frozenset(), salutations=frozenset())

    def without(self, phones: frozenset[str], plates: frozenset[str]) -> Traces:
        """Without phones and plates that somebody else has too."""
        return replace(self, phones=self.phones - phones, plates=self.plates - plates)

    def is_certain(self, text: str | None) -> bool:
        """Whether a phone or a plate stands in a text, in one piece or apart: nobody else has these."""
        found = _certain(self.phones, self.plates)
        return found is not None and text is not None and found.search(text) is not None

    def has_phone(self, text: str | None) -> bool:
        """Whether one of the phones stands in a text, its digits together or apart."""
        found = _certain(self.phones, frozenset())
        return found is not None and text is not None and found.search(text) is not None

    def in_text(self, text: str | None) -> bool:
        """Whether anything of them stands in a text."""
        found = _anything(self)
        if found is None or not text:
            return False
        return found.search(text) is not None or (
            not text.isascii() and found.search(text.casefold()) is not None
        )

    def masked(self, text: str) -> str:
        """The text with everything of them masked."""
        found = _anything(self)
        return text if found is None else found.sub(MASK, text)

    def is_of(self, name: str | None, phone: str | None) -> bool:
        """Whether a caller is one of them."""
        return (name or "").strip() in self.names or self.has_phone(phone)


def _long(texts: Iterable[str | None], least: int) -> frozenset[str]:
    return frozenset(kept for text in texts if text and len(kept := text.strip()) >= least)


@lru_cache(maxsize=64)
def _certain(phones: frozenset[str], plates: frozenset[str]) -> re.Pattern[str] | None:
    return _either([*map(_apart, _longest(phones)), *map(_plate, _longest(plates))])


@lru_cache(maxsize=64)
def _anything(traces: Traces) -> re.Pattern[str] | None:
    """One pattern for all; of two that begin at the same place the longer comes first."""
    names = {*traces.names, *(name.casefold() for name in traces.names), *traces.salutations}
    return _either([
        *map(re.escape, _longest(names)),
        *map(_apart, _longest(traces.phones)),
        *map(_plate, _longest(traces.plates)),
        *map(_addressed, _longest(traces.surnames)),
    ])  # fmt: skip


def _either(patterns: Iterable[str]) -> re.Pattern[str] | None:
    either = "|".join(patterns)
    return re.compile(either, re.IGNORECASE) if either else None


def _longest(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))


def _addressed(surname: str) -> str:
    """A pattern for 王先生 or Mr Wang; a surname alone stands in too many words."""
    if _HAN.fullmatch(surname):
        return re.escape(surname) + _AFTER
    return rf"\b{_BEFORE}{re.escape(surname)}\b"


def _apart(number: str) -> str:
    """A pattern for a number whose digits may be of full width, and written apart."""
    return _BETWEEN.join(map(_wide, number))


def _plate(plate: str) -> str:
    """A pattern for a plate whose parts may be written apart; people leave its province out."""
    letters = [character for character in plate if character.isascii()]
    parts = (re.escape(each) for each in plate if not each.isascii())
    before = "".join(f"(?:{each}{_BETWEEN_PLATE})?" for each in parts)
    if len(letters) < _SHORTEST_PLATE:
        return _BETWEEN_PLATE.join(map(re.escape, plate))
    inner = _BETWEEN_PLATE.join(map(_wide, letters))
    return rf"{before}(?<![0-9A-Za-z]){inner}(?![0-9A-Za-z])"


def _wide(character: str) -> str:
    """A letter or digit of either width."""
    return f"[{re.escape(character)}{chr(ord(character) + _FULL_WIDTH)}]"
