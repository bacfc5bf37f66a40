"""A shift's summary as JSON for other programs.

Keys of ``concierge.shift-summary/2``, in this order:

- ``schema``, ``languages``, ``masked`` (whether phones and the like in typed texts are masked), ``property``,
  ``rehearsal``, ``desk``, ``shift``, ``state`` (open or closed), ``staff``, ``started_at``, ``ended_at`` (null
  while it runs), ``until`` (the instant of the figures), ``zone``
- ``planned_from``, ``planned_until``, ``taken_from``, ``handed_to``, ``ended_how`` (handover, absent, alone or
  null), ``end_reason``, ``forgotten`` (its end was found at the next start), ``singly`` and ``grouped``
  (matters acknowledged at the handover one by one, and together)
- ``story``: by language, the paragraph for people; ``needs_decision``: ticket numbers under ``nobody_told``,
  ``not_acknowledged`` and ``overdue``; items under ``counts_differ``
- ``received``: ``kind``, ``category``, ``name`` (by language), ``count``, ``on_the_spot``; ``logged_late``
- ``kept``: ``clock``, ``met``, ``broken``, ``median_margin`` (seconds that were left in the median, or null)
- ``hours``: ``start``, ``received``, ``met``, ``broken``
- ``broken``: ``number``, ``unit``, ``place``, ``category``, ``clock``, ``due_at``, ``met_at`` (null while still
  open), ``late_seconds`` (up to ``until`` while still open), ``cause``
- ``warnings``; ``rungs``: ``rung``, ``fired``, ``acknowledged``, ``median_seconds`` (until then, or null)
- ``escalated``: ``number``, ``unit``, ``place``, ``category``, ``clock``, ``rung``, ``to`` (a role), ``people``
  (empty means nobody), ``due_at``, ``fired_at``, ``by_hand``, ``acknowledged_at``, ``acknowledged_by``
- ``closed``, ``cancelled``; ``carried``: ``number``, ``kind``, ``category``, ``grade``, ``unit``, ``place``,
  ``words`` (as spoken), ``step``, ``due_at``, ``to_be_agreed``, ``overdue``, ``assignee``
- ``timeline``: ``at``, ``what`` (received, broken, met-late, escalated, acknowledged, told, note, handover or
  count), ``number``, ``unit``, ``place``, ``category``, ``clock``, ``rung``, ``role``, ``who``, ``text``,
  ``item``, ``expected`` and ``counted`` (of a count that differs); ``left_out``: lines that were too many
- ``withheld``: matters about members of staff, which are counted above and stand in no list
- ``notes``: ``at``, ``staff``, ``text``, ``flag`` (next, director, thanks or null), ``unit``, ``number``
- ``counts``: ``item``, ``names`` (by language), ``expected`` (or null), ``counted``, ``word``
- ``signatures``: ``part`` (outgoing, incoming or review), ``name``, ``at``, ``how`` (name or pin)
- ``log``: ``events``, ``head`` (the hash of the last one), ``signed`` (the summary's own hash, null before)

Times are ISO 8601 with the offset of ``zone``. A key may be added; none changes its meaning under this name.
Version 1 had neither ``masked``, ``hours``, ``rungs``, ``timeline``, ``counts``, ``signatures`` nor the keys of
the handover.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from concierge.export.json_times import written
from concierge.export.speech import Speech
from concierge.export.story import story
from concierge.export.waiting import late_seconds, waiting
from concierge.services.summary import Broken, ShiftSummary

SCHEMA = "concierge.shift-summary/2"


def text(summary: ShiftSummary, languages: tuple[str, ...], *, masked: bool) -> str:
    """The summary as one JSON file.

    Args:
        summary: what happened, cleaned.
        languages: as for ``concierge.export.render``.
        masked: whether what is sensitive in it was masked.
    """
    values = {"schema": SCHEMA, "languages": list(languages), "masked": masked}
    values |= _told(summary, languages) | _listed(summary)
    return written(values, summary.zone)


def _told(summary: ShiftSummary, languages: tuple[str, ...]) -> dict[str, Any]:
    return {
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
        "planned_from": summary.planned_from,
        "planned_until": summary.planned_until,
        "taken_from": summary.taken_from,
        "handed_to": summary.handed_to,
        "ended_how": summary.ended_how,
        "end_reason": summary.end_reason,
        "forgotten": summary.forgotten,
        "singly": summary.singly,
        "grouped": summary.grouped,
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
    }


def _listed(summary: ShiftSummary) -> dict[str, Any]:
    return {
        "kept": [asdict(row) for row in summary.kept],
        "hours": [asdict(row) for row in summary.hours],
        "broken": [_broken(row, summary.until) for row in summary.broken],
        "warnings": summary.warnings,
        "rungs": [asdict(row) for row in summary.rungs],
        "escalated": [asdict(row) for row in summary.escalated],
        "closed": summary.closed,
        "cancelled": summary.cancelled,
        "carried": [asdict(row) for row in summary.carried],
        "timeline": [asdict(row) for row in summary.timeline],
        "left_out": summary.left_out,
        "withheld": summary.withheld,
        "notes": [asdict(row) for row in summary.notes],
        "counts": [asdict(row) for row in summary.counts],
        "signatures": [asdict(row) for row in summary.signatures],
        "log": {"events": summary.events, "head": summary.head, "signed": summary.signed},
    }


def _needs_decision(summary: ShiftSummary) -> dict[str, list[str]]:
    found = waiting(summary)
    return {
        "nobody_told": list(found.nobody_told),
        "not_acknowledged": list(found.not_acknowledged),
        "overdue": list(found.overdue or ()),
        "counts_differ": [row.item for row in found.differing],
    }


def _names(summary: ShiftSummary, category: str, languages: tuple[str, ...]) -> dict[str, str]:
    names = summary.categories.get(category, {})
    return {code: names.get(code, category) for code in languages}


def _broken(row: Broken, until: int) -> dict[str, Any]:
    values = asdict(row)
    cause = values.pop("cause")
    return values | {"late_seconds": late_seconds(row, until), "cause": cause}
