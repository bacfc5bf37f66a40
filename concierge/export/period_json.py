"""A period's report as JSON for other programs.

Keys of ``concierge.period-report/1``, in this order:

- ``schema``, ``languages``, ``property``, ``rehearsal``, ``desk`` (null: all), ``zone``, ``first_day`` and
  ``last_day`` (ISO dates, both inclusive), ``start`` and ``end`` (exclusive) of the period, ``before_start``,
  ``until`` (the instant of the figures)
- ``story``: by language, the paragraph for people
- ``totals`` and ``before``: ``received``, ``on_the_spot``, ``logged_late``, ``met``, ``broken``, ``escalated``,
  ``closed``, ``cancelled``, ``major``, ``repairs_met``, ``repairs_broken``, ``lost`` (at handover)
- ``targets``: ``target`` (repairs-in-time), ``clause``, ``percent``, ``met``, ``broken``, ``missed``
- ``received``, ``kept``, ``rungs``: as in a shift's summary
- ``by_category``, ``by_building``, ``by_staff``, ``by_hour``: ``key``, ``name`` (of a category, by language),
  ``totals``, ``before``
- ``days``: ``start``, ``received``, ``met``, ``broken``
- ``shifts``: ``id``, ``desk``, ``staff``, ``started_at``, ``ended_at``, ``received``, ``broken``, ``carried``,
  ``ended_how``, ``signed`` (the hash of its summary); ``carried`` of one that runs is what is open now
- ``standing``: what waits for a decision at the end: ``nobody_told``, ``not_acknowledged`` and ``overdue`` are
  ticket numbers (``overdue`` null: not on record), ``differing`` is as the counts of a shift's summary
- ``open_now``; ``log``: ``head``, the hash of the last event

Times are ISO 8601 with the offset of ``zone``. A key may be added; none changes its meaning under this name.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from concierge.export.json_times import written
from concierge.export.period_story import story
from concierge.export.period_tables import REPAIRS_IN_TIME, misses
from concierge.export.speech import Speech
from concierge.services.report_views import PeriodReport

SCHEMA = "concierge.period-report/1"
_DROPPED = ("property_name", "categories", "head", "open_now")


def text(report: PeriodReport, languages: tuple[str, ...]) -> str:
    """The report as one JSON file; ``languages`` as for ``concierge.export.render``."""
    return written(_values(report, languages), report.zone)


def _values(report: PeriodReport, languages: tuple[str, ...]) -> dict[str, Any]:
    plain = asdict(report)
    names = report.categories

    def named(code: str) -> dict[str, str]:
        return {each: names.get(code, {}).get(each, code) for each in languages}

    for row in plain["received"]:
        row["name"] = named(row["category"])
    for row in plain["by_category"]:
        row["name"] = named(row["key"])
    lists = {key: plain.pop(key) for key in ("received", "kept", "rungs", "by_category",
             "by_building", "by_staff", "by_hour", "days", "shifts")}  # fmt: skip
    sums = {key: plain.pop(key) for key in ("totals", "before")}
    stands = plain.pop("standing")
    for key in _DROPPED:
        del plain[key]
    return {
        "schema": SCHEMA,
        "languages": list(languages),
        "property": report.property_name,
        **plain,
        "story": dict(story(Speech(languages), report).parts),
        **sums,
        "targets": [_target(report)],
        **lists,
        "standing": stands,
        "open_now": report.open_now,
        "log": {"head": report.head},
    }


def _target(report: PeriodReport) -> dict[str, Any]:
    return {
        "target": "repairs-in-time",
        "clause": "G3",
        "percent": REPAIRS_IN_TIME,
        "met": report.totals.repairs_met,
        "broken": report.totals.repairs_broken,
        "missed": misses(report.totals),
    }
