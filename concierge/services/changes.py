"""What changes a ticket's promises: agreed time, assignee, category, grade, cancelling, reopening."""

from __future__ import annotations

from dataclasses import replace

from concierge.domain.deadline import promise
from concierge.domain.policy import MAJOR_LADDER
from concierge.domain.refusal import Refusal
from concierge.domain.ticket import (
    default_agreed_clock,
    first_due,
    may_reopen,
    replan,
    restarted,
)
from concierge.services.clocks import (
    by_kind,
    is_breached,
    move,
    new_clock,
    respec,
    restart,
    soonest,
    spec_of,
    stop,
)
from concierge.services.desk import Desk
from concierge.services.handling import Handling, handling
from concierge.services.intake import Intake, find_category, new_ticket
from concierge.services.ladder import fire, fire_now, fired_rungs, notify, upcoming
from concierge.services.people import find_staff, require
from concierge.services.progress import cleaned_line, needed_line
from concierge.services.ticket_view import read_ticket
from concierge.services.views import TicketView
from concierge.store.tables import Approval, Clock, Staff


def assign(desk: Desk, *, number: str, to: str, actor: str) -> TicketView:
    """Give a ticket to somebody; the first owner stays.

    Raises:
        Refusal: unknown staff, or ``about.handles`` for the person it is about.
    """
    with handling(desk, number, actor) as act:
        act.must_be_open()
        holder = find_staff(act.session, to)
        if holder.id == act.ticket.about_staff_id:
            raise Refusal("about.handles", name=holder.name, ticket=act.ticket.number)
        act.ticket.assignee_id = holder.id
        act.log("ticket.assigned", {"to": holder.name})
        return act.view()


def cancel(desk: Desk, *, number: str, reason: str, actor: str) -> TicketView:
    """Cancel an open ticket; its clocks stop unmet, and a breach there was stays.

    Raises:
        Refusal: ``reason.missing``, ``ticket.not-open``.
    """
    said = needed_line(reason, "reason.missing")
    with handling(desk, number, actor) as act:
        act.must_be_open()
        for clock in act.running():
            stop(clock, act.now)
        act.ticket.state, act.ticket.closed_at = "cancelled", act.now
        act.log("ticket.cancelled", {}, {"reason": said})
        return act.view()


def reopen(desk: Desk, *, number: str, reason: str, actor: str) -> TicketView:
    """Reopen a closed or cancelled ticket within seven times 24 hours; later, open a new linked one.

    Raises:
        Refusal: ``reason.missing``, ``ticket.open``.
    """
    said = needed_line(reason, "reason.missing")
    with handling(desk, number, actor) as act:
        if act.ticket.closed_at is None:
            raise Refusal("ticket.open", ticket=act.ticket.number)
        policy = desk.rules.policy
        if not may_reopen(act.ticket.closed_at, act.now, policy.reopen_within):
            return _linked(act, said)
        spec = restarted(find_category(policy, act.ticket.category), policy)
        act.ticket.state, act.ticket.closed_at = "open", None
        act.ticket.counted_from = act.now
        clock = by_kind(act.clocks, spec.kind)
        if clock is None:
            clock = new_clock(desk, act.ticket, spec, act.now)
            act.clocks.append(clock)
        else:
            restart(desk, clock, spec, act.now)
        if act.ticket.grade == "major":
            clock.ladder = MAJOR_LADDER
        act.log("ticket.reopened", {"clock": clock.kind, "due_at": clock.due_at}, {"reason": said})
        _tell_received(act, clock)
        return act.view()


def _linked(act: Handling, reason: str) -> TicketView:
    """A new ticket of the same matter, for one that was closed too long ago."""
    old = act.ticket
    about = act.session.get(Staff, old.about_staff_id) if old.about_staff_id else None
    intake = Intake(
        category=old.category,
        words=old.words,
        unit=old.unit,
        place=old.place,
        against=old.against,
        about=about.name if about else None,
        caller=old.caller,
        phone=old.phone,
        channel=old.channel,
        grade=old.grade,
        unverified=True,
        linked_to=old.number,
    )
    ticket, _ = new_ticket(act.session, act.desk, intake, act.staff, act.now)
    act.log("ticket.continued", {"by": ticket.number}, {"reason": reason})
    return read_ticket(act.session, act.desk, ticket, now=act.now, events=True)


