"""A paper or view as JSON: every instant is ISO 8601 with the property's offset."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

from concierge.domain.instants import iso

_INSTANTS = frozenset({
    "acknowledged_at", "agreed_at", "at", "before_start", "begun_at", "due_at", "end", "ended_at",
    "fired_at", "met_at", "next_until", "planned_from", "planned_until", "reviewed_at", "signed_at",
    "start", "started_at", "until",
})  # fmt: skip


def written(values: dict[str, Any], zone: str) -> str:
    """A JSON file.

    Args:
        values: plain values.
        zone: the property's, by name.
    """
    return json.dumps(timed(values, ZoneInfo(zone)), ensure_ascii=False, indent=2) + "\n"


def timed(value: Any, zone: ZoneInfo) -> Any:
    """The same values with every instant as text.

    Args:
        value: plain values; the keys tell which of the numbers are instants.
        zone: the property's.
    """
    if isinstance(value, dict):
        return {
            key: iso(item, zone)
            if key in _INSTANTS and isinstance(item, int)
            else timed(item, zone)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [timed(item, zone) for item in value]
    return value
