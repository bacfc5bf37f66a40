"""What was escalated: who was told, at which number, when, and who signed for it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.language import terms
from concierge.language.dates import clock_time, duration
from concierge.language.translator import Language
from concierge.services.views import EscalationView
from concierge.ui.format import one_line, pad
from concierge.ui.widgets.paragraph import hanging, stacked, styled

TIME = 12  # cells
LATE_MATTERS = 60  # seconds


def unsigned(escalations: tuple[EscalationView, ...]) -> tuple[EscalationView, ...]:
    """What nobody has signed for; a warning needs no signature."""
    return tuple(each for each in escalations if each.rung and each.acknowledged_at is None)


def ladder_lines(
    escalations: tuple[EscalationView, ...], now: int, zone: ZoneInfo, t: Language, width: int
) -> Content:
    """Each rung that fired, the newest first."""
    return stacked(_rung(each, now, zone, t, width) for each in reversed(escalations))


def _rung(each: EscalationView, now: int, zone: ZoneInfo, t: Language, width: int) -> Content:
    here = datetime.fromtimestamp(now, zone)
    at = clock_time(datetime.fromtimestamp(each.fired_at, zone), here)
    return hanging(
        styled(pad(at, TIME), "$secondary"),
        Content("  ").join([_told(each, t), *_how(each, t), _signed(each, here, zone, t)]),
        width,
    )


def _told(each: EscalationView, t: Language) -> Content:
    """Who: the role, the names and the numbers to ring."""
    people = t(", ").join(
        one_line(" ".join(filter(None, (name, phone))))
        for name, phone in zip(each.people, each.phones, strict=False)
    )
    if not each.rung:
        return Content(t("warned: {people}", people=people or t("nobody")))
    role = terms.role(t, each.to)
    if not people:
        return styled(t("{role}: nobody on the staff", role=role), "bold $error")
    return Content(t("{role}: {people}", role=role, people=people)).stylize("bold")


def _how(each: EscalationView, t: Language) -> list[Content]:
    parts = [styled(t("for {clock}", clock=terms.clock(t, each.clock)), "$secondary")]
    if each.by_hand:
        said = t("by hand")
        if each.reason:
            said = t("by hand: {reason}", reason=one_line(each.reason))
        parts.append(Content(said))
    elif each.late_seconds >= LATE_MATTERS:
        parts.append(styled(t("told {span} late", span=duration(t, each.late_seconds)), "$warning"))
    return parts


def _signed(each: EscalationView, here: datetime, zone: ZoneInfo, t: Language) -> Content:
    if not each.rung:
        return Content("")
    if each.acknowledged_at is None:
        return styled(t("nobody has signed for it"), "bold $error")
    at = clock_time(datetime.fromtimestamp(each.acknowledged_at, zone), here)
    name = one_line(each.acknowledged_by or "")
    return styled(t("signed {time} by {name}", time=at, name=name), "$success")
