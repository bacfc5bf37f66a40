"""The ladder of each promise: who is told next and in how long, who was told, how, and who signed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.language import terms
from concierge.language.dates import clock_time, duration
from concierge.language.reaching import reached
from concierge.language.translator import Language
from concierge.services.views import ClockView, Delivery, EscalationView, PhoneCallView, TicketView
from concierge.ui.format import left, one_line, pad
from concierge.ui.widgets.paragraph import hanging, stacked, styled

TIME = 13  # cells
LATE_MATTERS = 60  # seconds
FAR = 20 * 3600  # seconds from which the instant says more than what is left


def unsigned(escalations: tuple[EscalationView, ...]) -> tuple[EscalationView, ...]:
    """What nobody has signed for; a warning needs no signature."""
    return tuple(each for each in escalations if each.rung and each.acknowledged_at is None)


def ladder_lines(view: TicketView, now: int, zone: ZoneInfo, t: Language, width: int) -> Content:
    """A ladder for each promise, its next rung on top and below it what fired, the newest first."""
    ladders = [_ladder(view, kind, now, zone, t, width) for kind in _kinds(view)]
    calls = [_call(each, now, zone, t, width) for each in reversed(view.calls)]
    return stacked([*(line for lines in ladders for line in lines), *calls])


def counting(view: TicketView, now: int, zone: ZoneInfo, t: Language) -> tuple[str, ...]:
    """What of the ladders changes by itself; while it is the same nothing has to be laid out again."""
    return tuple(
        left(clock.next_at, now, zone, t)
        for clock in view.clocks
        if clock.open and clock.next_at is not None
    )


def _kinds(view: TicketView) -> list[str]:
    """The clocks that have a ladder to show: those that run, what is due first on top, then the others."""
    alive = sorted((clock for clock in view.clocks if clock.open), key=lambda clock: clock.due_at)
    fired = (each.clock for each in view.escalations)
    return list(dict.fromkeys([*(clock.kind for clock in alive), *fired]))


def _ladder(  # noqa: PLR0917  (all six stand in every line of it)
    view: TicketView, kind: str, now: int, zone: ZoneInfo, t: Language, width: int
) -> Iterator[Content]:
    clock = next((each for each in view.clocks if each.kind == kind), None)
    title = styled(pad(terms.clock(t, kind), TIME), "bold")
    yield hanging(title, _next(clock, now, zone, t), width)
    for each in reversed(view.escalations):
        if each.clock == kind:
            yield _rung(each, now, zone, t, width)


def _next(clock: ClockView | None, now: int, zone: ZoneInfo, t: Language) -> Content:
    """The rung to come, its instant and what is left to it; nothing comes once the clock stands."""
    if clock is None or not clock.open or clock.next_at is None or clock.next_role is None:
        return styled(t("nobody is told any more"), "$secondary")
    here = datetime.fromtimestamp(now, zone)
    at = clock_time(datetime.fromtimestamp(clock.next_at, zone), here)
    role = terms.role(t, clock.next_role)
    said = (
        t("next: {role} told {time}", role=role, time=at)
        if clock.next_rung
        else t("next: warning {time}", time=at)
    )
    soon = styled(_countdown(clock.next_at, now, zone, t), "bold $warning")
    return Content("  ").join([Content(said), soon])


def _countdown(at: int, now: int, zone: ZoneInfo, t: Language) -> str:
    """What is left to a rung; beyond a day its instant says enough."""
    if now > at:
        return t("any moment")
    if at - now >= FAR:
        return ""
    return t("in {span}", span=left(at, now, zone, t))


def _rung(each: EscalationView, now: int, zone: ZoneInfo, t: Language, width: int) -> Content:
    here = datetime.fromtimestamp(now, zone)
    at = clock_time(datetime.fromtimestamp(each.fired_at, zone), here)
    parts = [_told(each, t), *_how(each, here, zone, t), *_notices(each.deliveries, now, zone, t)]
    return hanging(
        styled(pad("  " + at, TIME), "$secondary"),
        Content("  ").join([*parts, _signed(each, here, zone, t)]),
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


def _how(each: EscalationView, here: datetime, zone: ZoneInfo, t: Language) -> Iterator[Content]:
    """By hand, late, or held back until the quiet hours end."""
    if each.by_hand:
        said = t("by hand")
        if each.reason:
            said = t("by hand: {reason}", reason=one_line(each.reason))
        yield Content(said)
    elif each.late_seconds >= LATE_MATTERS:
        yield styled(t("told {span} late", span=duration(t, each.late_seconds)), "$warning")
    # A notice that still waits says itself when it goes out.
    waits = any(notice.state == "waiting" for notice in each.deliveries)
    if each.held_until is not None and not waits:
        until = clock_time(datetime.fromtimestamp(each.held_until, zone), here)
        yield Content(t("quiet hours until {time}", time=until))


def _notices(
    deliveries: Iterable[Delivery], now: int, zone: ZoneInfo, t: Language
) -> Iterator[Content]:
    """What became of each notice, with the name where there are several."""
    notices = tuple(deliveries)
    for each in notices:
        said = reached(each, now, zone, t)
        if len(notices) > 1:
            said = t("{names}: {said}", names=one_line(each.name), said=said)
        yield styled(said, "bold $error") if each.state == "dead" else Content(said)


def _signed(each: EscalationView, here: datetime, zone: ZoneInfo, t: Language) -> Content:
    if not each.rung:
        return Content("")
    if each.acknowledged_at is None:
        return styled(t("not signed for"), "bold $error")
    at = clock_time(datetime.fromtimestamp(each.acknowledged_at, zone), here)
    name = one_line(each.acknowledged_by or "")
    return styled(t("signed {time} by {name}", time=at, name=name), "$success")


def _call(each: PhoneCallView, now: int, zone: ZoneInfo, t: Language, width: int) -> Content:
    here = datetime.fromtimestamp(now, zone)
    at = clock_time(datetime.fromtimestamp(each.at, zone), here)
    return hanging(
        styled(pad(at, TIME), "$secondary"),
        Content(t("{whom} told by phone by {by}", whom=one_line(each.whom), by=one_line(each.by))),
        width,
    )
