"""When is it due? A promise: a clock's limit or agreed time, its cap, and when to warn."""

from __future__ import annotations

from dataclasses import dataclass

from concierge.domain.calendar import Calendar
from concierge.domain.counting import day_ending, limit_due
from concierge.domain.explanation import DayCount, explain
from concierge.domain.limit import Limit
from concierge.domain.refusal import Refusal

__all__ = ["ClockSpec", "DayCount", "Promise", "binding", "explain", "limit_due", "promise"]

_LONGEST_WARNING = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """What a category promises with one clock.

    ``kind`` is answer, attend, resolve or limit. ``limit`` is the cap when the time is
    ``by_agreement``; ``at_once`` is the limit of an errand for which no time was asked; ``lead``
    is taken off the time asked for, in seconds. ``warning`` is the share of the time to due after
    which to warn, in percent; 0 warns when the last day opens. ``ladder`` names who is told,
    ``clause`` where the promise comes from.
    """

    kind: str
    limit: Limit
    by_agreement: bool = False
    at_once: Limit | None = None
    lead: int = 0
    ladder: str = "minutes"
    warning: int = 75
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """By when (``due_at``), at the latest (``cap_at``, for times by agreement) and when to warn.

    ``provisional`` when it rests on years that no list covers; ``to_be_agreed`` while it runs to
    its cap because no time was agreed yet.
    """

    due_at: int
    cap_at: int | None
    warn_at: int
    provisional: bool
    to_be_agreed: bool


def promise(
    spec: ClockSpec,
    counted_from: int,
    calendar: Calendar,
    *,
    agreed_at: int | None = None,
    agreed_from: int | None = None,
    beyond_cap: bool = False,
) -> Promise:
    """What is promised by a clock that is counted from an instant.

    Args:
        spec: What the category promises.
        counted_from: When the household spoke.
        calendar: The property's days and hours.
        agreed_at: The time agreed with the resident.
        agreed_from: When it was agreed; counted_from unless given.
        beyond_cap: A supervisor approved of a time past the cap.

    Raises:
        Refusal: ``agreed.before-received``; ``agreed.past-cap``, past the cap or a fixed limit's
            due time; as ``limit_due``.
    """
    latest, provisional = limit_due(spec.limit, counted_from, calendar)
    cap = latest if spec.by_agreement else None
    if agreed_at is not None:
        if agreed_at < counted_from:
            raise Refusal("agreed.before-received", agreed=agreed_at, received=counted_from)
        if agreed_at > latest and not beyond_cap:
            raise Refusal("agreed.past-cap", agreed=agreed_at, cap=latest)
        return _agreed(spec, counted_from, cap, agreed_at, agreed_from)
    due, limit = latest, binding(spec, counted_from, calendar)
    if limit is not spec.limit:
        due, provisional = limit_due(limit, counted_from, calendar)
    return Promise(
        due_at=due,
        cap_at=cap,
        warn_at=_warning(spec, counted_from, due, calendar),
        provisional=provisional,
        to_be_agreed=spec.by_agreement and spec.at_once is None,
    )


def binding(spec: ClockSpec, counted_from: int, calendar: Calendar) -> Limit:
    """The limit that counts while no time is agreed: at once where nobody asked for a time, if that is sooner.

    Raises:
        Refusal: as ``limit_due``.
    """
    if not spec.by_agreement or spec.at_once is None:
        return spec.limit
    both = (spec.limit, spec.at_once)
    return min(both, key=lambda limit: limit_due(limit, counted_from, calendar)[0])


def _agreed(
    spec: ClockSpec, counted_from: int, cap: int | None, agreed_at: int, agreed_from: int | None
) -> Promise:
    """A promise for an agreed time: the time less the lead, where that leaves any time at all."""
    since = counted_from if agreed_from is None else max(agreed_from, counted_from)
    start = agreed_at - spec.lead
    due = start if start > since else agreed_at
    ahead = min(max(due - since, 0) // 4, _LONGEST_WARNING)
    return Promise(due, cap, due - ahead, provisional=False, to_be_agreed=False)


def _warning(spec: ClockSpec, counted_from: int, due: int, calendar: Calendar) -> int:
    """After a share of the time, or when the last day opens; never before counted_from."""
    if spec.warning:
        return counted_from + (due - counted_from) * spec.warning // 100
    opening = calendar.opening(day_ending(due, calendar))
    # A due time on a day without hours, from a limit in hours, is warned of when it comes.
    return max(counted_from, due if opening is None else min(opening, due))
