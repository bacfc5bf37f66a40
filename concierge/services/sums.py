"""Figures by any key as lists of numbers, summed up from one key to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from concierge.services.report_views import Totals
from concierge.services.summary import Hour

FIELDS = tuple(field.name for field in fields(Totals))
"""The figures in the order in which they stand in a list."""
_OF_HOUR = tuple(FIELDS.index(name) for name in ("received", "met", "broken"))


class Sums(defaultdict[Any, list[int]]):
    """By key a list of figures, in the order of ``FIELDS``."""

    def __init__(self) -> None:
        super().__init__(lambda: [0] * len(FIELDS))


def folded(sums: Sums, key: Callable[[Any], Any]) -> Sums:
    """Figures summed up by what ``key`` makes of their keys."""
    found = Sums()
    for each, row in sums.items():
        into = found[key(each)]
        for nth, figure in enumerate(row):
            into[nth] += figure
    return found


def totals_of(sums: Sequence[int]) -> Totals:
    """Figures in the order of ``FIELDS`` as a value."""
    return Totals(*sums)


def hour_from(start: int, sums: Sequence[int]) -> Hour:
    """What a picture shows of the figures of an hour or a day that began at an instant."""
    return Hour(start, *(sums[nth] for nth in _OF_HOUR))
