"""What is recorded on a running ticket: attended, answered, resolved, noted, confirmed."""

from __future__ import annotations

from concierge.domain.refusal import Refusal
from concierge.domain.ticket import CAUSES, check_meeting, closes, meets, starts_resolve
from concierge.domain.typed_text import clean, clean_line
from concierge.services.clocks import by_kind, confirm, meet, new_clock
from concierge.services.desk import Desk
from concierge.services.handling import Handling, handling
from concierge.services.intake import LINE_LIMIT, WORDS_LIMIT
from concierge.services.people import is_above_desk, require
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

    Raises:
        Refusal: not open, a time in the future or before the matter came in, a reason missing.
    """
    if cause is not None and cause not in CAUSES:
        raise Refusal("cause.unknown", cause=cause, causes=", ".join(CAUSES))
    with handling(desk, number, actor) as act:
        act.must_be_open()
        when = act.now if at is None else at
        met = _meet(act, action, when, late_reason)
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
            confirmed=is_above_desk(act.staff),
        )
    if closes(action, act.ticket.kind):
        act.ticket.state, act.ticket.closed_at = "closed", when
    elif met and _needs_resolve(act):
        act.clocks.append(
            new_clock(act.desk, act.ticket, act.desk.rules.policy.resolve_default, when)
        )
    return list(met)


def _check(act: Handling, clocks: list[Clock], when: int, late_reason: str | None) -> None:
    late_after = act.desk.rules.policy.late_after
    dues: list[tuple[int | None, int]] = [(c.due_at, c.counted_from) for c in clocks]
    for due_at, counted_from in dues or [(None, act.ticket.received_at)]:
        check_meeting(
            when, act.now, due_at, late_reason, counted_from=counted_from, late_after=late_after
        )


def _needs_resolve(act: Handling) -> bool:
    has = by_kind(act.clocks, "resolve") is not None
    return not has and starts_resolve(act.ticket.kind, [])


def note(desk: Desk, *, number: str, text: str, actor: str) -> TicketView:
    """Add a note to a ticket in any state.

    Raises:
        Refusal: ``words.empty`` and whatever ``handling`` refuses.
    """
    said = cleaned_text(text)
    if not said or not said.strip():
        raise Refusal("words.empty")
    with handling(desk, number, actor) as act:
        act.log("ticket.noted", {}, {"text": said})
        return act.view()


def confirm_kept(desk: Desk, *, number: str, actor: str, clock: str | None = None) -> TicketView:
    """A supervisor confirms that a promise was kept although its breach went on record first.

    Raises:
        Refusal: ``role.needed``; ``confirm.nothing`` when no clock waits for it.
    """
    with handling(desk, number, actor) as act:
        require(act.staff, "breach.confirm")
        waiting = [c for c in act.clocks if c.awaits_confirmation and clock in {None, c.kind}]
        if not waiting:
            raise Refusal("confirm.nothing", ticket=act.ticket.number)
        for row in waiting:
            confirm(row)
        act.log("ticket.confirmed", {"met": [row.kind for row in waiting]})
        return act.view()


def cleaned_text(text: str | None) -> str | None:
    """Typed text of several lines without control characters, None for nothing."""
    return clean(text, limit=WORDS_LIMIT).text if text and text.strip() else None


def cleaned_line(text: str | None) -> str | None:
    """One typed line without control characters, None for nothing."""
    return clean_line(text, limit=LINE_LIMIT).text if text and text.strip() else None


def needed_line(text: str | None, code: str) -> str:
    """A line that has to be given.

    Raises:
        Refusal: ``code`` when it is blank.
    """
    said = cleaned_line(text)
    if said is None:
        raise Refusal(code)
    return said
