"""What a change of category or grade would move, before it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from concierge.language import terms
from concierge.language.dates import moment
from concierge.language.translator import Language, later
from concierge.services.views import ClockView, TicketView

_MOVES = later("{name}: {old} -> {new}")


def moved_text(
    before: TicketView,
    after: TicketView,
    names: Mapping[str, str],
    t: Language,
    *,
    zone: ZoneInfo,
    now: int,
) -> str:
    """A line for the category, the grade, each clock, and who would be told at once."""
    lines = [*_nature(before, after, names, t), *_clocks(before, after, t, zone, now)]
    for each in after.escalations[len(before.escalations) :]:
        people = t(", ").join(each.people) or t("nobody")
        lines.append(t("told at once: {role} {people}", role=terms.role(t, each.to), people=people))
    return "\n".join(lines)


def _nature(
    before: TicketView, after: TicketView, names: Mapping[str, str], t: Language
) -> Iterator[str]:
    if before.category != after.category:
        old, new = (
            names.get(before.category, before.category),
            names.get(after.category, after.category),
        )
        yield t(_MOVES, name=t("category"), old=old, new=new)
    if before.grade != after.grade:
        old, new = terms.grade(t, before.grade), terms.grade(t, after.grade)
        yield t(_MOVES, name=t("grade"), old=old, new=new)


def _clocks(
    before: TicketView, after: TicketView, t: Language, zone: ZoneInfo, now: int
) -> Iterator[str]:
    def due(clock: ClockView) -> str:
        return moment(
            t, datetime.fromtimestamp(clock.due_at, zone), datetime.fromtimestamp(now, zone)
        )

    was = {clock.kind: clock for clock in before.clocks if clock.open}
    for clock in after.clocks:
        name, old_clock = terms.clock(t, clock.kind), was.get(clock.kind)
        if clock.open and old_clock is None:
            yield t("{name}: new, due {due}", name=name, due=due(clock))
        elif clock.open and old_clock is not None and clock.due_at != old_clock.due_at:
            yield t(_MOVES, name=name, old=due(old_clock), new=due(clock))
        elif clock.open:
            yield t("{name}: stays due {due}", name=name, due=due(clock))
        elif old_clock is not None:
            yield t("{name}: stops", name=name)
