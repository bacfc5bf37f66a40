"""A handover for a program: stable keys, instants in ISO 8601."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from concierge.cli.call import Call
from concierge.export.json_times import timed
from concierge.services.handover_views import HandoverView


def handover_json(call: Call, view: HandoverView) -> dict[str, Any]:
    """Every field of the view under its name."""
    assert call.zone is not None
    said: dict[str, Any] = timed(asdict(view), call.zone)
    return said
