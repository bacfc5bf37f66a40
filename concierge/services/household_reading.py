"""A household's file from its rows, with what is sensitive masked unless it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from concierge.domain.household import mask_phone
from concierge.domain.household_file import (
    MASK,
    NEEDS_CONSENT,
    SENSITIVE,
    SHOWN_OF_CHILDREN,
    weekday_numbers,
)
from concierge.domain.household_now import active, in_force, is_child, next_day
from concierge.services.desk import Desk
from concierge.services.household_views import (
    ConsentView,
    ContactView,
    FactView,
    HouseholdFile,
    InstructionView,
    MemberFile,
    PetView,
    VehicleView,
)
from concierge.store.tables import (
    CareFlag,
    EmergencyContact,
    Fact,
    Household,
    Instruction,
    Member,
    Pet,
    Vehicle,
)

PHONES, CHILDREN = "phones", "children"
KINDS = frozenset({PHONES, *SENSITIVE})
"""The kinds of sensitive values."""
OF_CHILDREN = ("birthday", "background")
"""Fields that are masked of a child."""
_Row = TypeVar("_Row", bound=SQLModel)


def read_file(
    session: Session, desk: Desk, household_id: int, *, clear: frozenset[str] = frozenset()
) -> HouseholdFile:
    """The whole file inside the caller's session.

    Args:
        session: A session on the store.
        desk: Whose wall says what day it is.
        household_id: The household.
        clear: Kinds of sensitive values to show: phones, health, religion, children.
    """
    row = session.get_one(Household, household_id)
    local = desk.rules.calendar.local(desk.clock.now())
    members = _members(session, household_id)
    facts = facts_of(session, household_id, members, local.date(), clear)
    return HouseholdFile(
        id=household_id,
        unit=row.unit,
        tenure=row.tenure,
        people_count=row.people_count,
        moved_in=row.moved_in,
        moved_out=row.moved_out,
        contact_preference=row.contact_preference,
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        salutation=row.salutation,
        language=row.language,
        care_flags=care_flags(session, household_id),
        away_from=row.away_from,
        away_to=row.away_to,
        parking=row.parking,
        notes=row.notes,
        checked_on=row.checked_on,
        members=tuple(_member(one, facts, local.date(), clear) for one in members),
        facts=tuple(fact for fact in facts if fact.member_id is None),
        vehicles=tuple(
            VehicleView(one.id or 0, one.plate, one.model, one.colour)
            for one in _rows(session, Vehicle, household_id)
        ),
        pets=tuple(
            PetView(one.id or 0, one.name, one.kind, one.note)
            for one in _rows(session, Pet, household_id)
        ),
        contacts=tuple(
            _contact(one, clear) for one in _rows(session, EmergencyContact, household_id)
        ),
        instructions=instructions_of(session, household_id, local),
        clear=clear & KINDS,
    )


def _members(session: Session, household_id: int) -> Sequence[Member]:
    """The people of a household, whoever is greeted first before the others."""
    whose = select(Member).where(Member.household_id == household_id)
    return session.exec(whose.order_by(col(Member.position), col(Member.id))).all()


def care_flags(session: Session, household_id: int) -> tuple[str, ...]:
    """The care flags of a household, in the order of the alphabet."""
    flags = select(CareFlag.flag).where(CareFlag.household_id == household_id)
    return tuple(sorted(session.exec(flags)))


def instructions_of(
    session: Session, household_id: int, local: datetime
) -> tuple[InstructionView, ...]:
    """Every instruction of a household, as it stands at a moment of the wall."""
    return tuple(_instruction(one, local) for one in _rows(session, Instruction, household_id))


def facts_of(
    session: Session,
    household_id: int,
    members: Sequence[Member],
    today: date,
    clear: frozenset[str] = frozenset(),
) -> tuple[FactView, ...]:
    """Every fact about a household and its members, allergies first."""
    people = {one.id: one for one in members}
    views = [
        _fact(one, people.get(one.member_id), today, clear)
        for one in _rows(session, Fact, household_id)
    ]
    return tuple(sorted(views, key=lambda fact: fact.aspect != "allergy"))


def _rows(session: Session, table: type[_Row], household_id: int) -> Sequence[_Row]:
    columns = SQLModel.metadata.tables[str(table.__tablename__)].c
    query = select(table).where(columns.household_id == household_id).order_by(columns.id)
    return session.exec(query).all()


def _member(
    row: Member, facts: tuple[FactView, ...], today: date, clear: frozenset[str]
) -> MemberFile:
    assert row.id is not None
    masked = [] if not row.phone or PHONES in clear else ["phone"]
    if CHILDREN not in clear and is_child(row.birthday, today):
        masked += [name for name in OF_CHILDREN if getattr(row, name)]
    coming = None if "birthday" in masked else next_day(row.birthday, today)
    return MemberFile(
        id=row.id,
        name=row.name,
        relation=row.relation,
        role=row.role,
        sex=row.sex,
        birthday=MASK if "birthday" in masked else row.birthday,
        phone=mask_phone(row.phone) if row.phone and "phone" in masked else row.phone,
        occupation=row.occupation,
        employer=row.employer,
        background=MASK if "background" in masked else row.background,
        moved_out=row.moved_out,
        masked=tuple(masked),
        next_birthday=coming.isoformat() if coming else None,
        facts=tuple(fact for fact in facts if fact.member_id == row.id),
    )


def _contact(row: EmergencyContact, clear: frozenset[str]) -> ContactView:
    masked = bool(row.phone) and PHONES not in clear
    phone = mask_phone(row.phone) if row.phone and masked else row.phone
    return ContactView(row.id or 0, row.name, row.relation, phone, masked)


def _fact(row: Fact, member: Member | None, today: date, clear: frozenset[str]) -> FactView:
    masked = row.aspect in SENSITIVE and row.aspect not in clear
    of_child = member is not None and is_child(member.birthday, today)
    if of_child and row.aspect not in SHOWN_OF_CHILDREN and CHILDREN not in clear:
        masked = True
    consent = None
    if row.consent_by is not None and row.consent_at is not None:
        scope = (
            MASK if masked and row.consent_scope else row.consent_scope
        )  # it may name the illness
        consent = ConsentView(row.consent_by, row.consent_at, scope)
    return FactView(
        id=row.id or 0,
        member_id=row.member_id,
        member=member.name if member else None,
        aspect=row.aspect,
        text=MASK if masked else row.text,
        masked=masked,
        day=None if masked else row.day,
        source=row.source,
        noted_on=row.noted_on,
        written_by=row.written_by,
        at=row.at,
        consent=consent,
        consent_missing=row.aspect in NEEDS_CONSENT and consent is None,
    )


def _instruction(row: Instruction, local: datetime) -> InstructionView:
    open_ = row.ended_at is None
    hours = (row.from_time, row.to_time)
    held = active(row.starts_on, row.ends_on, row.weekdays, hours, local)
    return InstructionView(
        id=row.id or 0,
        text=row.text,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        weekdays=weekday_numbers(row.weekdays),
        from_time=row.from_time,
        to_time=row.to_time,
        given_by=row.given_by,
        written_by=row.written_by,
        at=row.at,
        ended_at=row.ended_at,
        in_force=open_ and (held or in_force(row.starts_on, row.ends_on, local.date())),
        active=open_ and held,
    )
