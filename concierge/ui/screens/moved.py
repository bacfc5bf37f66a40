"""What a change of category or grade would move, before it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from concierge.language import terms
from concierge.language.dates import moment
from concierge.language.translator import Language
from concierge.services.views import ClockView, TicketView


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
    return "\n".join(_lines(before, after, names, t, zone, now))


def _lines(
    before: TicketView,
    after: TicketView,
    names: Mapping[str, str],
    t: Language,
    zone: ZoneInfo,
    now: int,
) -> Iterator[str]:
    arrow = t("{name}: {old} -> {new}", name="{name}", old="{old}", new="{new}")
    if before.category != after.category:
        old, new = (
            names.get(before.category, before.category),
            names.get(after.category, after.category),
        )
        yield arrow.format(name=t("category"), old=old, new=new)
    if before.grade != after.grade:
        old, new = terms.grade(t, before.grade), terms.grade(t, after.grade)
        yield arrow.format(name=t("grade"), old=old, new=new)

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
            yield arrow.format(name=name, old=due(old_clock), new=due(clock))
        elif clock.open:
            yield t("{name}: stays due {due}", name=name, due=due(clock))
        elif old_clock is not None:
            yield t("{name}: stops", name=name)
    told = after.escalations[len(before.escalations) :]
    for each in told:
        people = ", ".join(each.people) or t("nobody")
        yield t("told at once: {role} {people}", role=terms.role(t, each.to), people=people)
