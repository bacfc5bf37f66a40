"""The running log of a shift, the newest line first: each is wrapped once, and painted when in sight."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.language.dates import clock_time
from concierge.language.translator import Language
from concierge.services.summary import NoteLine
from concierge.ui.format import clip, one_line, pad
from concierge.ui.widgets.note_flags import flag_mark
from concierge.ui.widgets.paragraph import Lines, hanging, styled
from concierge.ui.widgets.typed_text_view import typed

WHO, AT = 10, 7  # cells


class ShiftNotes:
    """What a running log says; asked again, it wraps no more than what was added."""

    def __init__(self) -> None:
        self._for: tuple[date, str, int] | None = None
        self._wrapped: dict[NoteLine, list[Content]] = {}
        self._notes: tuple[NoteLine, ...] = ()
        self._said: Lines | None = None

    def lines(
        self, notes: tuple[NoteLine, ...], now: int, zone: ZoneInfo, t: Language, width: int
    ) -> Lines:
        """The heading and every line, with whom it is for and what it is about, in ``width`` cells."""
        here = datetime.fromtimestamp(now, zone)
        asked = (here.date(), t.code, width)
        if self._for != asked:  # yesterday's hours have their day before them
            self._for, self._wrapped, self._said = asked, {}, None
        if self._said is not None and notes == self._notes:
            return self._said
        lines = [styled(t("Running log"), "bold $secondary")]
        if not notes:
            lines += styled(t("Nothing yet. ^L keeps a line."), "$secondary").wrap(width)
        known, self._wrapped = self._wrapped, {}
        for note in reversed(notes):
            found = known.get(note) or _wrapped(note, here, zone, t, width)
            self._wrapped[note] = found
            lines += found
        self._notes, self._said = notes, Lines(len(lines), lines.__getitem__)
        return self._said


def _wrapped(
    note: NoteLine, here: datetime, zone: ZoneInfo, t: Language, width: int
) -> list[Content]:
    at = clock_time(datetime.fromtimestamp(note.at, zone), here)
    head = styled(pad(at, AT), "$secondary") + styled(
        pad(clip(one_line(note.staff), WHO), WHO + 1), "$primary"
    )
    laid = hanging(head, flag_mark(note.flag, t) + typed(note.text) + _about(note), width)
    return [
        each
        for line in laid.split("\n", allow_blank=True)
        for each in (line.wrap(width) or [Content("")])
    ]


def _about(note: NoteLine) -> Content:
    said = "  ".join(one_line(part) for part in (note.unit, note.number) if part)
    return styled(f"  ({said})", "$secondary") if said else Content("")
