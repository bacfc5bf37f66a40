"""The summary as JSON for other programs.

Keys of ``concierge.shift-summary/1``, in this order:

- ``schema``, ``languages``, ``property``, ``rehearsal``, ``desk``, ``shift``, ``state`` (open or closed),
  ``staff``, ``started_at``, ``ended_at`` (null while it runs), ``until`` (the instant of the figures), ``zone``
- ``story``: by language, the paragraph for people; ``needs_decision``: ticket numbers under ``nobody_told``,
  ``not_acknowledged`` and ``overdue``
- ``received``: ``kind``, ``category``, ``name`` (by language), ``count``, ``on_the_spot``; ``logged_late``
- ``kept``: ``clock``, ``met``, ``broken``
- ``broken``: ``number``, ``unit``, ``place``, ``category``, ``clock``, ``due_at``, ``met_at`` (null while still
  open), ``late_seconds`` (up to ``until`` while still open), ``cause``
- ``warnings``; ``escalated``: ``number``, ``unit``, ``place``, ``category``, ``clock``, ``rung``, ``to`` (a
  role), ``people`` (empty means nobody), ``due_at``, ``fired_at``, ``by_hand``, ``acknowledged_at``,
  ``acknowledged_by``
- ``closed``, ``cancelled``; ``carried``: ``number``, ``kind``, ``category``, ``grade``, ``unit``, ``place``,
  ``words`` (as spoken), ``step``, ``due_at``, ``to_be_agreed``, ``overdue``, ``assignee``
- ``notes``: ``at``, ``staff``, ``text``; ``log``: ``events`` and ``head``, the hash of the last one

Times are ISO 8601 with the offset of ``zone``. A key may be added; none changes its meaning under this name.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from concierge.export.document import Speech
from concierge.export.story import story
from concierge.services.summary import Broken, Carried, ShiftSummary

SCHEMA = "concierge.shift-summary/1"


def text(summary: ShiftSummary, languages: tuple[str, ...]) -> str:
    """The summary as one JSON file; arguments as ``concierge.export.render``."""
    return json.dumps(_values(summary, languages), ensure_ascii=False, indent=2) + "\n"


def _values(summary: ShiftSummary, languages: tuple[str, ...]) -> dict[str, Any]:
    zone = ZoneInfo(summary.zone)
    values = {
        "schema": SCHEMA,
        "languages": list(languages),
        "property": summary.property_name,
        "rehearsal": summary.rehearsal,
        "desk": summary.desk,
        "shift": summary.shift,
        "state": summary.state,
        "staff": summary.staff,
        "started_at": summary.started_at,
        "ended_at": summary.ended_at,
        "until": summary.until,
        "zone": summary.zone,
        "story": dict(story(Speech(languages), summary).parts),
        "needs_decision": _needs_decision(summary),
        "received": [
            {
                "kind": row.kind,
                "category": row.category,
                "name": _names(summary, row.category, languages),
                "count": row.count,
                "on_the_spot": row.on_the_spot,
            }
            for row in summary.received
        ],
        "logged_late": summary.logged_late,
        "kept": [asdict(row) for row in summary.kept],
        "broken": [_broken(row, summary.until) for row in summary.broken],
        "warnings": summary.warnings,
        "escalated": [asdict(row) for row in summary.escalated],
        "closed": summary.closed,
        "cancelled": summary.cancelled,
        "carried": [_carried(row) for row in summary.carried],
        "notes": [asdict(row) for row in summary.notes],
        "log": {"events": summary.events, "head": summary.head},
    }
    timed: dict[str, Any] = _timed(values, zone)
    return timed


def _needs_decision(summary: ShiftSummary) -> dict[str, list[str]]:
    waiting = [row for row in summary.escalated if row.acknowledged_at is None]
    return {
        "nobody_told": [row.number for row in waiting if not row.people],
        "not_acknowledged": [row.number for row in waiting if row.people],
        "overdue": [row.number for row in summary.carried if row.overdue],
    }


def _names(summary: ShiftSummary, category: str, languages: tuple[str, ...]) -> dict[str, str]:
    names = summary.categories.get(category, {})
    return {code: names.get(code, category) for code in languages}


def _broken(row: Broken, until: int) -> dict[str, Any]:
    values = asdict(row)
    cause = values.pop("cause")
    end = until if row.met_at is None else row.met_at
    return values | {"late_seconds": max(end - row.due_at, 0), "cause": cause}


def _carried(row: Carried) -> dict[str, Any]:
    return asdict(row)


_INSTANTS = frozenset(
    {"started_at", "ended_at", "until", "due_at", "met_at", "fired_at", "acknowledged_at", "at"}
)


def _timed(value: Any, zone: ZoneInfo) -> Any:
    """The same values with every instant as ISO 8601."""
    if isinstance(value, dict):
        return {
            key: datetime.fromtimestamp(item, zone).isoformat()
            if key in _INSTANTS and isinstance(item, int)
            else _timed(item, zone)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_timed(item, zone) for item in value]
    return value
