"""The frame of everything that is done to a handover: who, at which desk, in one write transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session

from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.handover_reading import (
    Standing,
    current_handover,
    read_handover,
    standing,
)
from concierge.services.handover_views import HandoverView
from concierge.services.people import find_staff
from concierge.services.shift_view import running_shift
from concierge.store.audit import Stamp, append
from concierge.store.tables import Handover, Shift, Staff


@dataclass(slots=True)
class Taking:
    """One act on the handover of the running shift inside one write transaction."""

    session: Session
    desk: Desk
    now: int
    staff: Staff
    shift: Shift
    row: Handover | None

    @property
    def stamp(self) -> Stamp:
        """Who acts, where and when."""
        return self.desk.stamp(self.now, self.staff)

    @property
    def begun(self) -> Handover:
        """The handover that is under way.

        Raises:
            Refusal: ``handover.none`` when nobody has begun to take over.
        """
        if self.row is None:
            raise Refusal("handover.none", desk=self.desk.name)
        return self.row

    def name(self, staff_id: int) -> str:
        """The name of one of the two."""
        return self.session.get_one(Staff, staff_id).name

    def must_take_over(self) -> None:
        """Refuse what only whoever takes over may do.

        Raises:
            Refusal: ``handover.not-yours``.
        """
        if self.begun.incoming_id != self.staff.id:
            raise Refusal("handover.not-yours", name=self.name(self.begun.incoming_id))

    def must_be_one_of_both(self) -> None:
        """Refuse what only the two whose handover it is may do.

        Raises:
            Refusal: ``handover.not-party``.
        """
        both = (self.shift.staff_id, self.begun.incoming_id)
        if self.staff.id not in both:
            outgoing, incoming = map(self.name, both)
            raise Refusal("handover.not-party", outgoing=outgoing, incoming=incoming)

    def standing(self) -> Standing:
        """What there is to hand over at this instant."""
        return standing(self.session, self.desk, self.shift, self.row, self.now)

    def log(
        self,
        kind: str,
        data: Mapping[str, object],
        *,
        personal: Mapping[str, object] | None = None,
        ticket_id: int | None = None,
    ) -> int:
        """Append the fact; the row is in the store by then."""
        self.session.add(self.begun)
        self.session.flush()
        return record(
            self.session, self.stamp, self.begun, kind, data, personal=personal, ticket_id=ticket_id
        )

    def view(self) -> HandoverView:
        """The handover as it stands now."""
        self.session.flush()
        return read_handover(self.session, self.desk, self.shift, self.row, self.now)


@contextmanager
def taking(desk: Desk, actor: str) -> Iterator[Taking]:
    """Open a write transaction on the handover of the shift that runs at a desk.

    Raises:
        Refusal: ``shift.not-running``, and what ``find_staff`` refuses.
        StoreProblem: when the store cannot be written.
    """
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        shift = running_shift(session, desk.name)
        yield Taking(session, desk, now, staff, shift, current_handover(session, shift))


def record(
    session: Session,
    stamp: Stamp,
    row: Handover,
    kind: str,
    data: Mapping[str, object],
    *,
    personal: Mapping[str, object] | None = None,
    ticket_id: int | None = None,
) -> int:
    """Append a fact about a handover."""
    return append(
        session,
        stamp,
        kind,
        {"handover": row.id, **data},
        shift_id=row.shift_id,
        ticket_id=ticket_id,
        personal=personal,
    )


def drop(session: Session, stamp: Stamp, shift: Shift) -> None:
    """Drop the handover of a running shift, if one is under way."""
    row = current_handover(session, shift)
    if row is not None:
        row.state = "dropped"
        session.add(row)
        session.flush()
        record(session, stamp, row, "handover.dropped", {})
