"""What waits for a decision after a shift, and by how much a promise was late: said by every format alike."""

from __future__ import annotations

from concierge.services.report_views import Standing
from concierge.services.summary import Broken, ShiftSummary


def waiting(summary: ShiftSummary) -> Standing:
    """What somebody above the desk has to look at."""
    unsigned = [row for row in summary.escalated if row.acknowledged_at is None]
    return Standing(
        nobody_told=tuple(row.number for row in unsigned if not row.people),
        not_acknowledged=tuple(row.number for row in unsigned if row.people),
        overdue=tuple(row.number for row in summary.carried if row.overdue),
        differing=tuple(row for row in summary.counts if row.expected not in {None, row.counted}),
    )


def late_seconds(row: Broken, until: int) -> int:
    """Seconds by which a promise was late, up to ``until`` while it is not kept; 0 of one logged as kept."""
    return max((until if row.met_at is None else row.met_at) - row.due_at, 0)
