"""Finding what people who moved out left in texts: names, phones, plates, and how they were addressed.

What tells them depends on where it stands:

- A phone or a plate tells them anywhere, for nobody else has these.
- A whole name tells them near their flat and where no household is concerned: elsewhere somebody else may have
  it. A Chinese name is one in Latin letters too (Wang Guohua, guohua wang, wangguohua), and a given name of two
  characters or syllables before a form of address (国华阿姨).
- A surname with a form of address (王先生), a salutation, and a given name alone (国华) tell them near
  their flat only: many a flat has its 王先生, and 和平 is a word as well.

A text is near their flat when it is about it, when the unit itself stands in it, or when the room alone stands
right beside a whole name of theirs (楼下1201王建国家). Whatever else may name them
is for a person to look at (``Traces.may_name``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from concierge.domain.folding import plain_plate
from concierge.domain.household import phone_digits
from concierge.domain.household_file import MASK
from concierge.domain.trace_patterns import (
    HAN,
    SHORTEST_PLATE,
    Spoken,
    addressed,
    apart,
    either,
    given_addressed,
    given_alone,
    given_spelled,
    plate,
    room_named,
    spelled,
    unit_said,
)

_SHORTEST_NAME = 2  # characters: a single one stands in too many words
_SHORTEST_PHONE = 7  # digits


@dataclass(frozen=True, slots=True)
class Traces:
    """By what people are known: names as written, phones as digits, plates as letters and digits.

    ``spoken`` are readings of their Chinese names, ``given`` their given names of two characters, ``surnames``
    and ``salutations`` how they are addressed, ``unit`` is where they lived. ``afar`` is for texts that are not
    about that flat.
    """

    names: frozenset[str]
    phones: frozenset[str]
    plates: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    salutations: frozenset[str] = frozenset()
    spoken: frozenset[Spoken] = frozenset()
    given: frozenset[str] = frozenset()
    unit: str | None = None
    afar: bool = False

    @classmethod
    def of(
        cls,
        names: Iterable[str | None],
        phones: Iterable[str | None],
        *,
        plates: Iterable[str | None] = (),
        surnames: Iterable[str] = (),
        salutations: Iterable[str | None] = (),
        spoken: Iterable[Spoken] = (),
        given: Iterable[str] = (),
        unit: str | None = None,
    ) -> Traces:
        """From any spelling; what is too short to tell anybody by is left out."""
        digits = {re.sub("[^0-9]", "", phone_digits(phone)) for phone in phones if phone}
        marks = {plain_plate(plate) for plate in plates if plate}
        return cls(
            _long(names, _SHORTEST_NAME),
            frozenset(number for number in digits if len(number) >= _SHORTEST_PHONE),
            frozenset(mark for mark in marks if len(mark) >= SHORTEST_PLATE),
            frozenset(name for name in surnames if HAN.fullmatch(name) or len(name) > 1),
            _long(salutations, _SHORTEST_NAME),
            frozenset(name for name in spoken if all(name)),
            _long(given, _SHORTEST_NAME),
            unit,
        )

    def anywhere(self) -> Traces:
        """For texts that are not about the flat, unless it stands in them."""
        return replace(self, afar=True)

    def without(self, phones: frozenset[str], plates: frozenset[str]) -> Traces:
        """Without phones and plates that somebody else has too."""
        return replace(self, phones=self.phones - phones, plates=self.plates - plates)

    def tell_somebody(self) -> bool:
        """Whether anybody can be known by them at all."""
        return any((self.names, self.phones, self.plates, self.salutations))

    def is_certain(self, text: str | None) -> bool:
        """Whether a phone or a plate stands in a text, in one piece or apart: nobody else has these."""
        return _stands(_certain(self.phones, self.plates), text)

    def tells(self, text: str | None) -> bool:
        """Whether a text tells them wherever it stands: by phone or plate, or by anything beside their unit."""
        return self.is_certain(text) or (self._is_near(text) and self.in_text(text))

    def has_phone(self, text: str | None) -> bool:
        """Whether one of the phones stands in a text, its digits together or apart."""
        return _stands(_certain(self.phones, frozenset()), text)

    def in_text(self, text: str | None) -> bool:
        """Whether anything of them stands in a text."""
        return _stands(_anything(self._for(text)), text)

    def may_name(self, text: str | None) -> re.Match[str] | None:
        """Where a text names them or somebody of the same name, whole or given."""
        found = _named(self)
        return found.search(text) if found is not None and text else None

    def is_like(self, name: str) -> bool:
        """Whether somebody of this name is called as one of them is."""
        return self.may_name(name) is not None or any(given in name for given in self.given)

    def is_worth_a_look(self, text: str | None) -> bool:
        """Whether anything of them may stand in a text; where this says no nothing does."""
        return _stands(_certain(self.phones, self.plates), text) or (
            self.may_name(text) is not None or self.in_text(text)
        )

    def masked(self, text: str) -> str:
        """The text with everything of them masked."""
        found = _anything(self._for(text))
        return text if found is None else found.sub(MASK, text)

    def is_of(self, name: str | None, phone: str | None) -> bool:
        """Whether a caller is one of them."""
        said = (name or "").strip()
        spoken = _spelled(self.spoken)
        return (
            said in self.names
            or self.has_phone(phone)
            or (spoken is not None and spoken.fullmatch(said) is not None)
        )

    def _is_near(self, text: str | None) -> bool:
        if not text or self.unit is None:
            return False
        return _unit(self.unit).search(text) is not None or _stands(_in_room(self), text)

    def _for(self, text: str | None) -> Traces:
        """What tells them in this very text."""
        return replace(self, afar=False) if self.afar and self._is_near(text) else self


def _stands(found: re.Pattern[str] | None, text: str | None) -> bool:
    if found is None or not text:
        return False
    return found.search(text) is not None or (
        not text.isascii() and found.search(text.casefold()) is not None
    )


def _long(texts: Iterable[str | None], least: int) -> frozenset[str]:
    return frozenset(kept for text in texts if text and len(kept := text.strip()) >= least)


_unit = lru_cache(maxsize=64)(unit_said)


@lru_cache(maxsize=64)
def _certain(phones: frozenset[str], plates: frozenset[str]) -> re.Pattern[str] | None:
    return either([*map(apart, _longest(phones)), *map(plate, _longest(plates))])


@lru_cache(maxsize=64)
def _spelled(spoken: frozenset[Spoken]) -> re.Pattern[str] | None:
    return either(map(spelled, sorted(spoken)))


@lru_cache(maxsize=64)
def _in_room(traces: Traces) -> re.Pattern[str] | None:
    """Whole names beside the room: few who are called the same live behind the same number."""
    names = "|".join(_whole(traces))
    return either([room_named(traces.unit, names)] if traces.unit and names else [])


@lru_cache(maxsize=64)
def _named(traces: Traces) -> re.Pattern[str] | None:
    """Whole names and given ones, whosever they are."""
    return either([*_whole(traces), *_alone(traces)])


@lru_cache(maxsize=64)
def _anything(traces: Traces) -> re.Pattern[str] | None:
    """One pattern for all; of two that begin at the same place the longer comes first."""
    near = [] if traces.afar else [*map(addressed, _longest(traces.surnames)), *_alone(traces)]
    whole = _whole(traces) if traces.afar else _whole(traces, *traces.salutations)
    return either([
        *whole,
        *map(apart, _longest(traces.phones)),
        *map(plate, _longest(traces.plates)),
        *map(given_addressed, _longest(traces.given)),
        *near,
    ])  # fmt: skip


def _whole(traces: Traces, *more: str) -> Iterator[str]:
    names = {*traces.names, *(name.casefold() for name in traces.names), *more}
    yield from map(re.escape, _longest(names))
    yield from map(spelled, sorted(traces.spoken))


def _alone(traces: Traces) -> Iterator[str]:
    """Given names; in Latin letters of two syllables only, for a single one is in too many words."""
    yield from map(given_alone, _longest(traces.given))
    yield from (
        given_spelled(given)
        for given in sorted({given for _, given in traces.spoken})
        if len(given) > 1
    )


def _longest(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))
