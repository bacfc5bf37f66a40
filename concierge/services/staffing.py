"""Staff: adding, listing, and the numbers by which they are rung."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from concierge.domain.refusal import Refusal
from concierge.domain.roles import STAFF_FROM, may, rank
from concierge.domain.typed_text import clean_line
from concierge.services.desk import Desk
from concierge.services.people import find_staff, staff_view
from concierge.services.views import StaffView
from concierge.store.audit import Stamp, append
from concierge.store.tables import Staff

_LIMIT = 60


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody to be added: role is concierge, supervisor, director or manager."""

    name: str
    role: str
    phone: str | None = None

    @classmethod
    def parse(cls, text: str) -> NewStaff:
        """Read "NAME:ROLE[:PHONE]".

        Raises:
            Refusal: ``staff.bad`` or ``role.unknown``.
        """
        name, _, rest = text.replace("\uff1a", ":").partition(":")
        role, _, phone = rest.partition(":")
        if not name.strip() or not role.strip():
            raise Refusal("staff.bad", text=text)
        rank(role.strip())
        return cls(name.strip(), role.strip(), phone.strip() or None)


def insert_staff(session: Session, stamp: Stamp, new: NewStaff) -> Staff:
    """Add somebody inside the caller's transaction.

    Raises:
        Refusal: ``staff.exists``, ``staff.bad`` or ``role.unknown``.
    """
    rank(new.role)
    name = clean_line(new.name, limit=_LIMIT).text.strip()
    if not name:
        raise Refusal("staff.bad", text=new.name)
    if session.exec(select(Staff).where(Staff.name == name)).first():
        raise Refusal("staff.exists", name=name)
    phone = clean_line(new.phone, limit=_LIMIT).text if new.phone else None
    row = Staff(name=name, role=new.role, phone=phone)
    session.add(row)
    session.flush()
    append(session, stamp, "staff.added", {"staff_id": row.id, "name": name, "role": new.role})
    return row


def add_staff(desk: Desk, *, new: NewStaff, actor: str | None = None) -> StaffView:
    """Add a member of staff; a supervisor or above only by one, for they approve and sign.

    Raises:
        Refusal: see ``insert_staff``; ``staff.missing`` or ``role.needed`` where a supervisor must do it.
    """
    now = desk.clock.now()
    with desk.store.write() as session:
        by = find_staff(session, actor) if actor else None
        if may(new.role, STAFF_FROM):
            _require_supervisor(session, by)
        return staff_view(insert_staff(session, desk.stamp(now, by), new))


def set_staff_phone(desk: Desk, *, name: str, phone: str, actor: str | None = None) -> StaffView:
    """Write down by which number a member of staff is rung; an empty one takes it out.

    The log says that it was done, not the number. Somebody else's is a supervisor's to change: whoever
    changes it decides where an escalation rings.

    Raises:
        Refusal: ``staff.missing``, ``staff.unknown``, ``staff.ambiguous`` or ``role.needed``.
    """
    now, wanted = desk.clock.now(), clean_line(phone, limit=_LIMIT).text.strip() or None
    with desk.store.write() as session:
        by = find_staff(session, actor) if actor else None
        row = find_staff(session, name)
        if by is None or by.id != row.id:
            _require_supervisor(session, by)
        if row.phone != wanted:
            row.phone = wanted
            session.add(row)
            session.flush()
            said = {"staff_id": row.id, "name": row.name}
            append(session, desk.stamp(now, by), "staff.phone", said)
        return staff_view(row)


def _require_supervisor(session: Session, by: Staff | None) -> None:
    """Refuse whoever is below a supervisor; where nobody is one yet, anybody may.

    Raises:
        Refusal: ``staff.missing`` or ``role.needed``.
    """
    roles = session.exec(select(Staff.role).where(col(Staff.active)))
    if not any(may(role, STAFF_FROM) for role in roles):
        return
    if by is None:
        raise Refusal("staff.missing")
    if not may(by.role, STAFF_FROM):
        raise Refusal("role.needed", name=by.name, role=STAFF_FROM, action="staff.change")


def list_staff(desk: Desk) -> tuple[StaffView, ...]:
    """Everybody who is active, in the order in which they were added."""
    with desk.store.read() as session:
        rows = session.exec(select(Staff).where(col(Staff.active)).order_by(col(Staff.id)))
        return tuple(staff_view(row) for row in rows)


def show_staff(desk: Desk, *, name: str | None) -> StaffView:
    """One active member of staff.

    Raises:
        Refusal: ``staff.missing``, ``staff.unknown`` or ``staff.ambiguous``.
    """
    with desk.store.read() as session:
        return staff_view(find_staff(session, name))
