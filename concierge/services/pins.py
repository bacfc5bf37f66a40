"""PINs of the staff: setting one, and proving with it to be who is said."""

from __future__ import annotations

import json

from sqlmodel import Session, col, select

from concierge.domain.pin import REST, TRIES, checked_pin, is_pin, sealed_pin
from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.people import find_staff, require, staff_view
from concierge.services.views import StaffView
from concierge.store.audit import append
from concierge.store.tables import Event, Staff

BY_NAME, BY_PIN = "name", "pin"
_REFUSED, _SET = "staff.pin-refused", "staff.pin-set"


def prove(desk: Desk, *, actor: str, pin: str | None) -> str:
    """Say how somebody signs: by name who has no PIN, else by the right PIN.

    It is a transaction of its own, before the one that signs: a wrong PIN stays on record, and after five
    within a quarter of an hour nobody may try for that person until the quarter is over.

    Returns:
        "name" or "pin".

    Raises:
        Refusal: ``pin.missing``, ``pin.wrong``, ``pin.rests`` with the minutes left.
    """
    with desk.store.read() as session:
        staff = find_staff(session, actor)
        if staff.pin is None:
            return BY_NAME
        if pin is None or not pin.strip():
            raise Refusal("pin.missing", name=staff.name)
        _must_not_rest(session, staff, desk.clock.now())
    # Looked at again, tried and counted under one lock: however many programs try at once, none of them tries
    # while another one's wrong PIN is not yet counted. Whoever rests was turned away above and holds up nobody.
    with desk.store.write() as session:
        now = desk.clock.now()
        staff = find_staff(session, actor)
        session.refresh(staff, with_for_update=True)  # where several may write at once
        if staff.pin is None:
            return BY_NAME
        _must_not_rest(session, staff, now)
        right = is_pin(pin, staff.pin)
        if not right:
            append(session, desk.stamp(now), _REFUSED, {"staff_id": staff.id, "name": staff.name})
    if right:
        return BY_PIN
    raise Refusal("pin.wrong", name=staff.name)


def must_hold(staff: Staff, how: str) -> None:
    """Refuse a bare name where a PIN was set between the proof and the transaction that acts on it.

    Raises:
        Refusal: ``pin.missing``.
    """
    if staff.pin is not None and how == BY_NAME:
        raise Refusal("pin.missing", name=staff.name)


def has_pin(desk: Desk, *, name: str) -> bool:
    """Whether somebody signs with a PIN.

    Raises:
        Refusal: unknown staff.
    """
    with desk.store.read() as session:
        return find_staff(session, name).pin is not None


def set_pin(
    desk: Desk, *, name: str, pin: str | None, actor: str, old: str | None = None
) -> StaffView:
    """Set the PIN of a member of staff, or take it away: one's own, or as a supervisor somebody else's.

    Whoever does it and has a PIN proves with it to be who is said: else a name alone took any PIN away.

    Args:
        desk: The desk.
        name: Whose.
        pin: The new one; None takes it away.
        actor: Who does it.
        old: The PIN that ``actor`` has so far, if any.

    Raises:
        Refusal: ``pin.bad``, ``pin.easy``; what ``prove`` and ``must_hold`` refuse; ``role.needed`` for
            somebody else's.
    """
    sealed = None if pin is None else sealed_pin(checked_pin(pin))
    now = desk.clock.now()
    with desk.store.read() as session:
        by = find_staff(session, actor)
        own = find_staff(session, name).id == by.id
        if not own:
            require(session, by, "staff.pin")
    how = prove(desk, actor=actor, pin=old)
    with desk.store.write() as session:
        by, staff = find_staff(session, actor), find_staff(session, name)
        must_hold(by, how)
        if not own:
            require(session, by, "staff.pin")
        staff.pin = sealed
        session.add(staff)
        data = {"staff_id": staff.id, "name": staff.name, "has": sealed is not None}
        append(session, desk.stamp(now, by), _SET, data)
        session.flush()
        return staff_view(staff)


def _must_not_rest(session: Session, staff: Staff, now: int) -> None:
    """Refuse while too many wrong ones were typed lately; a new PIN begins afresh."""
    rows = session.exec(
        select(Event.id, Event.kind, Event.at, Event.data).where(
            col(Event.at) > now - REST, col(Event.kind).in_((_REFUSED, _SET))
        )
    )
    wrong: list[int] = []
    # Sorted here: asked to sort, the store reads its whole log in that order.
    for _, kind, at, data in sorted(rows):
        if json.loads(data)["staff_id"] == staff.id:
            wrong = [*wrong, at] if kind == _REFUSED else []
    if len(wrong) >= TRIES:
        left = wrong[-1] + REST - now
        raise Refusal("pin.rests", name=staff.name, minutes=max(1, -(-left // 60)))
