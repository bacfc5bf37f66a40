"""The desk as its screens see it: the use cases as plain calls on one store, open or yet to be made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from concierge.bootstrap import Opened, RuleFiles, deliver, found_property, open_desk
from concierge.clock import SystemClock
from concierge.domain.deadline import DayCount
from concierge.domain.policy import Category, parse_policy
from concierge.domain.refusal import Refusal
from concierge.front_shift import ShiftFront
from concierge.services import (
    agreeing,
    changes,
    escalating,
    facts,
    forgetting,
    founding,
    household_card,
    household_edit,
    household_file,
    household_history,
    household_list,
    instructions,
    phoning,
    progress,
    reopening,
    sweep,
)
from concierge.services import board as boards
from concierge.services.card_views import HouseholdView
from concierge.services.drafts import DraftView, discard_draft, list_drafts, save_draft
from concierge.services.facts import NewFact
from concierge.services.finding import find_households
from concierge.services.hits import HouseholdHit
from concierge.services.household_list import HouseholdFilter
from concierge.services.household_views import (
    Change,
    Forgotten,
    HouseholdCardNow,
    HouseholdFile,
    HouseholdPage,
)
from concierge.services.households import show_household
from concierge.services.instructions import NewInstruction
from concierge.services.intake import Intake, add_ticket, promised
from concierge.services.news_views import MovedClock, RepeatView, RulesNews
from concierge.services.notices import Delivered
from concierge.services.repeated import look_for_repeats
from concierge.services.roster import import_roster
from concierge.services.roster_mapping import parse_mapping
from concierge.services.roster_views import RosterReport
from concierge.services.roster_watch import Progress
from concierge.services.rules import Moved
from concierge.services.staffing import NewStaff, add_staff, list_staff, set_staff_phone
from concierge.services.sweep_views import Sweep
from concierge.services.ticket_phone import reveal_phone
from concierge.services.ticket_view import explain_clock, list_tickets, show_ticket
from concierge.services.views import Board, ClockView, StaffView, TicketView
from concierge.settings import read_rules
from concierge.store.problem import StoreProblem


class Front(ShiftFront):
    """One desk at one store. Every call may be made from any thread; views are frozen.

    A home folder without a store answers ``needs_first_steps`` and takes ``found``; all else raises
    ``StoreProblem`` until then.
    """

    def __init__(self, home: Path, *, name: str | None, environ: Mapping[str, str]) -> None:
        self._home = home
        self._name = name
        self._environ = environ
        self._files = RuleFiles(home)
        self._news: RulesNews | None = None
        self._opened: Opened | None = None
        try:
            self._opened = self._open()
        except StoreProblem as problem:
            if problem.code != "missing":
                raise

    def _open(self) -> Opened:
        opened = open_desk(self._home, name=self._name, environ=self._environ, ticking=True)
        self._keep_news(opened.problem, opened.moved)
        return opened

    @property
    def opened(self) -> Opened:
        """The open store and what opening it brought to light.

        Raises:
            StoreProblem: missing, before the first steps.
        """
        if self._opened is None:
            raise StoreProblem("missing", path=str(self._home))
        return self._opened

    # -- first steps --------------------------------------------------------------------------------------
    def needs_first_steps(self) -> bool:
        """Whether there is no store yet."""
        return self._opened is None

    def found(self, *, name: str, language: str, staff: tuple[NewStaff, ...]) -> None:
        """Create the store of a new property; from then on every other call works."""
        made = found_property(
            self._home,
            name=name,
            language=language,
            staff=staff,
            desk=self._name,
            environ=self._environ,
        )
        made.store.close()
        self._opened = self._open()

    def import_roster(
        self,
        *,
        path: Path,
        dry_run: bool,
        mapping: str = "",
        actor: str | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> RosterReport:
        """Read a roster; a dry run only says what was understood, ``mapping`` what columns hold."""
        return import_roster(
            self.opened.desk,
            path=path,
            dry_run=dry_run,
            mapped=parse_mapping(mapping),
            actor=actor,
            progress=progress,
            cancelled=cancelled,
        )

    # -- time and rules -----------------------------------------------------------------------------------
    def home(self) -> Path:
        """The folder of the store."""
        return self._home

    def now(self) -> int:
        """The present instant by the desk's clock."""
        return self._opened.desk.clock.now() if self._opened else SystemClock().now()

    def zone(self) -> ZoneInfo:
        """The property's time zone; before the first steps the one that ships."""
        if self._opened is None:
            return ZoneInfo(parse_policy(read_rules(self._home).policy).timezone)
        return self._opened.desk.rules.calendar.zone

    def categories(self) -> tuple[Category, ...]:
        """Every category of the policy in force, in its order; before the first steps of the files'."""
        if self._opened is None:
            return tuple(parse_policy(read_rules(self._home).policy).categories.values())
        return tuple(self._opened.desk.rules.policy.categories.values())

    # -- the board ----------------------------------------------------------------------------------------
    def board(self, *, viewer: str | None = None) -> Board:
        """Everything the first screen shows, without what is about ``viewer``."""
        return boards.board(self.opened.desk, viewer=viewer)

    def last_event(self) -> int:
        """The id of the newest event."""
        return boards.last_event(self.opened.desk)

    def sweep(self) -> Sweep:
        """Fire every rung that is due, then take in the rules as the files have them by now."""
        done = sweep.sweep(self.opened.desk)
        renewed = self._files.renew(self.opened.desk)
        if renewed.desk is not None:
            self._opened = replace(self.opened, desk=renewed.desk)
        self._keep_news(renewed.mistake, renewed.moved)
        return done

    def rules_news(self) -> RulesNews | None:
        """What became of rules that changed, once; None while there is nothing to say."""
        news, self._news = self._news, None
        return news

    def _keep_news(self, mistake: Refusal | None, moved: tuple[Moved, ...]) -> None:
        if mistake is not None or moved:
            clocks = tuple(
                MovedClock(each.ticket, each.clock, each.was, each.now) for each in moved
            )
            self._news = RulesNews(mistake, clocks)

    def deliver(self) -> Delivered:
        """Send the notices that wait; it may take as long as the network does."""
        return deliver(self.opened.desk, self._home)

    def next_due(self) -> int | None:
        """The instant after which a sweep will find something."""
        return sweep.next_due(self.opened.desk)

    def confirm_clock(self, *, actor: str) -> int:
        """A supervisor says that the machine's time is right."""
        return sweep.confirm_clock(self.opened.desk, actor=actor)

    def set_language(self, code: str) -> None:
        """Keep the language of this store."""
        founding.set_language(self.opened.desk, language=code)

    # -- tickets ------------------------------------------------------------------------------------------
    def ticket(self, number: str, *, viewer: str | None = None) -> TicketView:
        """A ticket with its events; refused to ``viewer`` if it is about that person."""
        return show_ticket(self.opened.desk, number=number, viewer=viewer)

    def tickets(
        self, *, state: str = "open", overdue: bool = False, kind: str | None = None
    ) -> tuple[TicketView, ...]:
        """Tickets without their events."""
        return list_tickets(self.opened.desk, state=state, overdue=overdue, kind=kind)

    def add_ticket(self, *, intake: Intake, actor: str) -> TicketView:
        """Take a matter in."""
        return add_ticket(self.opened.desk, intake=intake, actor=actor)

    def promised(
        self, *, category: str, received_at: int, agreed_at: int | None = None
    ) -> tuple[ClockView, ...]:
        """The clocks that would run, for the promise sentence before saving."""
        return promised(
            self.opened.desk, category=category, received_at=received_at, agreed_at=agreed_at
        )

    def repeats(self, *, category: str, unit: str, received_at: int) -> tuple[RepeatView, ...]:
        """Why a complaint about to be taken in would be a repeated matter."""
        return look_for_repeats(
            self.opened.desk, category=category, unit=unit, received_at=received_at
        )

    def explain(self, *, number: str, clock: str) -> tuple[DayCount, ...]:
        """The day-by-day count behind a clock's limit."""
        return explain_clock(self.opened.desk, number=number, clock=clock)

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
        return progress.record(
            self.opened.desk,
            action=action,
            number=number,
            actor=actor,
            text=text,
            at=at,
            late_reason=late_reason,
            cause=cause,
        )

    def note(self, *, number: str, text: str, actor: str, draft: str | None = None) -> TicketView:
        """Add a note; the draft whose words it holds goes with it."""
        return progress.note(self.opened.desk, number=number, text=text, actor=actor, draft=draft)

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
        return agreeing.agree(
            self.opened.desk,
            number=number,
            agreed_at=agreed_at,
            agreed_with=agreed_with,
            actor=actor,
            clock=clock,
            approved_by=approved_by,
            reason=reason,
        )

    def assign(self, *, number: str, to: str, actor: str) -> TicketView:
        """Give the ticket to somebody."""
        return changes.assign(self.opened.desk, number=number, to=to, actor=actor)

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
        return changes.change(
            self.opened.desk,
            number=number,
            reason=reason,
            actor=actor,
            category=category,
            grade=grade,
            dry_run=dry_run,
        )

    def escalate(self, *, number: str, reason: str, actor: str) -> TicketView:
        """Fire the next rung by hand."""
        return escalating.escalate(self.opened.desk, number=number, reason=reason, actor=actor)

    def acknowledge(
        self, *, number: str, actor: str, clock: str | None = None, rung: int | None = None
    ) -> TicketView:
        """Sign for an escalation."""
        return escalating.acknowledge(
            self.opened.desk, number=number, actor=actor, clock=clock, rung=rung
        )

    def reveal_phone(self, *, number: str, actor: str) -> TicketView:
        """A ticket for somebody who looks at the caller's whole phone; the look is on record."""
        return reveal_phone(self.opened.desk, number=number, actor=actor)

    def told_by_phone(
        self, *, number: str, whom: str, actor: str, at: int | None = None
    ) -> TicketView:
        """Keep whom somebody rang about a ticket."""
        return phoning.told_by_phone(self.opened.desk, number=number, whom=whom, actor=actor, at=at)

    def confirm_kept(self, *, number: str, actor: str, clock: str | None = None) -> TicketView:
        """A supervisor confirms that a promise was kept after all."""
        return progress.confirm_kept(self.opened.desk, number=number, actor=actor, clock=clock)

    def cancel(self, *, number: str, reason: str, actor: str) -> TicketView:
        """Cancel a ticket."""
        return changes.cancel(self.opened.desk, number=number, reason=reason, actor=actor)

    def reopen(self, *, number: str, reason: str, actor: str) -> TicketView:
        """Reopen a ticket, or open a linked one when it is too late for that."""
        return reopening.reopen(self.opened.desk, number=number, reason=reason, actor=actor)

    # -- drafts -------------------------------------------------------------------------------------------
    def save_draft(self, *, draft: str, received_at: int, form: Mapping[str, str]) -> None:
        """Keep what stands in the intake form."""
        save_draft(self.opened.desk, draft=draft, received_at=received_at, form=form)

    def drafts(self) -> tuple[DraftView, ...]:
        """The drafts of this desk."""
        return list_drafts(self.opened.desk)

    def discard_draft(self, *, draft: str, actor: str | None) -> None:
        """Throw a draft away, on record."""
        discard_draft(self.opened.desk, draft=draft, actor=actor)

    # -- households ---------------------------------------------------------------------------------------
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

    def undo_household(self, *, unit: str, actor: str) -> HouseholdFile:
        """Take back the last change of a file."""
        return household_history.undo_last(self.opened.desk, unit=unit, actor=actor)

    def set_household(
        self, *, unit: str, values: Mapping[str, str | None], actor: str
    ) -> HouseholdFile:
        """Set fields of a household as typed; blank empties one."""
        return household_edit.set_household(self.opened.desk, unit=unit, values=values, actor=actor)

    def set_care(self, *, unit: str, flags: tuple[str, ...], actor: str) -> HouseholdFile:
        """Say which care flags a household has, all of them."""
        return household_edit.set_care(self.opened.desk, unit=unit, flags=flags, actor=actor)

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

    def forget_household(self, *, unit: str, actor: str, reason: str | None = None) -> Forgotten:
        """Forget everybody of a household that moved out; tickets and figures stay."""
        return forgetting.forget_household(self.opened.desk, unit=unit, actor=actor, reason=reason)

    def forget_member(
        self, *, unit: str, member: int, actor: str, reason: str | None = None
    ) -> Forgotten:
        """Forget one person who moved out."""
        return forgetting.forget_member(
            self.opened.desk, unit=unit, member=member, actor=actor, reason=reason
        )

    # -- people -------------------------------------------------------------------------------------------
    def staff(self) -> tuple[StaffView, ...]:
        """Every member of staff."""
        return list_staff(self.opened.desk)

    def add_staff(self, *, new: NewStaff, actor: str | None = None) -> StaffView:
        """Add a member of staff."""
        return add_staff(self.opened.desk, new=new, actor=actor)

    def set_staff_phone(self, *, name: str, phone: str, actor: str | None = None) -> StaffView:
        """Write down by which number a member of staff is rung."""
        return set_staff_phone(self.opened.desk, name=name, phone=phone, actor=actor)

    def close(self) -> None:
        """Let go of the store."""
        if self._opened is not None:
            self._opened.desk.store.close()
