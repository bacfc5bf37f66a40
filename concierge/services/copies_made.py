"""What became of the copies of one signed summary, for whoever has just signed it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from concierge.services.desk import Desk
from concierge.store.tables import SummaryCopy


@dataclass(frozen=True, slots=True)
class CopyMade:
    """A copy by its way (folder or mail); ``state`` is waiting, done or dead, ``problem`` a code."""

    way: str
    state: str
    problem: str | None


def copies_made(desk: Desk, *, shift: int) -> tuple[CopyMade, ...]:
    """The copies that the policy asked for when a shift was signed; none while none are asked for.

    Args:
        desk: The desk.
        shift: Of which shift, by its number.
    """
    with desk.store.read() as session:
        rows = session.exec(
            select(SummaryCopy).where(SummaryCopy.shift_id == shift).order_by(col(SummaryCopy.way))
        )
        return tuple(CopyMade(row.way, row.state, row.problem) for row in rows)
