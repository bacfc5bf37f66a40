"""Keeping that somebody was told of a ticket by phone: a record of its own, which signs for nothing."""

from __future__ import annotations

from sqlmodel import Session, col, select

from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.handling import Handling, handling
from concierge.services.typed_lines import needed_line
from concierge.services.views import TicketView
from concierge.store.tables import PhoneCall, Staff


def told_by_phone(
    desk: Desk, *, number: str, whom: str, actor: str, at: int | None = None
) -> TicketView:
    """Record whom somebody rang about a ticket; it acknowledges nothing and meets nothing.

    Args:
        desk: The desk it is recorded at.
        number: The ticket.
        whom: Who was told: a member of staff by name, or anybody else in a few words.
        actor: Who rang.
        at: When, if not now; seconds since the epoch, UTC.

    Raises:
        Refusal: ``whom.missing``, ``time.future``, ``time.before-received``; ``about.told`` for the person
            the matter is about; and whatever ``handling`` refuses.
    """
    said = needed_line(whom, "whom.missing").strip()
    with handling(desk, number, actor) as act:
        when = act.now if at is None else at
        if when > act.now:
            raise Refusal("time.future", at=when, now=act.now)
        if when < act.ticket.received_at:
            raise Refusal("time.before-received", at=when, received=act.ticket.received_at)
        staff = _staff_named(act.session, said)
        if staff is not None and staff.id == act.ticket.about_staff_id:
            raise Refusal("about.told", name=staff.name, ticket=act.ticket.number)
        _keep(act, staff, said, when)
        return act.view()


def _keep(act: Handling, staff: Staff | None, said: str, when: int) -> None:
    """The fact and its row; a name of the staff is no secret, what was typed freely may be personal."""
    data: dict[str, object] = {"at": when}
    personal = {"whom": said}
    if staff is not None:
        data |= {"whom_id": staff.id, "whom": staff.name}
        personal = {}
    event_id = act.log("ticket.phoned", data, personal)
    assert act.ticket.id is not None
    assert act.staff.id is not None
    act.session.add(
        PhoneCall(
            ticket_id=act.ticket.id,
            whom=staff.name if staff is not None else said,
            at=when,
            staff_id=act.staff.id,
            event_id=event_id,
        )
    )


def _staff_named(session: Session, name: str) -> Staff | None:
    """The active member of staff of exactly that name; what is typed freely is nobody's beginning."""
    return session.exec(select(Staff).where(Staff.name == name, col(Staff.active))).first()
