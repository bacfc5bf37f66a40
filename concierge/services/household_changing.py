"""One change of a household's file: its transaction, its rows, and its event with before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session, SQLModel, func, select

from concierge.domain.household_file import check_name
from concierge.domain.household_now import is_child
from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.household_log import CHANGED, Entry, Whom
from concierge.services.household_parts import PARTS, Value, check_row
from concierge.services.household_reading import read_file
from concierge.services.household_views import HouseholdFile
from concierge.services.people import find_staff
from concierge.services.pinyin import readings
from concierge.services.units import find_unit
from concierge.store.audit import append
from concierge.store.search import write_keys
from concierge.store.tables import Fact, Household, Member, Staff

_NOT_KEPT = ("household_id",)
_PEOPLE = ("member", "contact")


@dataclass(frozen=True, slots=True)
class Changing:
    """A household in the hands of somebody who changes its file."""

    session: Session
    desk: Desk
    household: Household
    staff: Staff
    now: int

    @property
    def id(self) -> int:
        """The household's."""
        assert self.household.id is not None
        return self.household.id

    def row(self, what: str, row_id: int) -> SQLModel:
        """A row of this household.

        Raises:
            Refusal: ``part.unknown`` when it has no such row.
        """
        found = self.session.get(PARTS[what].table, row_id)
        if found is None or getattr(found, "household_id", None) != self.id:
            raise Refusal("part.unknown", unit=self.household.unit, row=row_id)
        return found

    def add(self, what: str, values: Mapping[str, Value], *, undoes: int | None = None) -> int:
        """Add a row, on record; give its id.

        Raises:
            Refusal: ``name.holds-phone``, and what ``check_row`` refuses.
        """
        if what in _PEOPLE and undoes is None:
            check_name(values.get("name"))
        row = PARTS[what].table(**{**values, "household_id": self.id})
        check_row(PARTS[what], row)
        self.session.add(row)
        self.session.flush()
        after = whole(row)
        self.log(what, "added", row, after={k: v for k, v in after.items() if v is not None},
                 undoes=undoes)  # fmt: skip
        return int(after["id"] or 0)

    def set(
        self, what: str, row: SQLModel, values: Mapping[str, Value], *, undoes: int | None = None
    ) -> None:
        """Change fields of a row, on record; what stays as it is makes no event, and is not refused.

        Raises:
            Refusal: ``name.holds-phone``, and what ``check_row`` refuses.
        """
        before = {name: getattr(row, name) for name in values}
        after = {name: value for name, value in values.items() if value != before[name]}
        if not after:
            return
        if what in _PEOPLE and undoes is None:  # what was so before may come back
            check_name(after.get("name"))
        for name, value in after.items():
            setattr(row, name, value)
        check_row(PARTS[what], row)
        self.session.add(row)
        self.session.flush()
        kept = {name: before[name] for name in after}
        self.log(what, "set", row, before=kept, after=after, undoes=undoes)

    def remove(self, what: str, row: SQLModel, *, undoes: int | None = None) -> None:
        """Remove a row, on record; a member's facts go with the member.

        Raises:
            Refusal: ``member.last`` for the only name of a household.
        """
        before: dict[str, object] = {k: v for k, v in whole(row).items() if v is not None}
        if isinstance(row, Member):
            people = select(func.count()).where(Member.household_id == self.id)
            if self.session.exec(people).one() == 1:
                raise Refusal("member.last", unit=self.household.unit)
            facts = self.session.exec(select(Fact).where(Fact.member_id == row.id))
            before["facts"] = [whole(fact) for fact in facts]
        self.log(what, "removed", row, before=before, undoes=undoes)
        self.session.delete(row)
        self.session.flush()

    def log(
        self,
        what: str,
        act: str,
        row: SQLModel,
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        undoes: int | None = None,
    ) -> None:
        """Append what changed; who a value is about lies in the erasable half only."""
        member_id = row.id if isinstance(row, Member) else getattr(row, "member_id", None)
        member = self.session.get(Member, member_id) if member_id is not None else None
        entry = Entry(
            household_id=self.id,
            unit=self.household.unit,
            what=what,
            act=act,
            row=getattr(row, "id", None),
            before=before,
            after=after,
            whom=self._whom(member) if member else None,
            member_id=member_id,
            aspect=row.aspect if isinstance(row, Fact) else None,
            undoes=undoes,
        )
        append(
            self.session,
            self.desk.stamp(self.now, self.staff),
            CHANGED,
            entry.data(),
            personal=entry.personal(),
            household_id=self.id,
            member_id=member_id,
        )

    def file(self) -> HouseholdFile:
        """The file as it is by now, found by what it says by now."""
        write_keys(self.session, self.id, readings=readings)
        self.session.flush()
        return read_file(self.session, self.desk, self.id)

    def _whom(self, member: Member) -> Whom:
        today = self.desk.rules.calendar.date_of(self.now)
        return Whom(member.id, member.name, is_child(member.birthday, today))


def whole(row: SQLModel) -> dict[str, Value]:
    """Every column of a row but whose household it is."""
    return {name: value for name, value in row.model_dump().items() if name not in _NOT_KEPT}


@contextmanager
def changing(desk: Desk, unit: str, actor: str) -> Iterator[Changing]:
    """The household of a unit inside one write transaction.

    Raises:
        Refusal: ``unit.unknown``, ``unit.ambiguous``, or ``staff.`` unknown, ambiguous or missing.
        StoreProblem: when the store cannot be written.
    """
    with desk.store.write() as session:
        staff = find_staff(session, actor)
        household = session.get_one(Household, find_unit(session, unit).household_id)
        yield Changing(session, desk, household, staff, desk.clock.now())
