"""Proving the copies of signed summaries: each is of one that was signed and asked for, as the log has it.

What lies in the folder is out of the store's reach. The log holds the SHA-256 of each file that was put there,
by which anybody can tell whether it is still the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, select

from concierge.services.copies import WAITING
from concierge.services.handover_log import Fact, ShiftLog
from concierge.services.problem import Problem
from concierge.store.tables import SummaryCopy


def check_copies(session: Session, log: ShiftLog) -> Iterator[Problem]:
    """Compare every copy with the shift's end, which asks for it, and with what the log says came of it."""
    settled, seen = dict(log.copies), set()
    for row in session.exec(select(SummaryCopy).order_by(col(SummaryCopy.id))):
        key, name = (row.shift_id, row.way), _name(row.shift_id, row.way)
        seen.add(key)
        end = log.ended.get(row.shift_id)
        if end is None or "summary" not in end.data:
            yield Problem(None, "copy", f"{name}: no signed summary stands behind it")
        elif row.way not in _asked(end, row.way) or row.created_at != end.at:
            yield Problem(end.id, "copy", f"{name}: it was not asked for so")
        state, fact = settled.pop(key, (WAITING, None))
        if row.state != state:
            yield Problem(
                fact.id if fact else None, "copy", f"{name}: {row.state} is not in the log"
            )
        elif fact and (row.settled_at, row.problem) != (fact.at, fact.data.get("problem")):
            yield Problem(fact.id, "copy", f"{name}: the row differs from the log")
    gone = {key: fact for key, (_, fact) in settled.items()}
    gone |= {
        (shift, way): end
        for shift, end in log.ended.items()
        for way in _asked(end)
        if (shift, way) not in seen and (shift, way) not in gone
    }
    for (shift, way), fact in sorted(gone.items(), key=lambda each: each[1].id):
        yield Problem(fact.id, "copy", f"{_name(shift, way)}: the row is gone")


def _asked(end: Fact, *unknown: str) -> tuple[str, ...]:
    """By which ways copies were asked for; an end from before it told them says ``unknown``."""
    if "copies" not in end.data:
        return unknown
    said = end.data["copies"]
    return tuple(map(str, said)) if isinstance(said, list) else ()  # altered, which the chain says


def _name(shift: int, way: str) -> str:
    return f"shift {shift} copy ({way})"
