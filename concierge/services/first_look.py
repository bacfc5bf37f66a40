"""The first look at a store: the board's rows before SQLModel is imported, which takes longer than reading.

It only reads; whatever it does not like (an older store, a broken one, none) it leaves to the proper opening.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from concierge.domain.policy import Category, parse_policy
from concierge.services.board_rows import read_board
from concierge.services.views import Board
from concierge.store import board_sql
from concierge.store.first_look import asking


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the first frame with rows needs; ``now`` is the instant of looking."""

    board: Board
    categories: tuple[Category, ...]
    zone: ZoneInfo
    now: int


def first_look(path: Path, *, desk: str, now: int) -> FirstLook | None:
    """The board as the store has it now, or None when it takes more than reading to open it.

    Args:
        path: The store's file.
        desk: The desk's name.
        now: The present instant.
    """
    try:
        with asking(path) as ask:
            if ask is None:
                return None
            policy = parse_policy(json.loads(next(iter(ask(board_sql.POLICY, {})))[0]))
            calendars = json.loads(next(iter(ask(board_sql.CALENDAR, {})))[0])
            board = read_board(ask, desk=desk, viewer=None, now=now)
    except (sqlite3.Error, StopIteration):
        return None
    return FirstLook(board, tuple(policy.categories.values()), _zone(calendars), now)


def _zone(calendars: Mapping[str, Any]) -> ZoneInfo:
    """The property's zone: the last calendar file that names one wins over the policy's."""
    named = [each["timezone"] for each in calendars["files"] if "timezone" in each]
    return ZoneInfo([calendars["timezone"], *named][-1])
