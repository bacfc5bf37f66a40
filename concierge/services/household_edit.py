"""Changing a household's file: its fields, its care flags, its people, vehicles, pets and contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlmodel import func, select

from concierge.domain.household_file import CareFlag as Flags
from concierge.domain.household_file import choice
from concierge.services.desk import Desk
from concierge.services.household_changing import Changing, changing
from concierge.services.household_parts import PARTS, checked, part_of
from concierge.services.household_reading import care_flags
from concierge.services.household_views import HouseholdFile
from concierge.store.tables import CareFlag, Member


def set_household(
    desk: Desk, *, unit: str, values: Mapping[str, str | None], actor: str
) -> HouseholdFile:
    """Set fields of a household as typed; None or blank empties a field.

    Raises:
        Refusal: ``field.unknown``, ``field.choice``, ``field.date``, ``field.time``, ``field.number``,
            ``field.order``, and what ``changing`` refuses.
    """
    with changing(desk, unit, actor) as change:
        change.set("household", change.household, checked(PARTS["household"], values))
        return change.file()


def set_care(desk: Desk, *, unit: str, flags: Iterable[str], actor: str) -> HouseholdFile:
    """Say which care flags a household has, all of them.

    Raises:
        Refusal: ``field.choice``, and what ``changing`` refuses.
    """
    wanted = sorted({choice("care", flag, Flags) for flag in flags})
    with changing(desk, unit, actor) as change:
        put_care(change, wanted)
        return change.file()


def mark_care(desk: Desk, *, unit: str, marks: Mapping[str, bool], actor: str) -> HouseholdFile:
    """Set some care flags and take others off; those that are not named stay as they are by now.

    Raises:
        Refusal: ``field.choice``, and what ``changing`` refuses.
    """
    said = {choice("care", flag, Flags): on for flag, on in marks.items()}
    with changing(desk, unit, actor) as change:
        kept = [flag for flag in care_flags(change.session, change.id) if flag not in said]
        put_care(change, [*kept, *(flag for flag, on in said.items() if on)])
        return change.file()


def put_care(change: Changing, wanted: Iterable[str], *, undoes: int | None = None) -> None:
    """Bring the care flags to those wanted, on record."""
    before, after = care_flags(change.session, change.id), tuple(sorted(wanted))
    if before == after:
        return
    old = select(CareFlag).where(CareFlag.household_id == change.id)
    for row in change.session.exec(old):
        if row.flag not in after:
            change.session.delete(row)
    change.session.add_all(
        CareFlag(household_id=change.id, flag=flag) for flag in after if flag not in before
    )
    change.session.flush()
    change.log("care", "set", change.household, before={"care": list(before)},
               after={"care": list(after)}, undoes=undoes)  # fmt: skip


def add_part(
    desk: Desk, *, unit: str, part: str, values: Mapping[str, str | None], actor: str
) -> HouseholdFile:
    """Add a member, vehicle, pet or contact.

    Raises:
        Refusal: ``field.needed``, ``field.unknown``, what the fields refuse, what ``changing`` refuses.
    """
    taken = checked(part_of(part), values)
    with changing(desk, unit, actor) as change:
        if part == "member":
            last = select(func.max(Member.position)).where(Member.household_id == change.id)
            position = change.session.exec(last).first()
            taken["position"] = 0 if position is None else position + 1
        change.add(part, taken)
        return change.file()


def edit_part(
    desk: Desk, *, unit: str, part: str, row: int, values: Mapping[str, str | None], actor: str
) -> HouseholdFile:
    """Change fields of a member, vehicle, pet or contact; ``row`` is its id.

    Raises:
        Refusal: ``part.unknown``, and as ``add_part``.
    """
    taken = checked(part_of(part), values)
    with changing(desk, unit, actor) as change:
        change.set(part, change.row(part, row), taken)
        return change.file()


def remove_part(desk: Desk, *, unit: str, part: str, row: int, actor: str) -> HouseholdFile:
    """Remove a member, vehicle, pet or contact; it can be taken back, and is no forgetting.

    Raises:
        Refusal: ``part.unknown``; ``member.last`` for the only name of a household.
    """
    part_of(part)
    with changing(desk, unit, actor) as change:
        change.remove(part, change.row(part, row))
        return change.file()
