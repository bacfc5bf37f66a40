"""When a complaint that comes again, or is never solved, becomes a major matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

HOUSEHOLD = "household"
BUILDING = "building"
UNSOLVED = "unsolved"


@dataclass(frozen=True, slots=True)
class Repeated:
    """The policy's figures; ``window`` and ``unsolved`` are seconds, a count of 0 turns its rule off.

    ``household``: which complaint of one household in one category within the window is major.
    ``building``: complaints of so many different households of a building (热点). ``unsolved``: a complaint
    that is still open so long after it was received.
    """

    window: int
    household: int
    building: int
    unsolved: int


@dataclass(frozen=True, slots=True)
class Complaint:
    """An earlier complaint of the same category: whose, where, and its number."""

    number: str
    household: str
    building: str
    received_at: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a matter is major: ``kind`` household, building or unsolved.

    ``count`` complaints or households, or days; ``numbers`` are the earlier tickets that were counted.
    """

    kind: str
    count: int
    numbers: tuple[str, ...] = ()


def reasons(
    rules: Repeated | None, new: Complaint, earlier: Iterable[Complaint]
) -> tuple[Reason, ...]:
    """Why a complaint is a repeated matter, the nearest reason first; empty when it is none.

    Households are counted, not calls: one that rings ten times makes no trouble spot of its building, and
    its third complaint is major all the same.

    Args:
        rules: The policy's figures; None finds nothing.
        new: The complaint that came in; without a household nothing can be counted (``household`` empty).
        earlier: Complaints of its category that were not cancelled; the window is applied here.
    """
    if rules is None or not new.household:
        return ()
    near = [
        each
        for each in earlier
        if each.number != new.number
        and each.household
        and new.received_at - rules.window <= each.received_at <= new.received_at
    ]
    found = []
    own = [each for each in near if each.household == new.household]
    if rules.household and len(own) + 1 >= rules.household:
        found.append(Reason(HOUSEHOLD, len(own) + 1, tuple(each.number for each in own)))
    around = [each for each in near if each.building == new.building]
    households = {each.household for each in around} | {new.household}
    if rules.building and len(households) >= rules.building:
        others = tuple(each.number for each in around if each.household != new.household)
        found.append(Reason(BUILDING, len(households), others))
    return tuple(found)


def reasons_in_any_order(
    rules: Repeated | None, new: Complaint, others: Iterable[Complaint]
) -> tuple[Reason, ...]:
    """The same of a complaint that was written down after later ones, as on an evening of many calls.

    Whichever of them is written down last is the one that makes the window full.

    Args:
        rules: The policy's figures; None finds nothing.
        new: The complaint that was just written down.
        others: Complaints of its category from before and after it.
    """
    if rules is None:
        return ()
    others = tuple(others)
    last = new.received_at + rules.window
    ends = {each.received_at for each in others if new.received_at < each.received_at <= last}
    for end in sorted(ends | {new.received_at}):
        found = reasons(rules, replace(new, received_at=end), others)
        if found:
            return found
    return ()


def unsolved(rules: Repeated | None, received_at: int, now: int) -> Reason | None:
    """The reason that a complaint has been open for too long, once it has."""
    at = unsolved_at(rules, received_at)
    if at is None or now <= at:
        return None
    return Reason(UNSOLVED, (now - received_at) // 86_400)


def unsolved_at(rules: Repeated | None, received_at: int) -> int | None:
    """The instant after which an open complaint is major because nobody solved it."""
    return None if rules is None else received_at + rules.unsolved
