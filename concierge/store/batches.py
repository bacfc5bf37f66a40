"""Many values for one question, in portions that a statement takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value", int, str)

AT_ONCE = 500
"""Values in one statement: far below what any store allows."""


def batches(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Each value once, in order, in lists short enough for one question."""
    rest = iter(sorted(set(values)))
    while some := list(islice(rest, AT_ONCE)):
        yield some
