"""What whoever stands at the desk does next with the shift: one or two sentences with the key in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.language import terms
from concierge.language.dates import clock_time, duration
from concierge.language.translator import Language
from concierge.services.handover_views import HandoverView
from concierge.services.summary import ShiftSummary
from concierge.services.views import ReliefAlarm, StaffView
from concierge.ui.format import one_line
from concierge.ui.widgets.alarm_lines import whom_to_ring
from concierge.ui.widgets.handover_left import left_words
from concierge.ui.widgets.paragraph import stacked, styled

DIGITS = 9  # people that a key each can start
SOON = 60 * 60
"""Seconds before the planned end from which the handover is what comes next."""
FORGOTTEN = 2 * 60 * 60
"""Seconds after the planned end from which somebody has probably gone without ending the shift."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What the next step hangs on.

    Args:
        summary: The shift that runs, or ran last; None before the first one.
        handover: The handover of the shift that runs, None while none runs.
        reliefs: The alarms of shifts at this desk that nobody relieves.
        staff: Who can start one.
    """

    summary: ShiftSummary | None
    handover: HandoverView | None
    reliefs: tuple[ReliefAlarm, ...]
    staff: tuple[StaffView, ...]

    @property
    def running(self) -> bool:
        """Whether a shift runs."""
        return self.handover is not None

    def late(self, now: int) -> int:
        """Seconds since the planned end of the shift that runs; 0 before it, or without a plan."""
        planned = self.summary.planned_until if self.summary is not None else None
        return max(0, now - planned) if planned is not None and self.running else 0


def next_lines(coming: Coming, now: int, zone: ZoneInfo, t: Language) -> Content:
    """The sentences."""
    if coming.handover is None:
        return starters(coming.staff, t)
    lines = [styled(_next(coming, now, zone, t), "bold $warning")]
    if coming.late(now) > FORGOTTEN and coming.handover.state == "planned":
        name = one_line(coming.handover.outgoing)
        own = t("If you are {name}: F6 ends it, then start a new one.", name=name)
        lines.append(styled(own, "$warning"))
    for alarm in coming.reliefs:
        said = t("The relief is missing: {ring}. ^G signs for it.", ring=whom_to_ring(alarm, t))
        lines.append(styled(said, "bold $error"))
    return stacked(lines)


def _next(coming: Coming, now: int, zone: ZoneInfo, t: Language) -> str:
    handover, summary = coming.handover, coming.summary
    if handover is not None and handover.state == "open":
        who = one_line(handover.incoming or "")
        left = left_words(handover, t)
        return t("{name} is taking over: {left}. F7 goes on.", name=who, left=left)
    planned = summary.planned_until if summary is not None else None
    if planned is None or summary is None:
        return t("F7: the next one takes over.")
    here = datetime.fromtimestamp(now, zone)
    values = {
        "time": clock_time(datetime.fromtimestamp(planned, zone), here),
        "span": duration(t, abs(now - planned)),
        "name": one_line(summary.staff),
    }
    late = coming.late(now)
    if late > FORGOTTEN:
        return t(
            "This shift was to end at {time}, {span} ago: its end seems forgotten. "
            "Whoever is here presses F7 to take over and says that {name} has gone.",
            **values,
        )
    if late:
        return t("{name} was to be relieved at {time}. Whoever comes presses F7.", **values)
    if planned - now <= SOON:
        return t("It ends at {time}, in {span}. Whoever comes next presses F7.", **values)
    return t("It runs until {time}. ^L keeps a line for the log.", **values)


def starters(staff: tuple[StaffView, ...], t: Language) -> Content:
    """Who can start a shift, each with a digit."""
    title = styled(t("Who starts the shift? Press a number."), "bold $warning")
    rest = len(staff) - DIGITS
    more = Content(t("and {n} more: F6", n=rest)) if rest > 0 else None
    return stacked((title, *people_lines(staff, t), more))


def people_lines(staff: tuple[StaffView, ...], t: Language) -> tuple[Content, ...]:
    """The first nine with their digits and roles."""
    return tuple(
        Content.assemble(
            styled(f" {nth} ", "bold $primary"),
            one_line(each.name),
            styled(f"  {terms.role(t, each.role)}", "$secondary"),
        )
        for nth, each in enumerate(staff[:DIGITS], start=1)
    )
