"""A fast no: whether a text can hold anything of some people at all, for a look through a whole store."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from concierge.domain.trace_patterns import HAN, apart, plate_marks, wide
from concierge.domain.traces import Traces

SEPARATOR = "\n"
"""Between texts: nothing that tells somebody goes over a line."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What stands in every text that speaks of people: a name, the syllables of one, a number.

    ``literals`` have no capitals, as Chinese; ``folded`` are groups of which all stand in the text without
    regard to case.
    """

    literals: tuple[str, ...]
    folded: tuple[tuple[str, ...], ...]
    numbers: re.Pattern[str] | None

    @classmethod
    def of(cls, traces: Traces) -> Hints:
        """What ``traces`` cannot be without; their forms of address count beside their unit only."""
        names = {*traces.names, *filter(HAN.fullmatch, traces.given)}
        # Cyrillic and Greek have capitals as Latin has, and full-width letters too.
        han = {name for name in names if name == name.casefold() == name.upper()}
        other = {(name.casefold(),) for name in names - han}
        # What is spelled has its syllables; ü is typed in many ways: the letters before it count.
        spoken = {
            tuple(sorted({syllable.partition("v")[0] for syllable in given} - {""}))
            for _, given in traces.spoken
        }
        rooms = [traces.unit.split("-")[-1]] if traces.unit else []
        numbers = [
            *map(apart, sorted(traces.phones)),
            *map(plate_marks, sorted(traces.plates)),
            *("".join(map(wide, room)) for room in rooms),
        ]
        return cls(
            tuple(sorted(each for each in han if not any(e != each and e in each for e in han))),
            tuple(sorted(other | spoken)),
            re.compile("|".join(numbers), re.IGNORECASE) if numbers else None,
        )

    def rows(self, texts: Sequence[str]) -> set[int]:
        """The places of those texts that are worth a closer look; thousands at once cost as few do."""
        block, found = SEPARATOR.join(texts), set[int]()
        for literal in self.literals:
            if literal in block:
                found.update(place for place, text in enumerate(texts) if literal in text)
        if self.numbers is not None and self.numbers.search(block):
            found.update(place for place, text in enumerate(texts) if self.numbers.search(text))
        folded = block.casefold()
        if any(all(part in folded for part in group) for group in self.folded):
            each = [text.casefold() for text in texts]
            for group in self.folded:
                found.update(
                    place for place, text in enumerate(each) if all(part in text for part in group)
                )
        return found
