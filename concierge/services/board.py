"""The board: every open ticket with what is due next on it, read in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from concierge.services.board_rows import first_of_each, read_board
from concierge.services.desk import Desk
from concierge.services.views import Board, BoardRow
from concierge.store import board_sql


def last_event(desk: Desk) -> int:
    """The number of the last event: it tells whether somebody else has written."""
    return int(desk.store.glance(board_sql.EVENTS))


def board(desk: Desk, *, viewer: str | None = None) -> Board:
    """All open tickets by what is due first, the alarms nobody acknowledged, drafts and the shift.

    Args:
        desk: The desk.
        viewer: Who looks; tickets about that person are left out.
    """
    with desk.store.read() as session:

        def ask(sql: str, values: Mapping[str, object]) -> Iterable[Any]:
            return session.execute(text(sql), values)

        return read_board(ask, desk=desk.name, viewer=viewer, now=desk.clock.now())


def household_rows(
    session: Session, household_id: int, *, hidden: int | None = None
) -> tuple[BoardRow, ...]:
    """The open tickets of one household, without those about ``hidden``."""
    rows = session.execute(text(board_sql.OF_HOUSEHOLD), {"household": household_id})
    return first_of_each(rows, hidden=hidden)


def open_rows(session: Session, *, desk: str) -> tuple[BoardRow, ...]:
    """The open tickets of one desk."""
    return first_of_each(session.execute(text(board_sql.OF_DESK), {"desk": desk}))
