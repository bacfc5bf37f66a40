"""What the screens ask of the desk about households and their files; raises as ``port`` says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.card_views import HouseholdView
    from concierge.services.facts import NewFact
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
    from concierge.services.instructions import NewInstruction


class HouseholdPort(Protocol):
    """The households' part of a desk."""

    def find_household(self, text: str) -> tuple[HouseholdHit, ...]:
        """Households by unit, name, pinyin, phone or plate tail, pet or words of the file, best first."""
        ...

    def household(self, unit: str, *, viewer: str | None = None) -> HouseholdView:
        """The household card of a unit, without tickets about ``viewer``."""
        ...

    # -- a household's file
    def household_file(self, unit: str) -> HouseholdFile:
        """Everything kept of a household, sensitive values masked."""
        ...

    def reveal(self, *, unit: str, what: str, actor: str) -> HouseholdFile:
        """The file with phones, health, religion, children or all in clear; the look is on record."""
        ...

    def card_now(self, unit: str, *, viewer: str | None = None) -> HouseholdCardNow:
        """What matters of a household at this moment, without tickets about ``viewer``."""
        ...

    def list_households(
        self, *, wanted: HouseholdFilter, after: int | None = None, limit: int = 50
    ) -> HouseholdPage:
        """A page of the households wanted; ``after`` is what the page before gave."""
        ...

    def household_history(self, unit: str, *, limit: int = 100) -> tuple[Change, ...]:
        """What was changed in a file, the newest first."""
        ...

    def undo_household(self, *, unit: str, actor: str, event: int | None = None) -> HouseholdFile:
        """Take back the last change of a file, if it is the one that was shown."""
        ...

    def set_household(
        self, *, unit: str, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Set fields of a household as typed; blank empties one."""
        ...

    def mark_care(self, *, unit: str, marks: Mapping[str, bool], actor: str) -> HouseholdFile:
        """Set or take off the care flags named; the others stay as they are."""
        ...

    def add_part(
        self, *, unit: str, part: str, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Add a member, vehicle, pet or contact."""
        ...

    def edit_part(
        self, *, unit: str, part: str, row: int, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Change fields of a member, vehicle, pet or contact by its id."""
        ...

    def remove_part(self, *, unit: str, part: str, row: int, actor: str) -> HouseholdFile:
        """Remove a member, vehicle, pet or contact; it can be taken back."""
        ...

    def add_fact(self, *, unit: str, fact: NewFact, actor: str) -> HouseholdFile:
        """Write a fact down."""
        ...

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
        ...

    def remove_fact(self, *, unit: str, fact: int, actor: str) -> HouseholdFile:
        """Strike a fact out."""
        ...

    def add_instruction(
        self, *, unit: str, instruction: NewInstruction, actor: str
    ) -> HouseholdFile:
        """Take an instruction down."""
        ...

    def edit_instruction(
        self, *, unit: str, instruction: int, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Change fields of an instruction by its id."""
        ...

    def end_instruction(self, *, unit: str, instruction: int, actor: str) -> HouseholdFile:
        """End an instruction now."""
        ...

    def remove_instruction(self, *, unit: str, instruction: int, actor: str) -> HouseholdFile:
        """Take out an instruction that should not be there."""
        ...

    def before_forgetting(
        self, *, unit: str, actor: str, member: int | None = None, tell: Tell | None = None
    ) -> BeforeForgetting:
        """Texts that forgetting would leave and that may name whom it forgets, and what is in its way.

        ``tell`` takes how many texts were read and of how many, in the thread that reads; what it raises stops.
        """
        ...

    def forget_household(
        self,
        *,
        unit: str,
        actor: str,
        reason: str | None = None,
        also: Collection[str] = (),
        tell: Tell | None = None,
    ) -> Forgotten:
        """Forget everybody of a household that moved out; tickets and figures stay.

        ``also`` are places of ``before_forgetting`` from which the names go too.
        """
        ...

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
        ...
