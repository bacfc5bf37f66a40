"""The life of a ticket: what may happen to it when, as pure rules on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concierge.domain.deadline import ClockSpec
from concierge.domain.policy import Category, Policy
from concierge.domain.refusal import Refusal

CHANNELS = ("phone", "desk", "wechat", "patrol", "other")
CAUSES = (
    "waiting-part",
    "nobody-on-duty",
    "forgotten",
    "wrong-category",
    "third-party",
    "not-reachable",
    "other",
)
STATES = ("open", "closed", "cancelled")


def stays_broken(at: int, *, due_at: int, is_open: bool, breached: bool) -> bool:
    """Whether a promise counts as broken when its ticket closes with what was done at ``at``.

    Args:
        at: When it was done; seconds since the epoch, UTC, as ``due_at``.
        due_at: When the promise's time runs out.
        is_open: Whether it still waits to be kept.
        breached: Of one that does not, whether it was broken.
    """
    return at > due_at if is_open else breached


def check_past(at: int, now: int, reason: str | None, late_after: int) -> bool:
    """Whether something said to have happened at ``at`` is logged late.

    Raises:
        Refusal: ``time.future`` when later than now; ``time.late-reason`` when it is earlier than now
            by more than ``late_after`` seconds and no reason is given.
    """
    if at > now:
        raise Refusal("time.future", at=at, now=now)
    late = now - at > late_after
    if late and not (reason or "").strip():
        raise Refusal("time.late-reason", at=at, minutes=late_after // 60)
    return late


def check_meeting(
    at: int, now: int, due_at: int | None, reason: str | None, *, counted_from: int, late_after: int
) -> None:
    """Whether a clock may be recorded as met at ``at``.

    A time of its own needs a reason when it lies back by more than ``late_after`` seconds, and whenever
    it would turn a breach into a kept promise.

    Raises:
        Refusal: ``time.future``, ``time.before-received`` or ``time.late-reason``.
    """
    if at < counted_from:
        raise Refusal("time.before-received", at=at, received=counted_from)
    check_past(at, now, reason, late_after)
    turns = due_at is not None and at <= due_at < now
    if turns and at < now and not (reason or "").strip():
        raise Refusal("time.late-reason", at=at, minutes=0)


def meets(action: str, kind: str, open_kinds: Iterable[str]) -> tuple[str, ...]:
    """Which of the open clocks an action (attend, answer, resolve) meets on a ticket of ``kind``.

    Resolving meets every open clock; answering an inquiry closes it and so meets every one too.
    """
    running = tuple(open_kinds)
    if closes(action, kind):
        return running
    return tuple(clock for clock in running if clock == action)


def closes(action: str, kind: str) -> bool:
    """Whether an action closes a ticket of ``kind``: resolving does, and answering an inquiry."""
    return action == "resolve" or (action == "answer" and kind == "inquiry")


def first_due(clocks: Sequence[tuple[str, int]]) -> str | None:
    """The kind of the clock due first among (kind, due_at); ties go in the order given."""
    return min(clocks, key=lambda clock: clock[1])[0] if clocks else None


def is_to_be_agreed(*, by_agreement: bool, agreed_at: int | None, at_once: str | None) -> bool:
    """Whether a clock runs to its cap because no time was agreed yet; what is wanted at once needs none."""
    return by_agreement and agreed_at is None and at_once is None


def starts_resolve(kind: str, open_kinds: Iterable[str]) -> bool:
    """Whether a resolve clock has to start because an open ticket always has a running clock."""
    return kind != "inquiry" and not tuple(open_kinds)


def restarted(category: Category, policy: Policy) -> ClockSpec:
    """The clock that a reopening restarts: resolve, for an inquiry the answer clock."""
    spec = category.clock("answer" if category.kind == "inquiry" else "resolve")
    return spec or policy.resolve_default


def may_reopen(closed_at: int, now: int, within: int) -> bool:
    """Whether a closed ticket may be reopened itself; later, a new linked ticket takes its place."""
    return now - closed_at <= within


@dataclass(frozen=True, slots=True)
class Replan:
    """What a change of category does to the clocks: which go on, start anew, or stop."""

    keep: tuple[tuple[str, ClockSpec], ...]
    start: tuple[ClockSpec, ...]
    stop: tuple[str, ...]


def replan(
    category: Category, running: Iterable[str], met: Iterable[str], policy: Policy
) -> Replan:
    """Match the clocks of a ticket with those of its new category; met clocks are frozen."""
    running, met = tuple(running), frozenset(met)
    specs = {spec.kind: spec for spec in category.clocks}
    keep = tuple((kind, specs[kind]) for kind in running if kind in specs)
    start = tuple(s for s in category.clocks if s.kind not in running and s.kind not in met)
    stop = tuple(kind for kind in running if kind not in specs)
    if not keep and not start:
        start = (
            specs.get("answer" if category.kind == "inquiry" else "resolve")
            or policy.resolve_default,
        )
    return Replan(keep, start, stop)


def default_agreed_clock(clocks: Sequence[tuple[str, bool]]) -> str | None:
    """Which clock an agreed time is for when none is named, among (kind, by_agreement).

    The one that runs by agreement first, then resolve, answer, attend.
    """
    order = {"resolve": 0, "answer": 1, "attend": 2}
    ranked = sorted(clocks, key=lambda clock: (not clock[1], order.get(clock[0], 3)))
    return ranked[0][0] if ranked else None


def number_text(day: str, sequence: int) -> str:
    """A ticket number such as T-20261123-012; ``day`` is the local date of logging, YYYYMMDD."""
    return f"T-{day}-{sequence:03d}"
