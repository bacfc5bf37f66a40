"""What the banner says of the watch itself: a wrong clock, time unwatched, notices that never arrived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from concierge.language.copies import stuck_copy
from concierge.language.dates import clock_time, duration
from concierge.language.translator import Language
from concierge.ui.format import wall_time
from concierge.ui.watching import Watch
from concierge.ui.widgets.alarm_lines import whom_to_ring

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import Board

STUCK_SHOWN = 2  # copies of summaries that could not be made; the others fail alike


def held_line(watch: Watch, t: Language) -> str | None:
    """Why nothing escalates, and what to do."""
    if watch.held == "clock":
        return t(
            "This computer's clock is behind: nothing escalates. Set it, or ^F: a supervisor confirms it."
        )
    if watch.held == "jump":
        return t(
            "The clock has jumped ahead by {span}: escalation waits 5 minutes, ^F confirms it.",
            span=duration(t, watch.ahead),
        )
    return None


def unwatched_line(watch: Watch, now: int, t: Language) -> str | None:
    """For how long nobody has been firing what is due."""
    seconds = watch.unwatched(now)
    if not seconds:
        return None
    return t("Unwatched for {span}: nothing escalates by itself.", span=duration(t, seconds))


def gap_line(board: Board, now: int, zone: ZoneInfo, t: Language) -> str | None:
    """The last stretch in which nobody watched, for a while after it ended."""
    if board.gap is None:
        return None
    from concierge.services.board_rows import GAP_SHOWN_SECONDS  # loaded with the board by now

    begun, ended = board.gap
    if now - ended > GAP_SHOWN_SECONDS:
        return None
    first = datetime.fromtimestamp(begun, zone)
    return t(
        "Nobody was watching for {span} ({begin}-{end}).",
        span=duration(t, ended - begun),
        begin=clock_time(first, datetime.fromtimestamp(now, zone)),
        end=wall_time(ended, zone),
    )


def dead_line(board: Board, t: Language) -> str | None:
    """Whom no notice reached for a day."""
    if not board.dead:
        return None
    return t("Not reached by any notice for 24 h, ring: {names}", names=t(", ").join(board.dead))


def relief_lines(board: Board, now: int, zone: ZoneInfo, t: Language) -> Iterator[str]:
    """Each shift that nobody relieved: whose, since when, whom to ring, which key takes over."""
    for late in board.reliefs:
        until = datetime.fromtimestamp(late.planned_until, zone)
        yield "!! " + t(
            "{desk}: {staff} was to be relieved at {time}, {span} ago: {ring}. F4 takes over.",
            desk=late.desk,
            staff=late.staff,
            time=clock_time(until, datetime.fromtimestamp(now, zone)),
            span=duration(t, now - late.planned_until),
            ring=whom_to_ring(late, t),
        )


def watch_lines(board: Board, watch: Watch, now: int, zone: ZoneInfo, t: Language) -> Iterator[str]:
    """What stands below the alarm."""
    yield from relief_lines(board, now, zone, t)
    unwatched = unwatched_line(watch, now, t)
    lines = (unwatched or gap_line(board, now, zone, t), dead_line(board, t))
    yield from (line for line in lines if line)
    yield from (stuck_copy(t, each) for each in board.stuck[:STUCK_SHOWN])
