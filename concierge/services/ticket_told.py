"""Who was told of a ticket and how: its rungs with their notices and the calls by phone, in few questions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from concierge.services.board_rows import delivery
from concierge.services.views import Delivery, EscalationView, PhoneCallView
from concierge.store.tables import Clock, Escalation, Outbox, PhoneCall, Staff, Ticket

People = dict[int | None, tuple[str, str | None]]
"""Name and phone of every member of staff by id."""


def people_of(session: Session) -> People:
    """Everybody on the staff, active or not, in one question."""
    rows = session.exec(select(Staff.id, Staff.name, Staff.phone))
    return {staff_id: (name, phone) for staff_id, name, phone in rows}


def name_of(people: People, staff_id: int | None) -> str | None:
    """A name, or None for nobody."""
    return people[staff_id][0] if staff_id is not None else None


def escalations_of(
    session: Session,
    ticket: Ticket,
    clocks: Sequence[Clock],
    people: People,
    *,
    notices: bool,
) -> tuple[EscalationView, ...]:
    """The rungs that fired on a ticket, the oldest first; with ``notices`` also what became of those."""
    kinds = {clock.id: clock.kind for clock in clocks}
    rows = session.exec(
        select(Escalation)
        .where(Escalation.ticket_id == ticket.id, Escalation.subject == "clock")
        .order_by(col(Escalation.id))
    ).all()
    sent = _deliveries(session, ticket, people) if notices and rows else defaultdict(list)
    return tuple(
        _escalation(row, kinds[row.subject_id], people, tuple(sent[row.id])) for row in rows
    )


def _escalation(
    row: Escalation, clock: str, people: People, deliveries: tuple[Delivery, ...]
) -> EscalationView:
    told = json.loads(row.people)
    return EscalationView(
        clock=clock,
        generation=row.generation,
        rung=row.rung,
        to=row.role,
        people=tuple(name for _, name in told),
        phones=tuple(people.get(staff_id, ("", None))[1] for staff_id, _ in told),
        due_at=row.due_at,
        fired_at=row.fired_at,
        late_seconds=0 if row.by_hand else row.fired_at - row.due_at,
        by_hand=row.by_hand,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=name_of(people, row.acknowledged_by),
        reason=row.reason,
        held_until=row.held_until,
        deliveries=deliveries,
    )


def _deliveries(
    session: Session, ticket: Ticket, people: People
) -> defaultdict[int | None, list[Delivery]]:
    """The notices of a ticket's rungs, by rung."""
    found: defaultdict[int | None, list[Delivery]] = defaultdict(list)
    rows = session.exec(
        select(Outbox)
        .join(Escalation, col(Escalation.id) == Outbox.escalation_id)
        .where(Escalation.ticket_id == ticket.id)
        .order_by(col(Outbox.id))
    )
    for row in rows:
        name = name_of(people, row.staff_id) or ""
        found[row.escalation_id].append(delivery(name, row.state, row.not_before, row.settled_at))
    return found


def calls_of(session: Session, ticket: Ticket, people: People) -> tuple[PhoneCallView, ...]:
    """Who was told of a ticket by phone, the oldest first."""
    rows = session.exec(
        select(PhoneCall).where(PhoneCall.ticket_id == ticket.id).order_by(col(PhoneCall.id))
    )
    return tuple(
        PhoneCallView(row.whom, row.at, name_of(people, row.staff_id) or "") for row in rows
    )
