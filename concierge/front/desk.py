"""One desk whole: its first steps, the time and the rules, the board and the staff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from concierge.bootstrap import Opened, RuleFiles, deliver, found_property, open_desk
from concierge.clock import SystemClock
from concierge.domain.policy import Category, parse_policy
from concierge.domain.refusal import Refusal
from concierge.front.households import HouseholdFront
from concierge.front.shifts import ShiftFront
from concierge.front.tickets import TicketFront
from concierge.services import board as boards
from concierge.services import founding, sweep
from concierge.services.news_views import MovedClock, RulesNews
from concierge.services.notices import Delivered
from concierge.services.roster import import_roster
from concierge.services.roster_mapping import parse_mapping
from concierge.services.roster_views import RosterReport
from concierge.services.roster_watch import Progress
from concierge.services.rules import Moved
from concierge.services.staffing import NewStaff, add_staff, list_staff, set_staff_phone
from concierge.services.sweep_views import Sweep
from concierge.services.views import Board, StaffView
from concierge.settings import read_rules
from concierge.store.problem import StoreProblem


class Front(TicketFront, HouseholdFront, ShiftFront):
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
        self._keep_news(opened.problem, opened.moved, old_keys=opened.old_keys)
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

    def _keep_news(
        self, mistake: Refusal | None, moved: tuple[Moved, ...], *, old_keys: bool = False
    ) -> None:
        if mistake is not None or moved or old_keys:
            clocks = tuple(
                MovedClock(each.ticket, each.clock, each.was, each.now) for each in moved
            )
            self._news = RulesNews(mistake, clocks, old_keys)

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
