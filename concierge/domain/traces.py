"""Finding what people who moved out left in texts: their names and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from concierge.domain.household import phone_digits
from concierge.domain.household_file import MASK

_SHORTEST_NAME = 2  # characters: a single one stands in too many words
_SHORTEST_PHONE = 7  # digits
_BETWEEN = r"[ ().-]*"  # digits of one number may be written apart

_FULL_WIDTH = 0xFF10 - ord("0")


@dataclass(frozen=True, slots=True)
class Traces:
    """By what people are known: names as written, phones as digits."""

    names: frozenset[str]
    phones: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str | None], phones: Iterable[str | None]) -> Traces:
        """From names and phones in any spelling; what is too short to tell anybody by is left out."""
        kept = {name.strip() for name in names if name}
        digits = {re.sub("[^0-9]", "", phone_digits(phone)) for phone in phones if phone}
        return cls(
            frozenset(name for name in kept if len(name) >= _SHORTEST_NAME),
            frozenset(number for number in digits if len(number) >= _SHORTEST_PHONE),
        )

    def has_phone(self, text: str | None) -> bool:
        """Whether one of the phones stands in a text, its digits together or apart."""
        return any(re.search(_apart(number), text or "") for number in self.phones)

    def in_text(self, text: str | None) -> bool:
        """Whether one of the names or phones stands in a text."""
        said = (text or "").casefold()
        return any(name.casefold() in said for name in self.names) or self.has_phone(text)

    def masked(self, text: str) -> str:
        """The text with every name and phone masked."""
        for name in sorted(self.names, key=len, reverse=True):
            text = re.sub(re.escape(name), MASK, text, flags=re.IGNORECASE)
        for number in self.phones:
            text = re.sub(_apart(number), MASK, text)
        return text

    def is_of(self, name: str | None, phone: str | None) -> bool:
        """Whether a caller is one of them."""
        return (name or "").strip() in self.names or self.has_phone(phone)


def _apart(number: str) -> str:
    """A pattern for a number whose digits may be of full width, and written apart."""
    return _BETWEEN.join(f"[{digit}{chr(ord(digit) + _FULL_WIDTH)}]" for digit in number)
