"""The count behind a due time, day by day with its reasons, to be read to a resident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.domain.explanation import DayCount
from concierge.domain.masking import masked_text
from concierge.language import terms
from concierge.language.dates import full_day, moment
from concierge.language.limits import limit_text
from concierge.language.translator import Language
from concierge.services.views import ClockView
from concierge.ui.format import one_line, pad
from concierge.ui.widgets.paragraph import hanging, stacked, styled

NUMBER, DAY = 5, 24  # cells


@dataclass(frozen=True, slots=True)
class Counted:
    """A clock and the days of its limit."""

    clock: ClockView
    days: tuple[DayCount, ...]


def count_lines(
    counts: Sequence[Counted], now: int, zone: ZoneInfo, t: Language, width: int
) -> Content:
    """Each clock's limit with its days."""
    return Content("\n\n").join([_count(each, now, zone, t, width) for each in counts])


def _count(each: Counted, now: int, zone: ZoneInfo, t: Language, width: int) -> Content:
    clock, here = each.clock, datetime.fromtimestamp(now, zone)

    def when(at: int) -> str:
        return moment(t, datetime.fromtimestamp(at, zone), here)

    asked_for = clock.agreed_at is not None
    head = t(
        "{clock}: {limit}, counted from {when}",
        clock=terms.clock(t, clock.kind),
        limit=limit_text(t, clock.limit if asked_for else clock.at_once or clock.limit),
        when=when(clock.counted_from),
    )
    lines = [hanging(Content(""), styled(head, "bold $primary"), width)]
    nth = 0
    by_days = any(day.reason != "elapsed" for day in each.days)
    for day in each.days:
        nth += day.counted and by_days
        number = str(nth) if day.counted and by_days else "-" if by_days else ""
        lines.append(_day(day, number, here.date(), t, width))
    if clock.agreed_at is not None:
        name = one_line(masked_text(clock.agreed_with or ""))
        agreed = t("due {due}, agreed with {name}", due=when(clock.due_at), name=name)
        lines.append(styled(agreed, "bold"))
    elif clock.to_be_agreed:
        lines.append(
            styled(t("time to be agreed, {due} at the latest", due=when(clock.due_at)), "bold")
        )
    else:
        lines.append(styled(t("due {due}", due=when(clock.due_at)), "bold"))
    if clock.provisional:
        lines.append(styled(t("~ counted on days without an official calendar"), "$warning"))
    return stacked(lines)


def _day(day: DayCount, number: str, today: date, t: Language, width: int) -> Content:
    reason = terms.reason(t, day.reason)
    if day.source:
        reason = t("{reason} ({source})", reason=reason, source=one_line(day.source))
    head = Content.assemble(
        styled(
            pad(number, NUMBER - 2, right=True) + "  ",
            "bold $success" if day.counted else "$secondary",
        ),
        pad(full_day(t, day.date, today), DAY),
    )
    return hanging(head, styled(reason, "$foreground" if day.counted else "$secondary"), width)
