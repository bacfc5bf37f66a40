"""What is recorded on a running ticket: attended, answered, resolved, noted, confirmed."""

from __future__ import annotations

from concierge.domain.refusal import Refusal
from concierge.domain.ticket import (
    CAUSES,
    check_meeting,
    closes,
    meets,
    starts_resolve,
    stays_broken,
)
from concierge.services.clocks import by_kind, confirm, is_breached, meet, new_clock, restart
from concierge.services.desk import Desk
from concierge.services.drafts import drop_draft
from concierge.services.handling import Handling, handling
from concierge.services.people import is_allowed, require
from concierge.services.typed_lines import cleaned_line, cleaned_text
from concierge.services.views import TicketView
from concierge.store.tables import Clock

_EVENT = {"attend": "ticket.attended", "answer": "ticket.answered", "resolve": "ticket.resolved"}


def record(
    desk: Desk,
    *,
    action: str,
    number: str,
    actor: str,
    text: str | None = None,
    at: int | None = None,
    late_reason: str | None = None,
    cause: str | None = None,
    insist: bool = False,
) -> TicketView:
    """Record that somebody attended, answered or resolved, and meet the clocks that this meets.

    Args:
        desk: The desk it is recorded at.
        action: attend, answer or resolve.
        number: The ticket.
        actor: Who did it.
        text: What was said or done.
        at: When, if not now; seconds since the epoch, UTC.
        late_reason: Why it is recorded with a time of its own.
        cause: Why a promise was broken, one of ``CAUSES``.
        insist: Whether closing what was broken without a cause is refused: where nobody can be asked for it.

    Raises:
        Refusal: ``cause.missing``, not open, a time in the future or before the matter came in, a reason
            missing.
    """
    if cause is not None and cause not in CAUSES:
        raise Refusal("cause.unknown", cause=cause, causes=", ".join(CAUSES))
    with handling(desk, number, actor) as act:
        act.must_be_open()
        when = act.now if at is None else at
        if insist and cause is None:
            _check_cause(act, action, when)
        met = _meet(act, action, when, cleaned_line(late_reason))
        if cause is not None:
            act.ticket.cause = cause
        act.log(
            _EVENT[action],
            {"at": when, "met": met, "cause": cause,
             "late": [k for k in met if (c := by_kind(act.clocks, k)) and when > c.due_at]},
            {"text": cleaned_text(text), "late_reason": cleaned_line(late_reason)},
        )  # fmt: skip
        return act.view()


def _meet(act: Handling, action: str, when: int, late_reason: str | None) -> list[str]:
    open_kinds = [clock.kind for clock in act.running()]
    met = meets(action, act.ticket.kind, open_kinds)
    clocks = [clock for clock in act.running() if clock.kind in met]
    _check(act, clocks, when, late_reason)
    for clock in clocks:
        meet(
            clock,
            when,
            logged_at=act.now,
            by=act.staff.id,
            confirmed=is_allowed(act.session, act.staff, "breach.confirm"),
        )
    if closes(action, act.ticket.kind):
        act.ticket.state, act.ticket.closed_at = "closed", when
    elif met:
        _keep_running(act, when)
    return list(met)


def _check(act: Handling, clocks: list[Clock], when: int, late_reason: str | None) -> None:
    late_after = act.desk.rules.policy.late_after
    dues: list[tuple[int | None, int]] = [(c.due_at, c.counted_from) for c in clocks]
    for due_at, counted_from in dues or [(None, act.ticket.received_at)]:
        check_meeting(
            when, act.now, due_at, late_reason, counted_from=counted_from, late_after=late_after
        )


def _check_cause(act: Handling, action: str, when: int) -> None:
    """What closes a ticket that broke a promise says why."""
    alive = {clock.kind for clock in act.running()}
    if closes(action, act.ticket.kind) and any(
        stays_broken(
            when,
            due_at=clock.due_at,
            is_open=clock.kind in alive,
            breached=is_breached(clock, act.now),
        )
        for clock in act.clocks
    ):
        raise Refusal("cause.missing", ticket=act.ticket.number, causes=", ".join(CAUSES))


def _keep_running(act: Handling, at: int) -> None:
    """Start the resolve clock of a ticket that has none, or whose category had stopped it."""
    resolve = by_kind(act.clocks, "resolve")
    alive = [clock.kind for clock in act.running() if clock.kind == "resolve"]
    if not starts_resolve(act.ticket.kind, alive):
        return
    spec = act.desk.rules.policy.resolve_default
    if resolve is None:
        act.clocks.append(new_clock(act.desk, act.ticket, spec, at))
    else:
        restart(act.desk, resolve, spec, at)


def note(desk: Desk, *, number: str, text: str, actor: str, draft: str | None = None) -> TicketView:
    """Add a note to a ticket in any state; an intake whose words it holds is a draft no more.

    Raises:
        Refusal: ``words.empty`` and whatever ``handling`` refuses.
    """
    said = cleaned_text(text)
    if said is None:
        raise Refusal("words.empty")
    with handling(desk, number, actor) as act:
        act.log("ticket.noted", {}, {"text": said})
        if draft is not None:
            drop_draft(act.session, draft)
        return act.view()


def confirm_kept(desk: Desk, *, number: str, actor: str, clock: str | None = None) -> TicketView:
    """A supervisor confirms that a promise was kept although its breach went on record first.

    Raises:
        Refusal: ``role.needed``; ``confirm.nothing`` when no clock waits for it.
    """
    with handling(desk, number, actor) as act:
        require(act.session, act.staff, "breach.confirm")
        waiting = [c for c in act.clocks if c.awaits_confirmation and clock in {None, c.kind}]
        if not waiting:
            raise Refusal("confirm.nothing", ticket=act.ticket.number)
        for row in waiting:
            confirm(row)
        act.log("ticket.confirmed", {"met": [row.kind for row in waiting]})
        return act.view()
