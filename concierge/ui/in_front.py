"""What is in front: the matter or household that a line of the running log can be about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InFront:
    """A ticket by its number, a unit, or both.

    ``tied``: whether a line is about it unless somebody says otherwise. On a list a cursor is always
    somewhere; that alone makes nothing the subject.
    """

    ticket: str | None = None
    unit: str | None = None
    tied: bool = True

    @property
    def words(self) -> str:
        """The number and the unit."""
        return "  ".join(filter(None, (self.ticket, self.unit)))
