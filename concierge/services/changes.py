"""What changes who has a ticket and what it is: assignee, category, grade, cancelling."""

from __future__ import annotations

from concierge.domain.limit import Limit
from concierge.domain.policy import GRADES, MAJOR_LADDER, Category
from concierge.domain.refusal import Refusal
from concierge.domain.ticket import first_due, replan
from concierge.services.categories import find_category
from concierge.services.clocks import by_kind, new_clock, respec, restart, soonest, stop
from concierge.services.desk import Desk
from concierge.services.handling import Handling, handling
from concierge.services.ladder import fire_now, upcoming
from concierge.services.people import find_staff, require
from concierge.services.repeated import weigh_again
from concierge.services.typed_lines import needed_line
from concierge.services.views import TicketView
from concierge.store.tables import Clock


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
        Refusal: ``change.nothing``, ``category.unknown``, ``grade.unknown``, ``grade.fixed``,
            ``role.needed``.
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
    if grade not in {None, *GRADES}:
        raise Refusal("grade.unknown", grade=grade, grades=", ".join(GRADES))
    wanted = grade or (new.grade if new.grade == "major" else ticket.grade)
    if (new.code, wanted) == (ticket.category, ticket.grade):
        raise Refusal("change.nothing", ticket=ticket.number)
    if new.grade == "major" and wanted != "major":
        raise Refusal("grade.fixed", category=new.code)
    if ticket.grade == "major" and wanted != "major":
        require(act.session, act.staff, "grade.lower")
    raised = wanted == "major" and ticket.grade != "major"
    lowered = wanted != "major" and ticket.grade == "major"
    ticket.grade = wanted
    if raised or lowered:
        ticket.grade_reason = None  # a person says so
    moved = new.code != ticket.category
    if moved:
        ticket.category, ticket.kind = new.code, new.kind
        _replan(act, new.code)
    if lowered:
        _step_down(act, new)
    weigh_again(act.session, act.desk, ticket, act.now, moved=moved, decided=grade is not None)
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
        # An appointment was agreed with the household, whatever the matter is called.
        if kind != "attend" or clock.agreed_at is None:
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


def _step_down(act: Handling, category: Category) -> None:
    """Of a ticket that is major no more, every clock goes on up its ordinary ladder."""
    for clock in act.running():
        if clock.ladder == MAJOR_LADDER:
            spec = category.clock(clock.kind)
            ordinary = act.desk.rules.policy.ladder_for(Limit.parse(clock.limit))
            clock.ladder = spec.ladder if spec else ordinary.name


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
    untold = upcoming(act.session, act.desk, clock).rung <= 1
    if untold and (raised or clock.ladder == MAJOR_LADDER):
        fire_now(act.session, act.desk, act.stamp, clock=clock)
