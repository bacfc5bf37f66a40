"""What matters of a household at this moment, read in one go for the intake and the ticket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, func, select

from concierge.domain.household_now import is_away, is_child, is_disturbing, next_day
from concierge.services.board import household_rows
from concierge.services.desk import Desk
from concierge.services.household_reading import care_flags, facts_of, instructions_of
from concierge.services.household_views import FactView, HouseholdCardNow, KeyDateView
from concierge.services.people import viewer_id
from concierge.services.units import find_unit
from concierge.store.tables import Household, Member, Ticket

_QUARTER = 90 * 86_400
_SOON = timedelta(days=7)


def card_now(desk: Desk, *, unit: str, viewer: str | None = None) -> HouseholdCardNow:
    """What matters now of the household of a unit; tickets about ``viewer`` are left out.

    Raises:
        Refusal: ``unit.unknown`` or ``unit.ambiguous``.
    """
    with desk.store.read() as session:
        found = find_unit(session, unit)
        assert found.household_id is not None
        hidden = viewer_id(session, viewer)
        return _card(session, desk, found.household_id, hidden)


def _card(session: Session, desk: Desk, household_id: int, hidden: int | None) -> HouseholdCardNow:
    row = session.get_one(Household, household_id)
    now = desk.clock.now()
    local = desk.rules.calendar.local(now)
    members = session.exec(
        select(Member)
        .where(Member.household_id == household_id)
        .order_by(col(Member.position), col(Member.id))
    ).all()
    facts = facts_of(session, household_id, members, local.date())
    recent = select(func.count()).where(
        Ticket.household_id == household_id, Ticket.received_at >= now - _QUARTER
    )
    held = instructions_of(session, household_id, local)
    return HouseholdCardNow(
        id=household_id,
        unit=row.unit,
        salutation=row.salutation,
        language=row.language,
        contact_preference=row.contact_preference,
        allergies=tuple(fact for fact in facts if fact.aspect == "allergy"),
        diet=tuple(fact for fact in facts if fact.aspect == "food"),
        care_flags=care_flags(session, household_id),
        quiet_now=is_disturbing(row.quiet_from, row.quiet_to, local),
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        away_now=is_away(row.away_from, row.away_to, local.date()),
        away_from=row.away_from,
        away_to=row.away_to,
        moved_out=row.moved_out,
        instructions=tuple(one for one in held if one.in_force),
        key_dates=tuple(sorted(_soon(members, facts, local.date()), key=lambda one: one.day)),
        open_tickets=household_rows(session, household_id, hidden=hidden),
        tickets_90_days=session.exec(recent).one(),
    )


def _soon(
    members: Sequence[Member], facts: Sequence[FactView], today: date
) -> Iterator[KeyDateView]:
    """Birthdays and key dates of the week to come; a child's are masked and not told."""
    for member in members:
        coming = next_day(member.birthday, today)
        hidden = member.moved_out is not None or is_child(member.birthday, today)
        if coming is not None and not hidden and coming <= today + _SOON:
            yield KeyDateView(coming.isoformat(), member.name, None)
    for fact in facts:
        coming = next_day(fact.day, today)
        if coming is not None and coming <= today + _SOON:
            yield KeyDateView(coming.isoformat(), fact.member, fact.text)
