"""Households in a list, by what the desk looks for, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from concierge.domain.household import mask_phone
from concierge.domain.household_file import CareFlag as Flags
from concierge.domain.household_file import choice
from concierge.services.desk import Desk
from concierge.services.household_views import HouseholdPage, HouseholdRow
from concierge.store.search import NO_PHONE
from concierge.store.tables import CareFlag, Household, Member, SearchKey


@dataclass(frozen=True, slots=True)
class HouseholdFilter:
    """Which households; what is not set lets every one pass.

    ``care`` is a care flag; ``away`` those away today; ``moved_in`` a month such as 2026-11, or "now" for this
    one; ``no_phone`` those of whom no number is known.
    """

    care: str | None = None
    away: bool = False
    moved_in: str | None = None
    no_phone: bool = False


EVERY = HouseholdFilter()


def list_households(
    desk: Desk, *, wanted: HouseholdFilter = EVERY, after: int | None = None, limit: int = 50
) -> HouseholdPage:
    """A page of households in the order in which they were entered.

    Args:
        desk: The desk.
        wanted: Which ones.
        after: What the page before gave; None for the first.
        limit: How many on a page.

    Raises:
        Refusal: ``field.choice`` for an unknown care flag.
    """
    today = desk.rules.calendar.date_of(desk.clock.now()).isoformat()
    with desk.store.read() as session:
        rows = session.exec(page_query(wanted, today, after=after or 0, limit=limit + 1)).all()
        more = len(rows) > limit
        return HouseholdPage(_rows(session, rows[:limit]), rows[limit - 1].id if more else None)


def page_query(
    wanted: HouseholdFilter, today: str, *, after: int, limit: int
) -> SelectOfScalar[Household]:
    """The question for a page: a care flag and a missing phone each have an index in the order of the page.

    Raises:
        Refusal: ``field.choice`` for an unknown care flag.
    """
    query = select(Household).where(col(Household.id) > after, *_conditions(wanted, today))
    order: Mapped[int] | Mapped[int | None] = col(Household.id)
    if wanted.no_phone:
        order = col(SearchKey.household_id)
        query = query.join(SearchKey, col(SearchKey.household_id) == Household.id).where(
            SearchKey.match == NO_PHONE, SearchKey.key == "", col(SearchKey.household_id) > after
        )
    if wanted.care:
        choice("care", wanted.care, Flags)
        order = col(CareFlag.household_id)
        query = query.join(CareFlag, col(CareFlag.household_id) == Household.id).where(
            CareFlag.flag == wanted.care, col(CareFlag.household_id) > after
        )
    return query.order_by(order).limit(limit)


def _conditions(wanted: HouseholdFilter, today: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    away_from, away_to = col(Household.away_from), col(Household.away_to)
    if wanted.away:
        found += [
            away_from.is_not(None) | away_to.is_not(None),
            away_from.is_(None) | (away_from <= today),
            away_to.is_(None) | (away_to >= today),
        ]
    if wanted.moved_in:
        month = today[:7] if wanted.moved_in == "now" else wanted.moved_in
        found.append(col(Household.moved_in).between(f"{month}-01", f"{month}-31"))
    return found


def _rows(session: Session, rows: Sequence[Household]) -> tuple[HouseholdRow, ...]:
    ids = [row.id for row in rows]
    people: dict[int, list[Member]] = {}
    members = select(Member).where(col(Member.household_id).in_(ids))
    for member in session.exec(members.order_by(col(Member.position), col(Member.id))):
        people.setdefault(member.household_id, []).append(member)
    flags: dict[int, list[str]] = {}
    for flag in session.exec(select(CareFlag).where(col(CareFlag.household_id).in_(ids))):
        flags.setdefault(flag.household_id, []).append(flag.flag)
    return tuple(_row(row, people.get(row.id or 0, []), flags.get(row.id or 0, [])) for row in rows)


def _row(row: Household, people: list[Member], flags: list[str]) -> HouseholdRow:
    phone = next((one.phone for one in people if one.phone), None)
    return HouseholdRow(
        id=row.id or 0,
        unit=row.unit,
        name=people[0].name if people else None,
        people=len(people) if row.people_count is None else row.people_count,
        phone_masked=mask_phone(phone) if phone else None,
        care_flags=tuple(sorted(flags)),
        moved_in=row.moved_in,
        moved_out=row.moved_out,
        away_from=row.away_from,
        away_to=row.away_to,
    )
