"""The files of households in memory: one sample flat, and what was asked for is kept in order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from concierge.services.facts import NewFact
from concierge.services.forgetting_search import Tell
from concierge.services.household_list import HouseholdFilter
from concierge.services.household_views import (
    BeforeForgetting,
    Change,
    Forgotten,
    HouseholdCardNow,
    HouseholdFile,
    HouseholdPage,
    HouseholdRow,
    MemberFile,
)
from concierge.services.instructions import NewInstruction

FILE = HouseholdFile(
    id=1, unit="3-1201", tenure="owned", people_count=2, moved_in=None, moved_out=None,
    contact_preference=None, quiet_from=None, quiet_to=None, salutation=None, language=None,
    care_flags=(), away_from=None, away_to=None, parking=None, notes=None, checked_on=None,
    members=(
        MemberFile(
            id=1, name="王建国", relation=None, role="owner", sex=None, birthday=None,
            phone="139****1234", occupation=None, employer=None, background=None, moved_out=None,
            masked=("phone",), next_birthday=None, facts=(),
        ),
    ),
    facts=(), vehicles=(), pets=(), contacts=(), instructions=(),
)  # fmt: skip
CARD = HouseholdCardNow(
    id=1, unit="3-1201", salutation=None, language=None, contact_preference=None, allergies=(),
    diet=(), care_flags=(), quiet_now=False, quiet_from=None, quiet_to=None, away_now=False,
    away_from=None, away_to=None, moved_out=None, instructions=(), key_dates=(), open_tickets=(),
    tickets_90_days=0,
)  # fmt: skip


@dataclass(kw_only=True)
class FakeFile:
    """``files`` and ``cards`` by unit; any other unit has the sample's. ``file_acts`` are changes."""

    files: dict[str, HouseholdFile] = field(default_factory=dict)
    cards: dict[str, HouseholdCardNow] = field(default_factory=dict)
    file_changes: tuple[Change, ...] = ()
    file_acts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def household_file(self, unit: str) -> HouseholdFile:
        """As set."""
        return self.files.get(unit, replace(FILE, unit=unit))

    def card_now(self, unit: str, *, viewer: str | None = None) -> HouseholdCardNow:
        """As set."""
        return self.cards.get(unit, replace(CARD, unit=unit))

    def list_households(
        self, *, wanted: HouseholdFilter, after: int | None = None, limit: int = 50
    ) -> HouseholdPage:
        """Every file that is set, on one page."""
        rows = tuple(
            HouseholdRow(
                file.id, file.unit, file.members[0].name, len(file.members), file.members[0].phone,
                file.care_flags, file.moved_in, file.moved_out, file.away_from, file.away_to,
            )
            for file in self.files.values()
        )  # fmt: skip
        return HouseholdPage(rows, None)

    def household_history(self, unit: str, *, limit: int = 100) -> tuple[Change, ...]:
        """As set."""
        return self.file_changes

    def reveal(self, *, unit: str, what: str, actor: str) -> HouseholdFile:
        """Kept; the file says that it is in clear."""
        kinds = {"phones", "health", "religion", "children"} if what == "all" else {what}
        return replace(self._kept("reveal", unit, what=what, actor=actor), clear=frozenset(kinds))

    def undo_household(self, *, unit: str, actor: str, event: int | None = None) -> HouseholdFile:
        """Kept."""
        return self._kept("undo_household", unit, actor=actor, event=event)

    def set_household(
        self, *, unit: str, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Kept."""
        return self._kept("set_household", unit, values=dict(values), actor=actor)

    def mark_care(self, *, unit: str, marks: Mapping[str, bool], actor: str) -> HouseholdFile:
        """Kept."""
        return self._kept("mark_care", unit, marks=dict(marks), actor=actor)

    def add_part(
        self, *, unit: str, part: str, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Kept."""
        return self._kept("add_part", unit, part=part, values=dict(values), actor=actor)

    def edit_part(
        self, *, unit: str, part: str, row: int, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Kept."""
        return self._kept("edit_part", unit, part=part, row=row, values=dict(values), actor=actor)

    def remove_part(self, *, unit: str, part: str, row: int, actor: str) -> HouseholdFile:
        """Kept."""
        return self._kept("remove_part", unit, part=part, row=row, actor=actor)

    def add_fact(self, *, unit: str, fact: NewFact, actor: str) -> HouseholdFile:
        """Kept."""
        return self._kept("add_fact", unit, fact=fact, actor=actor)

    def edit_fact(
        self,
        *,
        unit: str,
        fact: int,
        values: Mapping[str, str | None],
        actor: str,
        ask_later: bool = False,
    ) -> HouseholdFile:
        """Kept."""
        return self._kept(
            "edit_fact", unit, fact=fact, values=dict(values), ask_later=ask_later, actor=actor
        )

    def remove_fact(self, *, unit: str, fact: int, actor: str) -> HouseholdFile:
        """Kept."""
        return self._kept("remove_fact", unit, fact=fact, actor=actor)

    def add_instruction(
        self, *, unit: str, instruction: NewInstruction, actor: str
    ) -> HouseholdFile:
        """Kept."""
        return self._kept("add_instruction", unit, instruction=instruction, actor=actor)

    def edit_instruction(
        self, *, unit: str, instruction: int, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Kept."""
        return self._kept(
            "edit_instruction", unit, instruction=instruction, values=dict(values), actor=actor
        )

    def end_instruction(self, *, unit: str, instruction: int, actor: str) -> HouseholdFile:
        """Kept."""
        return self._kept("end_instruction", unit, instruction=instruction, actor=actor)

    def remove_instruction(self, *, unit: str, instruction: int, actor: str) -> HouseholdFile:
        """Kept."""
        return self._kept("remove_instruction", unit, instruction=instruction, actor=actor)

    def before_forgetting(
        self, *, unit: str, actor: str, member: int | None = None, tell: Tell | None = None
    ) -> BeforeForgetting:
        """Kept; there are none."""
        self._kept("before_forgetting", unit, actor=actor, member=member)
        return BeforeForgetting(unit)

    def forget_household(
        self,
        *,
        unit: str,
        actor: str,
        reason: str | None = None,
        also: Collection[str] = (),
        tell: Tell | None = None,
    ) -> Forgotten:
        """Kept."""
        self._kept("forget_household", unit, actor=actor, reason=reason, also=also)
        return Forgotten(unit, 2, 5, 1, scrubbed=True)

    def forget_member(
        self,
        *,
        unit: str,
        member: int,
        actor: str,
        reason: str | None = None,
        also: Collection[str] = (),
        tell: Tell | None = None,
    ) -> Forgotten:
        """Kept."""
        self._kept("forget_member", unit, member=member, actor=actor, reason=reason, also=also)
        return Forgotten(unit, 1, 2, 1, scrubbed=True)

    def _kept(self, act: str, unit: str, **said: Any) -> HouseholdFile:
        self.file_acts.append((act, {"unit": unit, **said}))
        return self.household_file(unit)
