"""How files of summaries and reports are called: names that sort by time, and that every system takes."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from concierge.services.report_views import PeriodReport
from concierge.services.summary import ShiftSummary

_LONGEST = (
    40  # characters of a desk's name, so that three bytes for each of them stay far from any limit
)


def file_name(summary: ShiftSummary, fmt: str, languages: tuple[str, ...] = ()) -> str:
    """A name that sorts by the start of the shift, on the property's wall.

    Args:
        summary: whose file it is.
        fmt: one of ``concierge.export.FORMATS``, which is the ending.
        languages: named too where files of several lie side by side.
    """
    started = datetime.fromtimestamp(summary.started_at, ZoneInfo(summary.zone))
    parts = ("shift", f"{started:%Y%m%d-%H%M}", _plain(summary.desk), *languages)
    return f"{'-'.join(parts)}.{fmt}"


def report_name(report: PeriodReport, fmt: str, languages: tuple[str, ...] = ()) -> str:
    """A name that sorts by the first day of the period; arguments as ``file_name``."""
    days = [each.replace("-", "") for each in dict.fromkeys((report.first_day, report.last_day))]
    desk = () if report.desk is None else (_plain(report.desk),)
    return f"{'-'.join(('report', *days, *desk, *languages))}.{fmt}"


def _plain(desk: str) -> str:
    return re.sub(r"[^\w-]+", "-", desk)[:_LONGEST].strip("-") or "desk"
