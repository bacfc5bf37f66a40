"""What a change of a household's file leaves on record, whoever made it: one shape for edits and imports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CHANGED = "household.changed"
ADDED = "household.added"
_UNLISTED = frozenset({"id", "facts"})


@dataclass(frozen=True, slots=True)
class Whom:
    """The member that a change is about."""

    id: int | None
    name: str
    is_child: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a household's file that was changed.

    ``act`` is set, added or removed; ``before`` and ``after`` hold the fields that differ, as they are stored.
    ``undoes`` is the event that this one takes back, ``roster`` the event of the import that it came with.
    """

    household_id: int
    unit: str
    what: str
    act: str
    row: int | None
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    whom: Whom | None = None
    member_id: int | None = None
    aspect: str | None = None
    undoes: int | None = None
    roster: int | None = None

    def data(self) -> dict[str, object]:
        """What stays for ever: which row, which fields; nothing of what they hold."""
        fields = sorted({*(self.before or {}), *(self.after or {})} - _UNLISTED)
        said: dict[str, object] = {
            "household_id": self.household_id, "unit": self.unit, "what": self.what, "act": self.act,
            "row": self.row, "member_id": self.member_id, "fields": fields,
        }  # fmt: skip
        if self.undoes is not None:
            said["undoes"] = self.undoes
        if self.roster is not None:
            said["roster"] = self.roster
        return said

    def personal(self) -> dict[str, object]:
        """The values and whom they are about: the half that forgetting erases."""
        said: dict[str, object] = {"before": self.before, "after": self.after}
        if self.whom is not None:
            said["member"] = self.whom.name
            if self.whom.is_child:
                said["child"] = True
        if self.aspect is not None:
            said["aspect"] = self.aspect
        return said
