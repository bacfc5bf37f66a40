"""What the screens ask of the desk: plain synchronous calls, run in threads by the gateway.

Names and arguments are those of the use cases in ``concierge.services``, without the desk in
front; views are frozen. All raise ``Refusal`` or ``StoreProblem``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from concierge.ui.shift_port import ShiftPort

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.card_views import HouseholdView
    from concierge.services.hits import HouseholdHit
    from concierge.services.news_views import RepeatView, RulesNews
    from concierge.services.notices import Delivered
    from concierge.services.sweep_views import Sweep
    from concierge.services.views import Board, StaffView, TicketView


if (
    TYPE_CHECKING
):  # these live beside code that imports the store, which the first frame must not wait for
    from concierge.domain.deadline import DayCount
    from concierge.domain.policy import Category
    from concierge.services.drafts import DraftView
    from concierge.services.facts import NewFact
    from concierge.services.household_list import HouseholdFilter
    from concierge.services.household_views import (
        Change,
        Forgotten,
        HouseholdCardNow,
        HouseholdFile,
        HouseholdPage,
    )
    from concierge.services.instructions import NewInstruction
    from concierge.services.intake import Intake
    from concierge.services.roster_views import RosterReport
    from concierge.services.staffing import NewStaff
    from concierge.services.views import ClockView


class DeskPort(ShiftPort, Protocol):
    """One desk at one store, as the screens see it."""

    # -- time and rules: cheap, no store, safe on the UI thread
    def now(self) -> int:
        """The present instant by the desk's clock."""
        ...

    def zone(self) -> ZoneInfo:
        """The property's time zone."""
        ...

    def categories(self) -> tuple[Category, ...]:
        """Every category of the policy in force, in its order."""
        ...

    # -- first steps
    def found(self, *, name: str, language: str, staff: tuple[NewStaff, ...]) -> None:
        """Create the store of a new property; from then on every other call works."""
        ...

    def import_roster(
        self,
        *,
        path: Path,
        dry_run: bool,
        mapping: str = "",
        actor: str | None = None,
        progress: Callable[[int, int | None], object] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> RosterReport:
        """Read a roster; a dry run only says what was understood, ``mapping`` what columns hold."""
        ...

    # -- the board
    def needs_first_steps(self) -> bool:
        """Whether the store has no property or no staff yet."""
        ...

    def board(self, *, viewer: str | None = None) -> Board:
        """Everything the first screen shows, without what is about ``viewer``."""
        ...

    def last_event(self) -> int:
        """The id of the newest event, by which another terminal's writes are noticed."""
        ...

    def sweep(self) -> Sweep:
        """Fire every rung that is due."""
        ...

    def deliver(self) -> Delivered:
        """Send the notices that wait; it may take as long as the network does."""
        ...

    def rules_news(self) -> RulesNews | None:
        """What became of rules that changed, once; None while there is nothing to say."""
        ...

    def next_due(self) -> int | None:
        """The next instant at which a rung fires."""
        ...

    def confirm_clock(self, *, actor: str) -> int:
        """A person says that the machine's time is right; escalation goes on."""
        ...

    def set_language(self, code: str) -> None:
        """Keep the language of this desk."""
        ...

    # -- tickets
    def ticket(self, number: str, *, viewer: str | None = None) -> TicketView:
        """A ticket with its events; refused to ``viewer`` if it is about that person."""
        ...

    def tickets(
        self, *, state: str = "open", overdue: bool = False, kind: str | None = None
    ) -> tuple[TicketView, ...]:
        """Tickets without their events."""
        ...

    def add_ticket(self, *, intake: Intake, actor: str) -> TicketView:
        """Take a matter in."""
        ...

    def promised(
        self, *, category: str, received_at: int, agreed_at: int | None = None
    ) -> tuple[ClockView, ...]:
        """The clocks that would run, for the promise sentence before saving."""
        ...

    def repeats(self, *, category: str, unit: str, received_at: int) -> tuple[RepeatView, ...]:
        """Why a complaint about to be taken in would be a repeated matter."""
        ...

    def explain(self, *, number: str, clock: str) -> tuple[DayCount, ...]:
        """The day-by-day count behind a due time."""
        ...

    def record(
        self,
        *,
        action: str,
        number: str,
        actor: str,
        text: str | None = None,
        at: int | None = None,
        late_reason: str | None = None,
        cause: str | None = None,
    ) -> TicketView:
        """Record attend, answer or resolve (``action``)."""
        ...

    def note(self, *, number: str, text: str, actor: str, draft: str | None = None) -> TicketView:
        """Add a note; the draft whose words it holds goes with it."""
        ...

    def agree(
        self,
        *,
        number: str,
        agreed_at: int,
        agreed_with: str,
        actor: str,
        clock: str | None = None,
        approved_by: str | None = None,
        reason: str | None = None,
    ) -> TicketView:
        """Agree a time with the resident."""
        ...

    def assign(self, *, number: str, to: str, actor: str) -> TicketView:
        """Give the ticket to somebody."""
        ...

    def change(
        self,
        *,
        number: str,
        reason: str,
        actor: str,
        category: str | None = None,
        grade: str | None = None,
        dry_run: bool = False,
    ) -> TicketView:
        """Change category or grade; a dry run shows what would move."""
        ...

    def escalate(self, *, number: str, reason: str, actor: str) -> TicketView:
        """Fire the next rung by hand."""
        ...

    def acknowledge(
        self, *, number: str, actor: str, clock: str | None = None, rung: int | None = None
    ) -> TicketView:
        """Sign for an escalation."""
        ...

    def reveal_phone(self, *, number: str, actor: str) -> TicketView:
        """A ticket for somebody who looks at the caller's whole phone; the look is on record."""
        ...

    def told_by_phone(
        self, *, number: str, whom: str, actor: str, at: int | None = None
    ) -> TicketView:
        """Keep whom somebody rang about a ticket; it signs for nothing."""
        ...

    def confirm_kept(self, *, number: str, actor: str, clock: str | None = None) -> TicketView:
        """A supervisor confirms that a promise was kept after all."""
        ...

    def cancel(self, *, number: str, reason: str, actor: str) -> TicketView:
        """Cancel a ticket."""
        ...

    def reopen(self, *, number: str, reason: str, actor: str) -> TicketView:
        """Reopen a ticket, or open a linked one when it is too late for that."""
        ...

    # -- drafts
    def save_draft(self, *, draft: str, received_at: int, form: Mapping[str, str]) -> None:
        """Keep what stands in the intake form."""
        ...

    def drafts(self) -> tuple[DraftView, ...]:
        """The drafts of this desk."""
        ...

    def discard_draft(self, *, draft: str, actor: str | None) -> None:
        """Throw a draft away, on record."""
        ...

    # -- households
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

    def undo_household(self, *, unit: str, actor: str) -> HouseholdFile:
        """Take back the last change of a file."""
        ...

    def set_household(
        self, *, unit: str, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Set fields of a household as typed; blank empties one."""
        ...

    def set_care(self, *, unit: str, flags: tuple[str, ...], actor: str) -> HouseholdFile:
        """Say which care flags a household has, all of them."""
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

    def forget_household(self, *, unit: str, actor: str, reason: str | None = None) -> Forgotten:
        """Forget everybody of a household that moved out; tickets and figures stay."""
        ...

    def forget_member(
        self, *, unit: str, member: int, actor: str, reason: str | None = None
    ) -> Forgotten:
        """Forget one person who moved out."""
        ...

    # -- people
    def staff(self) -> tuple[StaffView, ...]:
        """Every member of staff."""
        ...

    def add_staff(self, *, new: NewStaff, actor: str | None = None) -> StaffView:
        """Add a member of staff."""
        ...

    def set_staff_phone(self, *, name: str, phone: str, actor: str | None = None) -> StaffView:
        """Write down by which number a member of staff is rung."""
        ...
