"""What a change of category or grade would move, before it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from concierge.language import terms
from concierge.language.dates import duration, moment
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
    """A line for the category, the grade, each clock, and who would be told at once.

    Args:
        before: The ticket as it is.
        after: The ticket as it would be, with its events.
        names: The categories' names by code in the reader's language.
        t: The reader's language.
        zone: The property's zone.
        now: The present instant.
    """
    when = _When(t, zone, now)
    lines = [*_nature(before, after, names, t), *_clocks(before, after, when)]
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


@dataclass(frozen=True, slots=True)
class _When:
    """Instants in the reader's language."""

    t: Language
    zone: ZoneInfo
    now: int

    def in_words(self, at: int) -> str:
        """With the day: "today 14:28"."""
        return moment(self.t, self._local(at), self._local(self.now))

    def shortly(self, at: int) -> str:
        """Of today the hour alone: "14:28"."""
        today = self._local(at).date() == self._local(self.now).date()
        return f"{self._local(at):%H:%M}" if today else self.in_words(at)

    def _local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, self.zone)


def _clocks(before: TicketView, after: TicketView, when: _When) -> Iterator[str]:
    t = when.t
    was = {clock.kind: clock for clock in before.clocks if clock.open}
    for clock in after.clocks:
        name, old = terms.clock(t, clock.kind), was.get(clock.kind)
        due = when.in_words(clock.due_at)
        if clock.open and old is None:
            said = t("{name}: new, due {due}", name=name, due=due)
        elif clock.open and old is not None and clock.due_at != old.due_at:
            dues = when.shortly(old.due_at), when.shortly(clock.due_at)
            said = t("{name}: due {old} -> {new}", name=name, old=dues[0], new=dues[1])
        elif clock.open:
            said = t("{name}: stays due {due}", name=name, due=due)
        elif old is not None:
            said = t("{name}: stops", name=name)
        else:
            continue
        yield t(", ").join([said, *_consequences(clock, after, when)])


def _consequences(clock: ClockView, after: TicketView, when: _When) -> Iterator[str]:
    """That the new due time has passed already, and which breaches stay on record all the same."""
    t = when.t
    if clock.open and clock.due_at < when.now:
        yield t("already {span} late", span=duration(t, when.now - clock.due_at))
    # The last change is the one that would be; what it breaks at once is not kept but new.
    changed = max((each.id for each in after.events if each.kind == "ticket.changed"), default=0)
    kept = sum(
        each.kind == "clock.breached" and each.data.get("clock") == clock.kind and each.id < changed
        for each in after.events
    )
    if kept:
        yield t("one breach kept") if kept == 1 else t("{n} breaches kept", n=kept)
