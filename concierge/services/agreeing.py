"""Times agreed with the household: up to the cap freely, later with a supervisor's approval."""

from __future__ import annotations

from dataclasses import replace

from concierge.domain.deadline import promise
from concierge.domain.refusal import Refusal
from concierge.domain.ticket import default_agreed_clock
from concierge.services.clocks import by_kind, is_breached, move, new_clock, spec_of
from concierge.services.desk import Desk
from concierge.services.handling import Handling, handling
from concierge.services.people import find_staff, is_allowed, require
from concierge.services.typed_lines import cleaned_line, needed_line
from concierge.services.views import TicketView
from concierge.store.tables import Approval, Clock, Staff


def agree(
    desk: Desk,
    *,
    number: str,
    agreed_at: int,
    agreed_with: str,
    actor: str,
    clock: str | None = None,
    approved_by: str | None = None,
    reason: str | None = None,
) -> TicketView:
    """Record a time agreed with the household for one of the clocks.

    Up to the cap (or a fixed limit's own end) freely; later needs a supervisor's approval and a reason.
    After a breach only a supervisor may agree a new time, and the breach stays. An appointment is an
    agreed attend: where no attend clock runs, one starts.

    Raises:
        Refusal: ``agreed.past``, ``agreed.past-cap``, ``agreed.after-breach``, ``clock.none``,
            ``reason.missing``, ``role.needed``.
    """
    said = needed_line(agreed_with, "agreed.with-missing")
    with handling(desk, number, actor) as act:
        act.must_be_open()
        if agreed_at <= act.now:
            raise Refusal("agreed.past", agreed=agreed_at, now=act.now)
        chosen = _clock_to_agree(act, clock)
        approver = _approver(act, approved_by)
        action = _move_to(act, chosen, agreed_at, approver, reason)
        chosen.agreed_with = said
        if chosen not in act.clocks:
            act.clocks.append(chosen)
        event_id = act.log(
            "ticket.agreed",
            {"clock": chosen.kind, "agreed_at": agreed_at, "due_at": chosen.due_at,
             "approved_by": approver.name if action and approver else None},
            {"with": said, "reason": cleaned_line(reason)},
        )  # fmt: skip
        if action and approver is not None:
            _approve(act, action, approver, cleaned_line(reason) or "", event_id)
        return act.view()


def _clock_to_agree(act: Handling, kind: str | None) -> Clock:
    alive = act.running()
    wanted = kind or default_agreed_clock([(c.kind, c.by_agreement) for c in alive])
    found = by_kind(alive, wanted) if wanted else None
    if found is not None:
        return found
    frozen = by_kind(act.clocks, wanted) if wanted else None
    if wanted != "attend" or frozen is not None:
        raise Refusal("clock.none", ticket=act.ticket.number, clock=wanted or "")
    latest = max(alive, key=lambda clock: clock.due_at)
    # An appointment lies within the promise it serves, so that promise's limit is its cap.
    limit = spec_of(latest).limit
    visit = replace(act.desk.rules.policy.spec_for(limit, kind="attend"), by_agreement=True)
    return new_clock(act.desk, act.ticket, visit, latest.counted_from)


def _approver(act: Handling, approved_by: str | None) -> Staff | None:
    """Who approves: whoever is named, else the actor if that is a supervisor or above."""
    staff = find_staff(act.session, approved_by) if approved_by else act.staff
    if approved_by:
        require(act.session, staff, "agree.beyond-cap")
    if staff.id == act.ticket.about_staff_id:
        raise Refusal("about.handles", name=staff.name, ticket=act.ticket.number)
    return staff if is_allowed(act.session, staff, "agree.beyond-cap") else None


def _move_to(
    act: Handling, clock: Clock, agreed_at: int, approver: Staff | None, reason: str | None
) -> str | None:
    """Put the agreed time on the clock; returns the action that needed approval, if any."""
    calendar = act.desk.rules.calendar_of(act.session, clock.calendar_version)
    spec = spec_of(clock)
    plain = promise(spec, clock.counted_from, calendar)
    cap = plain.cap_at or plain.due_at
    broken = is_breached(clock, act.now)
    action = "agree.beyond-cap" if agreed_at > cap else "agree.after-breach" if broken else None
    if action == "agree.beyond-cap" and approver is None:
        raise Refusal("agreed.past-cap", agreed=agreed_at, cap=cap)
    if action == "agree.after-breach" and approver is None:
        raise Refusal("agreed.after-breach", ticket=act.ticket.number)
    if action == "agree.beyond-cap":
        needed_line(reason, "reason.missing")
    given = promise(
        spec,
        clock.counted_from,
        calendar,
        agreed_at=agreed_at,
        agreed_from=act.now,
        beyond_cap=True,
    )
    move(clock, given, first=clock.id is None)
    clock.agreed_at, clock.agreed_from = agreed_at, act.now
    return action


def _approve(act: Handling, action: str, approver: Staff, reason: str, event_id: int) -> None:
    assert act.ticket.id is not None
    assert approver.id is not None
    act.session.add(
        Approval(
            ticket_id=act.ticket.id,
            event_id=event_id,
            action=action,
            staff_id=approver.id,
            reason=reason,
            at=act.now,
        )
    )
