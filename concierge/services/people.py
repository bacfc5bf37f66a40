"""Finding staff by what was typed, and what they may do."""

from __future__ import annotations

from sqlmodel import Session, col, select

from concierge.domain.refusal import Refusal
from concierge.domain.roles import NEEDS
from concierge.services.views import StaffView
from concierge.store.tables import Permission, Staff


def find_staff(session: Session, name: str | None) -> Staff:
    """The active member of staff of that name: exactly, else by its beginning if only one fits.

    Raises:
        Refusal: ``staff.missing`` without a name; ``staff.unknown`` or ``staff.ambiguous``.
    """
    wanted = (name or "").strip()
    if not wanted:
        raise Refusal("staff.missing")
    active = session.exec(select(Staff).where(col(Staff.active)).order_by(col(Staff.id))).all()
    folded = wanted.casefold()
    for found in (
        [row for row in active if row.name == wanted],
        [row for row in active if row.name.casefold() == folded],
        [row for row in active if row.name.casefold().startswith(folded)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise Refusal("staff.ambiguous", name=wanted, names=", ".join(r.name for r in found))
    raise Refusal("staff.unknown", name=wanted, names=", ".join(row.name for row in active))


def is_allowed(session: Session, actor: Staff, action: str) -> bool:
    """Whether the store lets somebody's role do an action that not everybody may."""
    return session.get(Permission, (actor.role, action)) is not None


def viewer_id(session: Session, name: str | None) -> int | None:
    """Whoever looks, by name: what is about that person is not shown; None hides nothing."""
    if name is None:
        return None
    return find_staff(session, name).id


def require(session: Session, actor: Staff, action: str) -> None:
    """Refuse an action that needs a higher role.

    Raises:
        Refusal: ``role.needed`` naming the role.
    """
    if not is_allowed(session, actor, action):
        raise Refusal("role.needed", name=actor.name, role=NEEDS[action], action=action)


def staff_view(row: Staff) -> StaffView:
    """A member of staff as screens see one."""
    assert row.id is not None
    return StaffView(row.id, row.name, row.role, row.phone, row.active)
