"""Frozen views of a household in short: the card."""

from __future__ import annotations

from dataclasses import dataclass

from concierge.services.views import BoardRow


@dataclass(frozen=True, slots=True)
class MemberView:
    """A person of a household."""

    name: str
    relation: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """The household card; phones are shown masked unless asked for."""

    id: int
    unit: str
    members: tuple[MemberView, ...]
    plates: tuple[str, ...]
    notes: str | None
    open_tickets: tuple[BoardRow, ...]
    tickets_90_days: int
