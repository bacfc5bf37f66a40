"""A handover for a program: stable keys, instants in ISO 8601."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from concierge.cli.call import Call
from concierge.services.handover_views import HandoverView

_INSTANTS = frozenset({
    "at", "acknowledged_at", "agreed_at", "begun_at", "due_at", "next_until", "reviewed_at",
    "signed_at", "started_at",
})  # fmt: skip


def handover_json(call: Call, view: HandoverView) -> dict[str, Any]:
    """Every field of the view under its name."""
    said: dict[str, Any] = _plain(call, asdict(view))
    return said


def _plain(call: Call, value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: call.iso(each) if name in _INSTANTS else _plain(call, each)
            for name, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(call, each) for each in value]
    return value
