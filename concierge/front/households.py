"""The households' part of the desk as its screens see it: finding them, their card and their file."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from concierge.front.opening import OpenFront
from concierge.services import (
    facts,
    forgetting,
    household_card,
    household_edit,
    household_file,
    household_history,
    household_list,
    instructions,
)
from concierge.services.card_views import HouseholdView
from concierge.services.facts import NewFact
from concierge.services.finding import find_households
from concierge.services.forgetting_search import Tell
from concierge.services.hits import HouseholdHit
from concierge.services.household_list import HouseholdFilter
from concierge.services.household_views import (
    BeforeForgetting,
    Change,
    Forgotten,
    HouseholdCardNow,
    HouseholdFile,
    HouseholdPage,
)
from concierge.services.households import show_household
from concierge.services.instructions import NewInstruction


class HouseholdFront(OpenFront):
    """Households at one desk."""

    def find_household(self, text: str) -> tuple[HouseholdHit, ...]:
        """Households by unit, name, pinyin, phone or plate tail, pet or words of the file, best first."""
        return find_households(self.opened.desk, text=text)

    def household(self, unit: str, *, viewer: str | None = None) -> HouseholdView:
        """The household card of a unit, without tickets about ``viewer``."""
        return show_household(self.opened.desk, unit=unit, viewer=viewer)

    # -- a household's file -------------------------------------------------------------------------------
    def household_file(self, unit: str) -> HouseholdFile:
        """Everything kept of a household, sensitive values masked."""
        return household_file.household_file(self.opened.desk, unit=unit)

    def reveal(self, *, unit: str, what: str, actor: str) -> HouseholdFile:
        """The file with phones, health, religion, children or all in clear; the look is on record."""
        return household_file.reveal(self.opened.desk, unit=unit, what=what, actor=actor)

    def card_now(self, unit: str, *, viewer: str | None = None) -> HouseholdCardNow:
        """What matters of a household at this moment, without tickets about ``viewer``."""
        return household_card.card_now(self.opened.desk, unit=unit, viewer=viewer)

    def list_households(
        self, *, wanted: HouseholdFilter, after: int | None = None, limit: int = 50
    ) -> HouseholdPage:
        """A page of the households wanted; ``after`` is what the page before gave."""
        return household_list.list_households(
            self.opened.desk, wanted=wanted, after=after, limit=limit
        )

    def household_history(self, unit: str, *, limit: int = 100) -> tuple[Change, ...]:
        """What was changed in a file, the newest first."""
        return household_history.history(self.opened.desk, unit=unit, limit=limit)

    def undo_household(self, *, unit: str, actor: str, event: int | None = None) -> HouseholdFile:
        """Take back the last change of a file, if it is the one that was shown."""
        return household_history.undo_last(self.opened.desk, unit=unit, actor=actor, event=event)

    def set_household(
        self, *, unit: str, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Set fields of a household as typed; blank empties one."""
        return household_edit.set_household(self.opened.desk, unit=unit, values=values, actor=actor)

    def mark_care(self, *, unit: str, marks: Mapping[str, bool], actor: str) -> HouseholdFile:
        """Set or take off the care flags named."""
        return household_edit.mark_care(self.opened.desk, unit=unit, marks=marks, actor=actor)

    def add_part(
        self, *, unit: str, part: str, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Add a member, vehicle, pet or contact."""
        return household_edit.add_part(
            self.opened.desk, unit=unit, part=part, values=values, actor=actor
        )

    def edit_part(
        self, *, unit: str, part: str, row: int, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Change fields of a member, vehicle, pet or contact by its id."""
        return household_edit.edit_part(
            self.opened.desk, unit=unit, part=part, row=row, values=values, actor=actor
        )

    def remove_part(self, *, unit: str, part: str, row: int, actor: str) -> HouseholdFile:
        """Remove a member, vehicle, pet or contact; it can be taken back."""
        return household_edit.remove_part(
            self.opened.desk, unit=unit, part=part, row=row, actor=actor
        )

    def add_fact(self, *, unit: str, fact: NewFact, actor: str) -> HouseholdFile:
        """Write a fact down."""
        return facts.add_fact(self.opened.desk, unit=unit, fact=fact, actor=actor)

    def edit_fact(
        self,
        *,
        unit: str,
        fact: int,
        values: Mapping[str, str | None],
        actor: str,
        ask_later: bool = False,
    ) -> HouseholdFile:
        """Change fields of a fact by its id."""
        return facts.edit_fact(
            self.opened.desk, unit=unit, fact=fact, values=values, actor=actor, ask_later=ask_later
        )

    def remove_fact(self, *, unit: str, fact: int, actor: str) -> HouseholdFile:
        """Strike a fact out."""
        return facts.remove_fact(self.opened.desk, unit=unit, fact=fact, actor=actor)

    def add_instruction(
        self, *, unit: str, instruction: NewInstruction, actor: str
    ) -> HouseholdFile:
        """Take an instruction down."""
        return instructions.add_instruction(
            self.opened.desk, unit=unit, instruction=instruction, actor=actor
        )

    def edit_instruction(
        self, *, unit: str, instruction: int, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Change fields of an instruction by its id."""
        return instructions.edit_instruction(
            self.opened.desk, unit=unit, instruction=instruction, values=values, actor=actor
        )

    def end_instruction(self, *, unit: str, instruction: int, actor: str) -> HouseholdFile:
        """End an instruction now."""
        return instructions.end_instruction(
            self.opened.desk, unit=unit, instruction=instruction, actor=actor
        )

    def remove_instruction(self, *, unit: str, instruction: int, actor: str) -> HouseholdFile:
        """Take out an instruction that should not be there."""
        return instructions.remove_instruction(
            self.opened.desk, unit=unit, instruction=instruction, actor=actor
        )

    def before_forgetting(
        self, *, unit: str, actor: str, member: int | None = None, tell: Tell | None = None
    ) -> BeforeForgetting:
        """Texts that forgetting would leave and that may name whom it forgets, and what is in its way."""
        return forgetting.before_forgetting(
            self.opened.desk, unit=unit, actor=actor, member=member, tell=tell
        )

    def forget_household(
        self,
        *,
        unit: str,
        actor: str,
        reason: str | None = None,
        also: Collection[str] = (),
        tell: Tell | None = None,
    ) -> Forgotten:
        """Forget everybody of a household that moved out; tickets and figures stay."""
        return forgetting.forget_household(
            self.opened.desk, unit=unit, actor=actor, reason=reason, also=also, tell=tell
        )

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
        """Forget one person who moved out."""
        return forgetting.forget_member(
            self.opened.desk,
            unit=unit,
            member=member,
            actor=actor,
            reason=reason,
            also=also,
            tell=tell,
        )
