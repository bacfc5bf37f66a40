"""What came in hour by hour against the limits that were kept and broken, as bars of characters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.export.bars import bar_lines
from concierge.export.document import Bar
from concierge.language.translator import Language
from concierge.services.summary import Hour
from concierge.ui.widgets.paragraph import stacked, styled

WIDEST = 78  # cells; longer bars tell no more


def hour_lines(hours: Sequence[Hour], zone: ZoneInfo, t: Language, width: int) -> Content:
    """A heading and a line an hour; nothing while nothing came in."""
    if not any(each.received or each.met or each.broken for each in hours):
        return Content("")
    bars = [
        Bar(
            f"{datetime.fromtimestamp(each.start, zone):%H}",
            each.received,
            each.met,
            each.broken,
        )
        for each in hours
    ]
    title = styled(t("By the hour"), "bold $secondary")
    legend = styled("  " + t("received | limits kept + broken"), "$secondary")
    lines = (styled(line, "$primary") for line in bar_lines(bars, min(width, WIDEST)))
    return stacked((title + legend, *lines))
