"""Taking over a shift: looking at the handover, beginning it, and leaving it again."""

from __future__ import annotations

from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.handover_acts import PARTS, take_back
from concierge.services.handover_changing import Taking, drop, taking
from concierge.services.handover_reading import current_handover, next_until, read_handover
from concierge.services.handover_views import HandoverView
from concierge.services.shift_view import find_shift, running_shift
from concierge.services.typed_lines import needed_line
from concierge.store.tables import Handover


def handover(desk: Desk, *, shift: int | None = None) -> HandoverView:
    """The handover of the running shift, or of one by its number, as it stands now.

    Raises:
        Refusal: ``shift.not-running``, ``shift.unknown``; ``handover.not-made`` of a shift that ended without.
    """
    now = desk.clock.now()
    with desk.store.read() as session:
        row = (
            running_shift(session, desk.name)
            if shift is None
            else find_shift(session, desk.name, shift)
        )
        taken = current_handover(session, row)
        if taken is None and row.ended_at is not None:
            raise Refusal("handover.not-made", shift=row.id)
        return read_handover(session, desk, row, taken, now)


def begin_handover(desk: Desk, *, actor: str, absent: str | None = None) -> HandoverView:
    """Somebody begins to take over the running shift.

    Whoever says later that the other one is gone signs alone, and again: another end is signed for.

    Args:
        desk: The desk.
        actor: Who takes over; begun already, the same person may still say that the other one is gone.
        absent: Why whoever goes will not sign; None when both sign.

    Raises:
        Refusal: ``shift.not-running``; ``handover.self`` for whoever is on shift; ``handover.begun`` while
            somebody takes over already; ``reason.missing`` for a blank reason.
    """
    gone = None if absent is None else needed_line(absent, "reason.missing")
    with taking(desk, actor) as act:
        if act.staff.id == act.shift.staff_id:
            raise Refusal("handover.self", name=act.staff.name)
        if act.row is not None:
            if act.row.incoming_id != act.staff.id or gone is None:
                raise Refusal("handover.begun", name=act.name(act.row.incoming_id))
            act.row.absent, taken_back = gone, take_back(act.row, *PARTS)
        else:
            act.row, taken_back = _begun(act, gone), []
        act.log(
            "handover.begun",
            {
                "incoming_id": act.row.incoming_id,
                "next_until": act.row.next_until,
                "absent": gone is not None,
                "taken_back": taken_back,
            },
            personal={"reason": gone} if gone else None,
        )
        return act.view()


def _begun(act: Taking, gone: str | None) -> Handover:
    assert act.shift.id is not None
    assert act.staff.id is not None
    row = Handover(
        shift_id=act.shift.id,
        incoming_id=act.staff.id,
        begun_at=act.now,
        next_until=0,
        absent=gone,
    )
    row.next_until = next_until(act.desk, row, act.now)
    return row


def drop_handover(desk: Desk, *, actor: str) -> HandoverView:
    """Whoever began to take over does not; what was acknowledged and counted is dropped with it.

    Raises:
        Refusal: ``shift.not-running``, ``handover.none``, ``handover.not-party``.
    """
    with taking(desk, actor) as act:
        act.must_be_one_of_both()
        drop(act.session, act.stamp, act.shift)
        act.row = None
        return act.view()
