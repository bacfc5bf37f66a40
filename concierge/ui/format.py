"""How values look on the screen.

Text by cell width, countdowns, dates and the signs beside colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.cells import cell_len, set_cell_size

from concierge.domain.masking import masked_text
from concierge.language import terms
from concierge.language.translator import Language, later

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import BoardRow

MINUTE = 60
HOUR = 3600
DAY = 86400
DOTS = ".."  # the ellipsis is one cell on some terminals and two on others
SECONDS_MATTER = 10 * MINUTE  # before and after due

# Control characters, bidi controls and line separators: they move other people's text about.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+"
)
_UNSAFE_EACH = re.compile(_UNSAFE.pattern.removesuffix("+"))
_WEEKDAYS = (
    later("Mon"),
    later("Tue"),
    later("Wed"),
    later("Thu"),
    later("Fri"),
    later("Sat"),
    later("Sun"),
)


def one_line(text: str) -> str:
    """Text on one line: line breaks, tabs and control characters become a space."""
    return _UNSAFE.sub(" ", text)


def clip(text: str, cells: int) -> str:
    """Text in at most ``cells`` terminal cells, on one line; what is cut ends in two dots."""
    if cells <= 0:
        return ""
    # Long words are cut before they are measured: a character takes at most a few code points to
    # a cell.
    text = one_line(text[: cells * 8])
    if cell_len(text) <= cells:
        return text
    if cells <= len(DOTS) + 1:
        return set_cell_size(text, cells)
    return set_cell_size(text, cells - len(DOTS)).rstrip() + DOTS


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """Text in exactly ``cells`` cells, clipped or filled with spaces (before it when ``right``)."""
    text = clip(text, cells)
    fill = " " * (cells - cell_len(text))
    return fill + text if right else text + fill


def marked(
    text: str, spans: Iterable[tuple[int, int]], cells: int
) -> tuple[str, list[tuple[int, int]]]:
    """Text in exactly ``cells`` cells as ``pad``, and which of its characters are marked.

    Args:
        text: as typed.
        spans: from a character to behind another; what is cut away with the text's end is left out.
        cells: terminal cells.
    """
    # One blank for each character that is taken out, so that the places stay right.
    plain = _UNSAFE_EACH.sub(" ", text)
    shown = pad(plain, cells)
    kept = min(len(plain), len(shown))
    if not shown.startswith(plain):
        pairs = enumerate(zip(plain, shown, strict=False))
        kept = next((at for at, (was, now) in pairs if was != now), kept)
    return shown, [(low, min(high, kept)) for low, high in spans if low < min(high, kept)]


def left(due_at: int, now: int, zone: ZoneInfo, t: Language) -> str:
    """What is left to ``due_at``, in at most 10 cells.

    A weekday and time beyond 20 hours, hours and minutes, minutes, seconds in the last ten
    minutes; after due the time over, with a minus.
    """
    rest = due_at - now
    if rest < 0:
        return "-" + _span(-rest)
    return _span(rest) if rest < 20 * HOUR else _day_and_time(due_at, now, zone, t)


def _span(seconds: int) -> str:
    if seconds <= SECONDS_MATTER:
        return f"{seconds // MINUTE:02d}:{seconds % MINUTE:02d}"
    if seconds < HOUR:
        return f"{seconds // MINUTE}m"
    if seconds < DAY:
        return f"{seconds // HOUR}h {seconds % HOUR // MINUTE:02d}m"
    return f"{seconds // DAY}d {seconds % DAY // HOUR:02d}h"


def _day_and_time(at: int, now: int, zone: ZoneInfo, t: Language) -> str:
    local = datetime.fromtimestamp(at, zone)
    if at - now < 6 * DAY:
        return f"{t(_WEEKDAYS[local.weekday()])} {local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if at - now < 300 * DAY else f"{local:%Y-%m-%d}"


def wall_time(at: int, zone: ZoneInfo) -> str:
    """Hours and minutes on the property's wall."""
    return f"{datetime.fromtimestamp(at, zone):%H:%M}"


def wall_seconds(at: int, zone: ZoneInfo) -> str:
    """Hours, minutes and seconds on the property's wall."""
    return f"{datetime.fromtimestamp(at, zone):%H:%M:%S}"


def wall_date(at: int, zone: ZoneInfo, t: Language, *, year: bool = True) -> str:
    """The date on the property's wall: ``Mon 2026-11-23``, or ``Mon 11-23``."""
    local = datetime.fromtimestamp(at, zone)
    return f"{t(_WEEKDAYS[local.weekday()])} {local:{'%Y-%m-%d' if year else '%m-%d'}}"


def state_of(row: BoardRow, now: int) -> str:
    """``overdue``, ``soon`` (past the warning) or ``calm``."""
    if now > row.due_at:
        return "overdue"
    return "soon" if now >= row.warn_at else "calm"


SIGNS = {"overdue": "!!", "soon": " !", "calm": "  "}


def step_name(row: BoardRow, t: Language) -> str:
    """What has to be done next: answer, attend, resolve, or agree a time first."""
    if row.to_be_agreed:
        return t("set time")
    return terms.clock(t, row.step)


def place_of(unit: str | None, place: str | None) -> str:
    """Where a matter is, to be shown: the unit, else the place, phones in it masked, else a dash."""
    return masked_text(unit or place or "-")


def order_key(row: BoardRow, now: int) -> tuple[int, int, int, int]:
    """Overdue and emergencies on top, majors first among them; otherwise what is due first."""
    pressing = now > row.due_at or row.category == "emergency"
    major_first = 0 if pressing and row.grade == "major" else 1
    return (0 if pressing else 1, major_first, row.due_at, row.ticket_id)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows are overdue, soon and open.

    ``until`` is the last instant at which that holds.
    """

    overdue: int = 0
    soon: int = 0
    open: int = 0
    until: int | None = None


def tally(rows: Iterable[BoardRow], now: int) -> Tally:
    """Count the rows by state at ``now``."""
    overdue = soon = total = 0
    until: int | None = None
    for row in rows:
        total += 1
        if now > row.due_at:
            overdue += 1
            continue
        change = row.due_at
        if now >= row.warn_at:
            soon += 1
        else:
            change = min(change, row.warn_at - 1)
        until = change if until is None or change < until else until
    return Tally(overdue, soon, total, until)
