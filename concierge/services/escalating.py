"""Escalating by hand, and acknowledging what was escalated."""

from __future__ import annotations

from sqlmodel import col, select

from concierge.domain.refusal import Refusal
from concierge.services.acknowledging import sign_rungs
from concierge.services.clocks import soonest
from concierge.services.desk import Desk
from concierge.services.handling import Handling, handling
from concierge.services.ladder import fire_now
from concierge.services.typed_lines import needed_line
from concierge.services.views import TicketView
from concierge.store.tables import Escalation


def escalate(desk: Desk, *, number: str, reason: str, actor: str) -> TicketView:
    """Fire the next rung of the clock due first, by hand.

    Raises:
        Refusal: ``reason.missing``, ``ticket.not-open``.
    """
    said = needed_line(reason, "reason.missing")
    with handling(desk, number, actor) as act:
        act.must_be_open()
        clock = soonest(act.clocks)
        if clock is None:
            raise Refusal("clock.none", ticket=act.ticket.number, clock="")
        fire_now(
            act.session,
            desk,
            act.stamp,
            clock=clock,
            by_hand=True,
            reason=said,
        )
        return act.view()


def acknowledge(
    desk: Desk,
    *,
    number: str,
    actor: str,
    clock: str | None = None,
    rung: int | None = None,
) -> TicketView:
    """Acknowledge what was escalated: all that the actor's role allows, or one rung of one clock.

    It moves the next rung and meets nothing; a rung is acknowledged once.

    Raises:
        Refusal: ``acknowledge.nothing``, ``acknowledge.twice``, ``acknowledge.role``.
    """
    with handling(desk, number, actor) as act:
        rows = _named(act, clock, rung)
        waiting = [row for row in rows if row.acknowledged_at is None]
        if not waiting:
            code = "acknowledge.twice" if rows else "acknowledge.nothing"
            raise Refusal(code, ticket=act.ticket.number)
        signed = sign_rungs(act.session, waiting, act.staff, act.now, refusal="acknowledge.role")
        kinds = {row.id: row.kind for row in act.clocks}
        done = [[kinds[row.subject_id], row.generation, row.rung] for row in signed]
        act.log("ticket.acknowledged", {"rungs": done})
        return act.view()


def _named(act: Handling, clock: str | None, rung: int | None) -> list[Escalation]:
    """The rungs on record that the call names; the present generations' unless there are none."""
    wanted = {row.id: row for row in act.clocks if clock in {None, row.kind}}
    rows = act.session.exec(
        select(Escalation)
        .where(col(Escalation.subject_id).in_(list(wanted)), Escalation.subject == "clock")
        .order_by(col(Escalation.id))
    )
    return [row for row in rows if rung in {None, row.rung}]
