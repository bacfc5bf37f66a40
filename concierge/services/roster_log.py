"""What an import leaves on record: itself, and each change of a household as an edit by hand would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from concierge.services.household_log import ADDED, CHANGED, Entry, Whom
from concierge.services.roster_books import Held
from concierge.services.roster_fields import PERSON, Value
from concierge.services.roster_plan import Edit
from concierge.store.audit import Log, Stamp

IMPORTED = "household.imported"
_OWNER = "household_id"


@dataclass(frozen=True, slots=True)
class Home:
    """Whose file is changed."""

    household_id: int
    unit: str


class RosterLog:
    """Writes events in bulk; while it is in use nothing else may append.

    Args:
        session: From ``Store.write``.
        stamp: When, where and by whom.
        counts: What the import's own event says.
    """

    def __init__(self, session: Session, stamp: Stamp, counts: Mapping[str, object]) -> None:
        self.now = stamp.at
        self._log, self._stamp = Log(session), stamp
        self._import = self._log.append(stamp, IMPORTED, counts)

    def flush(self) -> None:
        """Bring into the store what was recorded so far."""
        self._log.write()

    def entered(self, home: Home, own: Held, *, said: Held, whom: Whom) -> None:
        """A new household with its first person, as adding one by hand records it, and what else is known."""
        data = {"household_id": home.household_id, "unit": home.unit, "roster": self._import}
        known = {name: said[name] for name in PERSON if name in said}
        personal = {"name": whom.name, "phone": said.get("phone"), "after": {**own, **known}}
        self._append(ADDED, data, personal, of=home, member_id=whom.id)

    def added(self, of: Home, what: str, row: Mapping[str, Value], whom: Whom | None) -> None:
        """A new person or vehicle; ``row`` is all of it."""
        after = {name: value for name, value in row.items() if value is not None and name != _OWNER}
        self._changed(of, what, "added", int(row["id"] or 0), Edit(None, after, whom))

    def set(self, of: Home, what: str, row: int, edit: Edit) -> None:
        """Fields of a household or of a person."""
        self._changed(of, what, "set", row, edit)

    def _changed(self, of: Home, what: str, act: str, row: int, edit: Edit) -> None:
        member_id = edit.whom.id if edit.whom else None
        entry = Entry(
            household_id=of.household_id, unit=of.unit, what=what, act=act, row=row,
            before=edit.before, after=edit.after, whom=edit.whom, member_id=member_id,
            roster=self._import,
        )  # fmt: skip
        self._append(CHANGED, entry.data(), entry.personal(), of=of, member_id=member_id)

    def _append(
        self,
        kind: str,
        data: Mapping[str, object],
        personal: Mapping[str, object],
        *,
        of: Home,
        member_id: int | None,
    ) -> None:
        self._log.append(
            self._stamp,
            kind,
            data,
            personal=personal,
            household_id=of.household_id,
            member_id=member_id,
        )
