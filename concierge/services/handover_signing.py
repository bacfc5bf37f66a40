"""Signing a handover: the second signature changes the shifts, in one transaction, exactly once."""

from __future__ import annotations

from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.handover_acts import keep_group, take_back
from concierge.services.handover_changing import Taking, record, taking
from concierge.services.handover_counts import count_items, counts
from concierge.services.handover_reading import Standing, current_handover, read_handover
from concierge.services.handover_views import HandoverView
from concierge.services.people import find_staff, require
from concierge.services.pins import must_hold, prove
from concierge.services.shift_turns import close, open_new
from concierge.services.shift_view import find_shift
from concierge.services.typed_lines import cleaned_line
from concierge.store.tables import Staff

OUTGOING, INCOMING = "outgoing", "incoming"
_REVIEW = "handover.review"


def sign_handover(desk: Desk, *, actor: str, pin: str | None = None) -> HandoverView:
    """Sign as whichever of the two ``actor`` is.

    Everything is looked at again at this instant: what came in since it was acknowledged, or has become
    overdue or major since, is not acknowledged. The second signature (of one whose colleague is gone, the only
    one) ends the shift, seals its summary and starts the next one. What is about whoever takes over is
    acknowledged by the signature of whoever goes; where such a matter came in or became worse after that
    signature, it is taken back, and whoever goes signs again.

    Raises:
        Refusal: ``shift.not-running``, ``handover.none``, ``handover.not-party``, ``handover.signed-already``,
            ``handover.absent-signs``; ``handover.unacknowledged`` naming matters, ``handover.rest``,
            ``handover.uncounted`` naming things; ``handover.withheld`` where only somebody signs whom an open
            matter is about; what ``prove`` refuses of the PIN.
    """
    how = prove(desk, actor=actor, pin=pin)
    with taking(desk, actor) as act:
        act.must_be_one_of_both()
        must_hold(act.staff, how)
        part = OUTGOING if act.staff.id == act.shift.staff_id else INCOMING
        stands = act.standing()
        _may_sign(act, part, stands)
        _is_ready(act, stands)
        _sign(act, part, how, stands)
        row = act.begun
        if row.incoming_at is not None and (row.outgoing_at is not None or row.absent is not None):
            _turn(act)
        return act.view()


def _may_sign(act: Taking, part: str, stands: Standing) -> None:
    row = act.begun
    holds = row.incoming_at if part == INCOMING else None if stands.unheld else row.outgoing_at
    if holds is not None:
        raise Refusal("handover.signed-already", name=act.staff.name)
    if part == OUTGOING and row.absent is not None:
        raise Refusal("handover.absent-signs", name=act.staff.name)


def _is_ready(act: Taking, stands: Standing) -> None:
    if stands.left:
        raise Refusal("handover.unacknowledged", tickets=stands.left)
    if stands.rest:
        raise Refusal("handover.rest", count=len(stands.rest))
    if act.begun.absent is not None and stands.unheld:
        # Whoever takes over may not see it, and nobody else is there to take note of it.
        name = act.session.get_one(Staff, act.begun.incoming_id).name
        raise Refusal("handover.withheld", name=name, count=len(stands.unheld))
    names = {each.item: each for each in count_items(act.desk)}
    views = counts(act.session, act.desk, act.shift, act.begun.id)
    missing = tuple(names[each.item] for each in views if each.counted is None)
    if missing:
        raise Refusal("handover.uncounted", items=missing)


def _sign(act: Taking, part: str, how: str, stands: Standing) -> None:
    row = act.begun
    row.next_until = stands.until
    taken_back: list[str] = []
    if part == OUTGOING:
        row.outgoing_by, row.outgoing_at, row.outgoing_how = act.staff.id, act.now, how
        if stands.unheld:
            keep_group(act, "handover.withheld", stands.unheld)
    else:
        row.incoming_at, row.incoming_how = act.now, how
        taken_back = take_back(row, OUTGOING) if stands.unheld else []
    data = {"part": part, "how": how, "until": row.next_until, "taken_back": taken_back}
    row.event_id = act.log("handover.signed", data)


def _turn(act: Taking) -> None:
    """End the one shift and start the other."""
    row = act.begun
    row.state, row.signed_at = "signed", act.now
    act.session.add(row)
    act.session.flush()
    incoming = act.session.get_one(Staff, row.incoming_id)
    ended_how = "handover" if row.absent is None else "absent"
    close(act.session, act.desk, act.stamp, act.shift, how=ended_how, reason=row.absent)
    act.session.flush()
    stamp = act.desk.stamp(act.now, incoming)
    open_new(act.session, act.desk, stamp, incoming, takes_over=act.shift.id)


def review_handover(
    desk: Desk, *, shift: int, actor: str, pin: str | None = None, note: str | None = None
) -> HandoverView:
    """A director has looked at a signed handover, with a word about it or none.

    Raises:
        Refusal: ``role.needed``, ``shift.unknown``; ``handover.not-signed``; ``handover.reviewed`` the second
            time; what ``prove`` refuses of the PIN.
    """
    said = cleaned_line(note)
    with desk.store.read() as session:
        require(session, find_staff(session, actor), _REVIEW)
    how = prove(desk, actor=actor, pin=pin)
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        require(session, staff, _REVIEW)
        must_hold(staff, how)
        ended = find_shift(session, desk.name, shift)
        row = current_handover(session, ended)
        if row is None or row.state != "signed":
            raise Refusal("handover.not-signed", shift=ended.id)
        if row.reviewed_by is not None:
            raise Refusal("handover.reviewed", name=session.get_one(Staff, row.reviewed_by).name)
        row.reviewed_by, row.reviewed_at, row.review_how, row.review = staff.id, now, how, said
        session.add(row)
        session.flush()
        personal = {"note": said} if said else None
        record(
            session,
            desk.stamp(now, staff),
            row,
            "handover.reviewed",
            {"how": how},
            personal=personal,
        )
        return read_handover(session, desk, ended, row, now)
