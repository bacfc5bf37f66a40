"""The clocks of a ticket: what is promised by when, what is left, what became of it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.language import terms
from concierge.language.dates import moment
from concierge.language.limits import limit_text
from concierge.language.translator import Language
from concierge.services.views import ClockView
from concierge.ui.format import left, one_line, pad
from concierge.ui.widgets.paragraph import hanging, stacked, styled

SIGNS = {"overdue": "!!", "soon": " !", "calm": "  ", "met": "ok", "late": "!!", "stopped": "--"}
COLOURS = {
    "overdue": "bold $error",
    "soon": "$warning",
    "calm": "$success",
    "met": "$success",
    "late": "$error",
    "stopped": "$secondary",
}
KIND, LEFT = 9, 11  # cells


def due_text(clock: ClockView, now: int, zone: ZoneInfo, t: Language) -> str:
    """A clock with its due time in one line, for a choice or a hint."""
    due = moment(t, datetime.fromtimestamp(clock.due_at, zone), datetime.fromtimestamp(now, zone))
    kind = terms.clock(t, clock.kind)
    if clock.to_be_agreed:
        return t("{clock}: {due} at the latest", clock=kind, due=due)
    return t("{clock}: due {due}", clock=kind, due=due)


def clock_state(clock: ClockView, now: int) -> str:
    """overdue, soon, calm while it runs; met, late or stopped after that."""
    if clock.met_at is not None:
        return "late" if clock.met_late else "met"
    if clock.stopped_at is not None:
        return "stopped"
    if now > clock.due_at:
        return "overdue"
    return "soon" if now >= clock.warn_at else "calm"


def clock_lines(
    clocks: tuple[ClockView, ...], now: int, zone: ZoneInfo, t: Language, width: int
) -> Content:
    """Each clock in a line with what is left, and a quieter one with where that comes from."""
    return stacked(_clock(clock, now, zone, t, width) for clock in clocks)


def _clock(clock: ClockView, now: int, zone: ZoneInfo, t: Language, width: int) -> Content:
    state = clock_state(clock, now)
    colour = COLOURS[state]
    figure = left(clock.due_at, now, zone, t) if clock.open else ""
    head = Content.assemble(
        styled(SIGNS[state] + " ", colour),
        styled(pad(terms.clock(t, clock.kind), KIND), "bold"),
        styled(pad(figure, LEFT, right=True) + "  ", colour),
    )
    first = hanging(head, Content(_outcome(clock, state, now, zone, t)), width)
    source = _source(clock, t)
    indent = Content(" " * (len(SIGNS[state]) + 1))
    return stacked((first, hanging(indent, styled(source, "$secondary"), width)))


def _when(t: Language, at: int, now: int, zone: ZoneInfo) -> str:
    return moment(t, datetime.fromtimestamp(at, zone), datetime.fromtimestamp(now, zone))


def _outcome(clock: ClockView, state: str, now: int, zone: ZoneInfo, t: Language) -> str:
    due = _when(t, clock.due_at, now, zone)
    if clock.met_at is not None:
        met = _when(t, clock.met_at, now, zone)
        said = (
            t("done {when}, too late (due {due})", when=met, due=due)
            if clock.met_late
            else t("done {when}, in time (due {due})", when=met, due=due)
        )
    elif state == "stopped":
        said = t("stopped, was due {due}", due=due)
    elif clock.to_be_agreed:
        said = t("time to be agreed, {due} at the latest", due=due)
    elif clock.agreed_at is not None:
        name = one_line(clock.agreed_with or "")
        said = (
            t("due {due}, agreed with {name}", due=due, name=name)
            if name
            else t("due {due}, as agreed", due=due)
        )
    else:
        said = t("due {due}", due=due)
    marks = [said]
    if clock.awaits_confirmation:
        marks.append(t("a supervisor has to confirm that it was kept"))
    elif clock.breached and not clock.met_late:
        marks.append(t("BROKEN"))
    return "  ".join(marks)


def _limit(clock: ClockView, t: Language) -> str:
    """What is promised; a cap is called one, or seven days would stand under half an hour."""
    limit = limit_text(t, clock.limit)
    if clock.cap_at is None:
        return limit
    if clock.at_once is not None and clock.agreed_at is None:
        now = limit_text(t, clock.at_once)
        return t("{limit}, or a time agreed within {cap}", limit=now, cap=limit)
    return t("by agreement, within {cap}", cap=limit)


def _source(clock: ClockView, t: Language) -> str:
    """The limit, its clause, and whether days are provisional; the ladder says who is told next."""
    parts = [_limit(clock, t), one_line(terms.clause(t, clock.clause))]
    if clock.provisional:
        parts.append(t("~ counted on days without an official calendar"))
    return "  |  ".join(filter(None, parts))
