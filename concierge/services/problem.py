"""What a proof of the store finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold; ``event`` is where the log says otherwise, if it does."""

    event: int | None
    kind: str
    detail: str