def _tell_received(act: Handling, clock: Clock) -> None:
    """A major matter that starts anew is told to the supervisor in the same transaction."""
    rung = upcoming(act.session, act.desk, clock)
    if clock.ladder == MAJOR_LADDER and rung.rung == 1:
        _, row = fire(act.session, act.desk, act.stamp, ticket=act.ticket, clock=clock, rung=rung)
        notify(act.session, row)


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
        require(staff, "agree.beyond-cap")
    if staff.id == act.ticket.about_staff_id:
        raise Refusal("about.handles", name=staff.name, ticket=act.ticket.number)
    return staff if _is_supervisor(staff) else None


def _is_supervisor(staff: Staff) -> bool:
    try:
        require(staff, "agree.beyond-cap")
    except Refusal:
        return False
    return True


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


def change(
    desk: Desk,
    *,
    number: str,
    reason: str,
    actor: str,
    category: str | None = None,
    grade: str | None = None,
    dry_run: bool = False,
) -> TicketView:
    """Change category or grade; clocks keep their counted_from, met ones are frozen.

    Args:
        desk: The desk it is done at.
        number: The ticket.
        reason: Why.
        actor: Who.
        category: The new category's code, if that changes.
        grade: ordinary or major, if that changes.
        dry_run: Show the ticket as it would be, and save nothing.

    Raises:
        Refusal: ``change.nothing``, ``category.unknown``, ``grade.fixed``, ``role.needed``.
    """
    said = needed_line(reason, "reason.missing")
    with handling(desk, number, actor) as act:
        act.must_be_open()
        view = _change(act, said, category, grade)
        if dry_run:
            act.session.rollback()
        return view


def _change(act: Handling, reason: str, code: str | None, grade: str | None) -> TicketView:
    ticket, policy = act.ticket, act.desk.rules.policy
    before = {"category": ticket.category, "grade": ticket.grade}
    new = find_category(policy, code or ticket.category)
    wanted = grade or (new.grade if new.grade == "major" else ticket.grade)
    if (new.code, wanted) == (ticket.category, ticket.grade):
        raise Refusal("change.nothing", ticket=ticket.number)
    if new.grade == "major" and wanted != "major":
        raise Refusal("grade.fixed", category=new.code)
    if ticket.grade == "major" and wanted != "major":
        require(act.staff, "grade.lower")
    raised = wanted == "major" and ticket.grade != "major"
    ticket.grade = wanted
    if new.code != ticket.category:
        ticket.category, ticket.kind = new.code, new.kind
        _replan(act, new.code)
    due = {clock.kind: clock.due_at for clock in act.running()}
    act.log(
        "ticket.changed",
        {"before": before, "after": {"category": new.code, "grade": wanted}, "due": due},
        {"reason": reason},
    )
    _tell_raised(act, raised=raised)
    return act.view()


def _replan(act: Handling, code: str) -> None:
    policy = act.desk.rules.policy
    running = [clock.kind for clock in act.running()]
    met = [clock.kind for clock in act.clocks if clock.met_at is not None]
    plan = replan(policy.categories[code], running, met, policy)
    moved = []
    for kind, spec in plan.keep:
        clock = by_kind(act.clocks, kind)
        assert clock is not None
        generation, ladder = clock.generation, clock.ladder
        respec(act.desk, clock, spec)
        if clock.generation != generation:
            moved.append(clock)
        elif ladder == MAJOR_LADDER:
            clock.ladder = ladder
    for kind in plan.stop:
        clock = by_kind(act.clocks, kind)
        assert clock is not None
        stop(clock, act.now)
    for spec in plan.start:
        clock = by_kind(act.clocks, spec.kind)
        if clock is None:
            clock = new_clock(act.desk, act.ticket, spec, act.ticket.counted_from)
            act.clocks.append(clock)
        else:
            restart(act.desk, clock, spec, act.ticket.counted_from)
        moved.append(clock)
    _climb_major(act, moved)


def _climb_major(act: Handling, moved: list[Clock]) -> None:
    """Of a major ticket, a clock that moved and is due first climbs the ladder for major matters."""
    alive = act.running()
    kind = first_due([(clock.kind, clock.due_at) for clock in alive])
    if act.ticket.grade == "major":
        for clock in moved:
            if clock.kind == kind:
                clock.ladder = MAJOR_LADDER


def _tell_raised(act: Handling, *, raised: bool) -> None:
    """Raising the grade adds rung 1 on the clock due first, if it has not fired."""
    clock = soonest(act.clocks)
    if clock is None or act.ticket.grade != "major":
        return
    told = {row.rung for row in fired_rungs(act.session, clock)}
    if (raised or clock.ladder == MAJOR_LADDER) and not told & {1, 2, 3}:
        fire_now(act.session, act.desk, act.stamp, ticket=act.ticket, clock=clock)
