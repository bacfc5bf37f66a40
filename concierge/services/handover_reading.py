"""Reading a handover: built from the store at each look, or as it was signed.

It is shown to whoever takes over, and before anybody does to whoever is on shift. What is about that person is
withheld: it is counted and nothing more, and the other one's signature acknowledges it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from concierge.domain.shift import taken_over_until
from concierge.services.desk import Desk
from concierge.services.handover_counts import counts
from concierge.services.handover_elsewhere import open_elsewhere
from concierge.services.handover_matters import OpenMatter, acknowledged, open_matters
from concierge.services.handover_parts import handed_notes, turning
from concierge.services.handover_signed import signed_matters
from concierge.services.handover_views import HandoverView
from concierge.store.tables import Handover, Shift, Staff


@dataclass(frozen=True, slots=True)
class Standing:
    """How a handover stands: its open matters, those withheld from whoever looks, the next shift's end."""

    until: int
    matters: tuple[OpenMatter, ...]
    withheld: tuple[OpenMatter, ...]

    @property
    def unheld(self) -> tuple[OpenMatter, ...]:
        """Those withheld that no signature of whoever goes has acknowledged as they are now."""
        return tuple(m for m in self.withheld if not _done(m))

    @property
    def left(self) -> tuple[str, ...]:
        """The numbers that are still to be acknowledged by themselves."""
        return tuple(m.view.number for m in self.matters if m.view.why and not _done(m))

    @property
    def rest(self) -> tuple[OpenMatter, ...]:
        """Those of the group that are not acknowledged yet."""
        return tuple(m for m in self.matters if not m.view.why and not _done(m))


def current_handover(session: Session, shift: Shift) -> Handover | None:
    """The handover of a shift that is under way or signed; there is at most one."""
    return session.exec(
        select(Handover).where(Handover.shift_id == shift.id, Handover.state != "dropped")
    ).first()


def next_until(desk: Desk, row: Handover | None, now: int) -> int:
    """The planned end of the shift that takes over: the one somebody works who takes over at this instant.

    It is the same before anybody is chosen and after, so that what is read before is what will be signed.
    Of one that has begun it never moves back: whoever signs late works the shift after.
    """
    planned = taken_over_until(desk.rules.policy.shifts, now, desk.rules.calendar.zone)
    if row is None:
        return planned
    return max(row.next_until, planned)


def standing(
    session: Session, desk: Desk, shift: Shift, row: Handover | None, now: int
) -> Standing:
    """What there is to hand over at this instant."""
    until = next_until(desk, row, now)
    known = acknowledged(session, row.id if row is not None else None)
    found = open_matters(session, shift.desk, now=now, until=until, known=known)
    hidden = _reader(shift, row)
    return Standing(
        until,
        tuple(m for m in found if m.about != hidden),
        tuple(m for m in found if m.about == hidden),
    )


def _reader(shift: Shift, row: Handover | None) -> int:
    """To whom it is shown, by id: what is about that person is withheld."""
    return shift.staff_id if row is None else row.incoming_id


def read_handover(
    session: Session, desk: Desk, shift: Shift, row: Handover | None, now: int
) -> HandoverView:
    """A handover as screens see it."""
    bare = _bare(session, desk, shift, row, now)
    if row is not None and row.state == "signed":
        matters, withheld = signed_matters(session, shift, row)
        grouped = sum(each.grouped for each in matters)
        return replace(bare, matters=matters, withheld=withheld, group=grouped)
    stands = standing(session, desk, shift, row, now)
    others = open_elsewhere(session, now=now, hidden=_reader(shift, row))
    zone = desk.rules.calendar.zone
    uncounted = tuple(each.item for each in bare.counts if each.counted is None)
    matters = tuple(matter.view for matter in stands.matters)
    return replace(
        bare,
        next_until=stands.until,
        matters=matters,
        instructions=tuple(turning(session, now=now, until=stands.until, zone=zone)),
        left=stands.left,
        group=sum(not each.why for each in matters),
        group_left=len(stands.rest),
        uncounted=uncounted,
        ready=row is not None and not (stands.left or stands.rest or uncounted),
        outgoing_signed=None if stands.unheld else bare.outgoing_signed,
        withheld=len(stands.withheld) + others.withheld,
        elsewhere=others.matters,
    )


def _bare(
    session: Session, desk: Desk, shift: Shift, row: Handover | None, now: int
) -> HandoverView:
    """A handover without its matters and what is left to do."""
    people = {each.id: each for each in session.exec(select(Staff))}
    outgoing = people[shift.staff_id]
    incoming = people[row.incoming_id] if row is not None else None
    # Once signed it tells no more than the paper, which tells nobody of matters about any of the staff.
    signed = row is not None and row.state == "signed"
    hidden = people.keys() - {None} if signed else {_reader(shift, row)}
    signs = [incoming] if row is not None and row.absent is not None else [outgoing, incoming]
    assert shift.id is not None
    view = HandoverView(
        shift=shift.id,
        desk=shift.desk,
        state="planned",
        outgoing=outgoing.name,
        incoming=None,
        started_at=shift.started_at,
        begun_at=None,
        at=now,
        next_until=now,
        absent=None,
        matters=(),
        instructions=(),
        notes=tuple(handed_notes(session, shift, hidden)),
        counts=counts(session, desk, shift, row.id if row is not None else None),
        left=(),
        group=0,
        group_left=0,
        uncounted=(),
        ready=False,
        outgoing_signed=None,
        incoming_signed=None,
        signed_at=None,
        reviewed_by=None,
        reviewed_at=None,
        review=None,
        pin_needed=tuple(each.name for each in signs if each is not None and each.pin is not None),
    )
    return view if row is None else _begun(view, row, people)


def _begun(view: HandoverView, row: Handover, people: Mapping[int | None, Staff]) -> HandoverView:
    """The same with what its row holds."""
    incoming = people[row.incoming_id].name
    by, reviewer = people.get(row.outgoing_by), people.get(row.reviewed_by)
    return replace(
        view,
        state=row.state,
        incoming=incoming,
        begun_at=row.begun_at,
        next_until=row.next_until,
        absent=row.absent,
        outgoing_signed=by.name if by is not None else None,
        incoming_signed=incoming if row.incoming_at is not None else None,
        signed_at=row.signed_at,
        reviewed_by=reviewer.name if reviewer is not None else None,
        reviewed_at=row.reviewed_at,
        review=row.review,
    )


def _done(matter: OpenMatter) -> bool:
    return matter.view.acknowledged_at is not None
