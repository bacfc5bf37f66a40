"""Clocks on a ticket: starting, moving, meeting and stopping them, with what the log keeps of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from concierge.domain.deadline import ClockSpec, Promise, promise
from concierge.domain.limit import Limit
from concierge.domain.ticket import first_due
from concierge.services.desk import Desk
from concierge.store.audit import Log, Stamp
from concierge.store.tables import Clock, Ticket

# What the log keeps of a clock: every column that a person's act or time may change. The next rung is
# left out: it follows from these and the escalations, and is recomputed by verify.
KEPT = (
    "kind", "generation", "limit", "by_agreement", "at_once", "lead", "ladder", "warning",
    "clause",
    "policy_version", "calendar_version", "counted_from", "agreed_at", "agreed_from", "due_at",
    "cap_at", "warn_at", "provisional", "met_at", "met_logged_at", "met_by", "stopped_at",
    "breach_generation", "earlier_breach", "awaits_confirmation",
)  # fmt: skip


def clocks_of(session: Session, ticket: Ticket) -> list[Clock]:
    """All clocks of a ticket in the order in which they were started."""
    return list(
        session.exec(select(Clock).where(Clock.ticket_id == ticket.id).order_by(col(Clock.id)))
    )


def running(clocks: Iterable[Clock]) -> list[Clock]:
    """Those of ``clocks`` that still run."""
    return [clock for clock in clocks if clock.met_at is None and clock.stopped_at is None]


def soonest(clocks: Sequence[Clock]) -> Clock | None:
    """The running clock that is due first."""
    alive = running(clocks)
    kind = first_due([(clock.kind, clock.due_at) for clock in alive])
    return next((clock for clock in alive if clock.kind == kind), None)


def by_kind(clocks: Iterable[Clock], kind: str) -> Clock | None:
    """The clock of a kind, running or not; a ticket has at most one."""
    return next((clock for clock in clocks if clock.kind == kind), None)


def snapshot(clocks: Iterable[Clock]) -> dict[str, object]:
    """What an event says of clocks: by kind, every kept column as it is afterwards."""
    return {clock.kind: {name: getattr(clock, name) for name in KEPT} for clock in clocks}


def spec_of(clock: Clock) -> ClockSpec:
    """The promise that a clock runs on, as it was when the clock started."""
    return ClockSpec(
        kind=clock.kind,
        limit=Limit.parse(clock.limit),
        by_agreement=clock.by_agreement,
        at_once=Limit.parse(clock.at_once) if clock.at_once else None,
        lead=clock.lead,
        ladder=clock.ladder,
        warning=clock.warning,
        clause=clock.clause,
    )


def new_clock(
    desk: Desk,
    ticket: Ticket,
    spec: ClockSpec,
    counted_from: int,
    *,
    agreed_at: int | None = None,
    agreed_with: str | None = None,
) -> Clock:
    """A clock that starts at ``counted_from`` under the rules in force; not yet in the session.

    Raises:
        Refusal: ``agreed.past-cap`` or ``agreed.before-received``.
    """
    assert ticket.id is not None
    rules = desk.rules
    given = promise(spec, counted_from, rules.calendar, agreed_at=agreed_at)
    clock = Clock(
        ticket_id=ticket.id,
        kind=spec.kind,
        limit=str(spec.limit),
        by_agreement=spec.by_agreement,
        at_once=str(spec.at_once) if spec.at_once else None,
        lead=spec.lead,
        ladder=spec.ladder,
        warning=spec.warning,
        clause=spec.clause,
        policy_version=rules.policy_version,
        calendar_version=rules.calendar_version,
        counted_from=counted_from,
        agreed_at=agreed_at,
        agreed_from=counted_from if agreed_at is not None else None,
        agreed_with=agreed_with if agreed_at is not None else None,
        due_at=given.due_at,
        warn_at=given.warn_at,
    )
    _fill(clock, given)
    return clock


def respec(desk: Desk, clock: Clock, spec: ClockSpec, *, keep_agreed: bool = False) -> None:
    """Put a clock on another promise under the rules in force; its counted_from stays.

    An agreed time that the new promise does not allow falls away, unless it is kept because only the rules
    changed and not the matter: then the limit itself holds.
    """
    rules = desk.rules
    clock.limit, clock.by_agreement = str(spec.limit), spec.by_agreement
    clock.at_once = str(spec.at_once) if spec.at_once else None
    clock.lead, clock.clause = spec.lead, spec.clause
    clock.ladder, clock.warning = spec.ladder, spec.warning
    clock.policy_version, clock.calendar_version = rules.policy_version, rules.calendar_version
    limit = promise(spec, clock.counted_from, rules.calendar)
    cap = limit.cap_at or limit.due_at
    if clock.agreed_at is not None and clock.agreed_at > cap and not keep_agreed:
        clock.agreed_at = clock.agreed_from = clock.agreed_with = None
    move(
        clock,
        promise(
            spec,
            clock.counted_from,
            rules.calendar,
            agreed_at=clock.agreed_at,
            agreed_from=clock.agreed_from,
            beyond_cap=keep_agreed,
        ),
    )


def move(clock: Clock, given: Promise, *, first: bool = False) -> None:
    """Put a promise on a clock; a new generation opens only if due_at changes.

    A clock that has not run yet (``first``) stays in its first generation.
    """
    if not first and given.due_at != clock.due_at:
        clock.generation += 1
    _fill(clock, given)


def _fill(clock: Clock, given: Promise) -> None:
    clock.due_at, clock.cap_at = given.due_at, given.cap_at
    clock.warn_at, clock.provisional = given.warn_at, given.provisional


def restart(desk: Desk, clock: Clock, spec: ClockSpec, at: int) -> None:
    """Run a met or stopped clock again from ``at`` without its agreed time.

    As with every other change, a new generation opens only if due_at changes.
    """
    clock.met_at = clock.met_logged_at = clock.met_by = clock.stopped_at = None
    clock.awaits_confirmation = False
    clock.agreed_at = clock.agreed_from = clock.agreed_with = None
    clock.counted_from = at
    respec(desk, clock, spec)


def stop(clock: Clock, at: int) -> None:
    """End a clock that was not met: its ticket was cancelled, or its category asks for it no more."""
    clock.stopped_at = at
    clock.next_rung = clock.next_at = None


def meet(clock: Clock, at: int, *, logged_at: int, by: int | None, confirmed: bool) -> None:
    """Record that a clock was met at ``at``.

    A breach on record that this would turn into a kept promise stands until a supervisor confirms.
    """
    clock.met_at, clock.met_logged_at, clock.met_by = at, logged_at, by
    clock.next_rung = clock.next_at = None
    if clock.breach_generation == clock.generation and at <= clock.due_at:
        clock.awaits_confirmation = True
        if confirmed:
            confirm(clock)


def confirm(clock: Clock) -> None:
    """A supervisor confirms that a promise was kept although its breach is on record."""
    clock.awaits_confirmation = False
    clock.breach_generation = None


def is_breached(clock: Clock, now: int) -> bool:
    """Whether the promise is or was broken, computed from now, swept or not."""
    if clock.earlier_breach or clock.breach_generation is not None:
        return True
    end = clock.met_at if clock.met_at is not None else clock.stopped_at
    return (now if end is None else end) > clock.due_at


def note_breach(log: Log, stamp: Stamp, clock: Clock) -> bool:
    """Put the breach of a running clock on record unless it is, or was none yet; True if it was new."""
    if stamp.at <= clock.due_at or clock.breach_generation == clock.generation:
        return False
    clock.earlier_breach = clock.earlier_breach or clock.breach_generation is not None
    clock.breach_generation = clock.generation
    log.append(
        Stamp(at=stamp.at, desk=stamp.desk),
        "clock.breached",
        {"clock": clock.kind, "generation": clock.generation, "due_at": clock.due_at,
         "clocks": snapshot([clock])},
        ticket_id=clock.ticket_id,
    )  # fmt: skip
    return True


def record_breaches(session: Session, stamp: Stamp, clocks: Iterable[Clock]) -> list[Clock]:
    """Put breaches on record that nobody saw yet; to be called before a clock is touched.

    Returns:
        The clocks whose breach was recorded now.
    """
    log = Log(session)
    found = [clock for clock in running(clocks) if note_breach(log, stamp, clock)]
    log.write()
    session.add_all(found)
    return found
