"""The log of a ticket, the newest fact first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content

from concierge.language.dates import clock_time
from concierge.language.events import event_sentence
from concierge.language.translator import Language
from concierge.services.views import EventView
from concierge.ui.format import clip, one_line, pad
from concierge.ui.widgets.paragraph import hanging, stacked, styled
from concierge.ui.widgets.typed_text_view import typed

TIME, WIDEST_NAME = 12, 14  # cells


def event_lines(
    events: Sequence[EventView],
    t: Language,
    width: int,
    *,
    now: int,
    zone: ZoneInfo,
    names: Mapping[str, str],
) -> Content:
    """Each fact with when and who, as a sentence; ``names`` are the categories' by code."""
    here = datetime.fromtimestamp(now, zone)
    who = max((cell_len(clip(each.actor or "", WIDEST_NAME)) for each in events), default=0) + 2
    lines = []
    for each in reversed(events):
        at = clock_time(datetime.fromtimestamp(each.at, zone), here)
        head = Content.assemble(
            styled(pad(at, TIME), "$secondary"),
            styled(pad(clip(one_line(each.actor or "-"), WIDEST_NAME), who), "$primary"),
        )
        said = event_sentence(t, each, zone=zone, now=now, names=names)
        lines.append(hanging(head, typed(said), width))
    return stacked(lines)
