"""The running log of a shift, the newest line first: each is wrapped when it comes in sight."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.domain.masked_views import masked
from concierge.language.dates import clock_time
from concierge.language.translator import Language
from concierge.services.summary import NoteLine
from concierge.ui.format import clip, one_line, pad
from concierge.ui.widgets.note_flags import flag_mark
from concierge.ui.widgets.paragraph import styled
from concierge.ui.widgets.row_layout import Flat, Row
from concierge.ui.widgets.row_scroll import stretch
from concierge.ui.widgets.typed_text_view import typed

WHO, AT = 10, 7  # cells


def note_rows(
    notes: tuple[NoteLine, ...], now: int, zone: ZoneInfo, t: Language
) -> list[Row | Flat]:
    """The heading and every line, with whom it is for and what it is about."""
    here = datetime.fromtimestamp(now, zone)
    title = Row(None, styled(t("Running log"), "bold $secondary"))
    if not notes:
        return [title, Row(None, styled(t("Nothing yet. ^L keeps a line."), "$secondary"))]

    def row(nth: int) -> tuple[Content, Content]:
        note = masked(notes[-1 - nth])
        at = clock_time(datetime.fromtimestamp(note.at, zone), here)
        return _head(note, at), flag_mark(note.flag, t) + typed(note.text) + _about(note)

    return [title, stretch("note", len(notes), row, newest_first=True)]


def before_rows(
    notes: tuple[NoteLine, ...], now: int, zone: ZoneInfo, t: Language
) -> list[Row | Flat]:
    """What the shift before left for this one, under its own heading; nothing where it left nothing."""
    if not notes:
        return []
    here = datetime.fromtimestamp(now, zone)

    def row(nth: int) -> tuple[Content, Content]:
        note = masked(notes[-1 - nth])
        at = clock_time(datetime.fromtimestamp(note.at, zone), here)
        return _head(note, at), typed(note.text) + _about(note)

    title = styled(t("From the shift before"), "bold $warning")
    return [
        Row(None, title),
        stretch("before", len(notes), row, newest_first=True),
        Row(None, Content("")),
    ]


def _head(note: NoteLine, at: str) -> Content:
    who = pad(clip(one_line(note.staff), WHO), WHO + 1)
    return styled(pad(at, AT), "$secondary") + styled(who, "$primary")


def _about(note: NoteLine) -> Content:
    said = "  ".join(one_line(part) for part in (note.unit, note.number) if part)
    return styled(f"  ({said})", "$secondary") if said else Content("")
