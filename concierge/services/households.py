"""Households: a card, adding one."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, col, func, select

from concierge.domain.household import UnitCode, mask_phone, parse_unit
from concierge.domain.household_file import check_name
from concierge.domain.refusal import Refusal
from concierge.domain.typed_text import clean_line
from concierge.services.board import household_rows
from concierge.services.card_views import HouseholdView, MemberView
from concierge.services.desk import Desk
from concierge.services.household_parts import PARTS, check_row, checked
from concierge.services.people import find_staff, viewer_id
from concierge.services.pinyin import readings
from concierge.services.typed_lines import LINE_LIMIT
from concierge.services.units import find_unit
from concierge.store.audit import append
from concierge.store.search import write_keys
from concierge.store.tables import Household, Member, Ticket, Vehicle

_QUARTER = 90 * 86_400


def show_household(desk: Desk, *, unit: str, viewer: str | None = None) -> HouseholdView:
    """The card of the household of a unit in any spelling; phones are masked.

    Tickets about ``viewer`` are left out.

    Raises:
        Refusal: ``unit.unknown`` or ``unit.ambiguous``.
    """
    with desk.store.read() as session:
        found = find_unit(session, unit)
        assert found.household_id is not None
        hidden = viewer_id(session, viewer)
        return read_household(session, desk, found.household_id, hidden=hidden)


def read_household(
    session: Session, desk: Desk, household_id: int, *, hidden: int | None = None
) -> HouseholdView:
    """A household with its people, vehicles and open tickets, inside the caller's session."""
    row = session.get_one(Household, household_id)
    members = session.exec(
        select(Member)
        .where(Member.household_id == household_id)
        .order_by(col(Member.position), col(Member.id))
    ).all()
    plates = session.exec(select(Vehicle.plate).where(Vehicle.household_id == household_id)).all()
    since = desk.clock.now() - _QUARTER
    recent = session.exec(
        select(func.count())
        .select_from(Ticket)
        .where(Ticket.household_id == household_id, Ticket.received_at >= since)
    ).one()
    return HouseholdView(
        id=household_id,
        unit=row.unit,
        members=tuple(
            MemberView(m.name, m.relation, mask_phone(m.phone) if m.phone else None)
            for m in members
        ),
        plates=tuple(plates),
        notes=row.notes,
        open_tickets=household_rows(session, household_id, hidden=hidden),
        tickets_90_days=recent,
    )


def add_household(
    desk: Desk,
    *,
    unit: str,
    name: str,
    phone: str | None = None,
    relation: str | None = None,
    plate: str | None = None,
    notes: str | None = None,
    actor: str | None = None,
    file: Mapping[str, str | None] | None = None,
    person: Mapping[str, str | None] | None = None,
) -> HouseholdView:
    """Add one household with its first person; ``file`` and ``person`` are more fields of either, as typed.

    Raises:
        Refusal: ``unit.bad``, ``unit.ambiguous``, ``household.exists``, ``name.missing``,
            ``name.holds-phone``, and what a field refuses.
    """
    more, of_person = (
        checked(PARTS["household"], file or {}),
        checked(PARTS["member"], {"phone": phone, **(person or {})}),
    )
    code = _code(unit)
    who = clean_line(name, limit=LINE_LIMIT).text.strip()
    if not who:
        raise Refusal("name.missing")
    check_name(who)
    now = desk.clock.now()
    with desk.store.write() as session:
        staff = find_staff(session, actor) if actor else None
        if session.exec(select(Household).where(Household.unit == code.text)).first():
            raise Refusal("household.exists", unit=code.text)
        row = _household(code, notes, now)
        row.sqlmodel_update(more)
        check_row(PARTS["household"], row)
        session.add(row)
        session.flush()
        assert row.id is not None
        first = Member(household_id=row.id, name=who, relation=_line(relation))
        first.sqlmodel_update(of_person)
        session.add(first)
        if _line(plate):
            session.add(Vehicle(household_id=row.id, plate=_line(plate) or ""))
        session.flush()
        write_keys(session, row.id, readings=readings)
        append(
            session,
            desk.stamp(now, staff),
            "household.added",
            {"household_id": row.id, "unit": row.unit},
            personal={"name": who, "phone": first.phone},
            household_id=row.id,
        )
        return read_household(session, desk, row.id)


def _line(text: str | None) -> str | None:
    return clean_line(text, limit=LINE_LIMIT).text.strip() or None if text else None


def _code(unit: str) -> UnitCode:
    codes = parse_unit(unit)
    if not codes:
        raise Refusal("unit.bad", unit=unit)
    if len(codes) > 1:
        raise Refusal("unit.ambiguous", unit=unit, choices=", ".join(each.text for each in codes))
    return codes[0]


def _household(code: UnitCode, notes: str | None, now: int) -> Household:
    return Household(
        unit=code.text,
        building=code.building,
        entrance=code.entrance,
        room=code.room,
        notes=_line(notes),
        created_at=now,
    )
