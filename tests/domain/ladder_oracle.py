"""The ladder, slowly and from the words of the law: whom a broken promise is told to next, and when.

It shares nothing with the code it judges: days are stepped through by the oracle of deadlines, a move of one
rung is carried to every later one as it is told, and quiet hours are looked for minute by minute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.domain.oracle import Oracle, first_showing, wall

WORKING = "working days"
SECONDS = {"minutes": 60, "hours": 3600}
DAY = 86_400


@dataclass(frozen=True)
class Step:
    """A rung as the policy has it: a role, from "received" or "due", so many of a unit later (0: at once)."""

    to: str
    anchor: str = "due"
    amount: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Told:
    """A rung on record; ``people`` whether anybody held the role, ``signed`` when it was acknowledged."""

    rung: int
    due: int
    fired: int
    people: bool = True
    signed: int | None = None
    held: int | None = None


@dataclass(frozen=True)
class Promised:
    """What the ladder of one clock hangs on; ``steps`` are rung 1 and up, ``repeat`` None is at opening."""

    steps: tuple[Step, ...]
    warned: bool
    received: int
    due: int
    warn: int
    repeat: tuple[int, str] | None = None


def role(on: Promised, rung: int) -> str:
    """Who is told: the desk of the warning, whoever was told last of every repeat."""
    return "concierge" if rung == 0 else on.steps[min(rung, len(on.steps)) - 1].to


def planned(on: Promised, days: Oracle) -> list[int]:
    """The instants of the warning and of every rung, before anything happened."""
    plan = [on.warn]
    for step in on.steps:
        anchor = on.received if step.anchor == "received" else on.due
        plan.append(days.due(step.amount, step.unit, anchor)[0] if step.amount else anchor)
    return plan


def next_told(on: Promised, rows: Iterable[Told], days: Oracle) -> tuple[int, str, int]:
    """The rung to come, to whom, and its instant: it fires when now is later."""
    told = {row.rung: row for row in rows}
    plan = planned(on, days)
    if not told:
        first = 0 if on.warned else 1
        return first, role(on, first), plan[first]
    for rung in sorted(told):
        if rung < len(on.steps):
            plan = _put_off(on, plan, told[rung], told.get(rung + 1), days)
    last = told[max(told)]
    coming = last.rung + 1
    if coming > len(on.steps):
        return coming, role(on, coming), _again(on, last, days)
    at = plan[coming]
    return coming, role(on, coming), at if last.people else min(at, last.due)


def _put_off(
    on: Promised, plan: list[int], row: Told, above: Told | None, days: Oracle
) -> list[int]:
    """The plan after a rung was signed for or held back: the next one waits for its gap, the later ones too.

    Whatever came after the next rung had fired comes too late for it.
    """
    waited = [at for at in (row.signed, row.held) if at and (above is None or at < above.fired)]
    since = max(waited, default=0)
    if since <= plan[row.rung]:
        return plan
    moved = list(plan)
    moved[row.rung] = since
    for rung in range(row.rung + 1, len(plan)):
        if moved[rung - 1] > plan[rung - 1]:
            moved[rung] = max(plan[rung], _gap_after(on, plan, moved, rung, days))
    moved[row.rung] = plan[row.rung]
    return moved


def _gap_after(on: Promised, plan: list[int], moved: list[int], rung: int, days: Oracle) -> int:
    """A rung's instant as far above its moved predecessor as the policy has it, in the policy's own unit."""
    unit, amount = _gap(on, rung)
    before, now = plan[rung - 1], moved[rung - 1]
    if unit == WORKING:
        steps = _worked(days.date_of(before), days.date_of(now), days)
        return days.due(steps, WORKING, plan[rung])[0] if steps else plan[rung]
    if unit and unit not in SECONDS:
        return days.due(amount, unit, now)[0]
    return plan[rung] + now - before


def _gap(on: Promised, rung: int) -> tuple[str, int]:
    """The unit both rungs are written in and their distance in it; none when they have no common one."""
    if rung == 1:
        return "", 0
    below, above = on.steps[rung - 2], on.steps[rung - 1]
    if below.anchor != above.anchor or (below.amount and below.unit != above.unit):
        return "", 0
    return above.unit, above.amount - below.amount


def _worked(first: date, last: date, days: Oracle) -> int:
    """The working days after one day up to another."""
    count = 0
    while first < last:
        first += timedelta(days=1)
        count += days.working(first)
    return count


def _again(on: Promised, last: Told, days: Oracle) -> int:
    """When the last rung is told again: after its limit, else when the desk opens next."""
    since = max(last.due, last.signed or 0, last.held or 0)
    if on.repeat is not None:
        return days.due(*on.repeat, since)[0]
    return opening_after(since, days)


def opening_after(since: int, days: Oracle) -> int:
    """The first opening after an instant, looked for day by day."""
    day = days.date_of(since) - timedelta(days=1)
    while True:
        day += timedelta(days=1)
        hours = days.open_hours(day)
        if hours and (at := first_showing(day, hours[0][0], days.zone)) > since:
            return at


def awake_at(quiet: tuple[int, int] | None, at: int, zone: str) -> int | None:
    """When the night ends in which an instant lies, by looking at the wall every minute; None by day.

    ``quiet`` is from and to in minutes of the wall's day.
    """
    if quiet is None or not _asleep(quiet, at, zone):
        return None
    at += -at % 60
    while _asleep(quiet, at, zone):
        at += 60
    return at


def _asleep(quiet: tuple[int, int], at: int, zone: str) -> bool:
    shown = wall(at, zone)
    minutes, (start, end) = shown.hour * 60 + shown.minute, quiet
    return start <= minutes < end if start < end else minutes >= start or minutes < end
