"""What the screens ask of the desk: plain synchronous calls, run in threads by the gateway.

Names and arguments are those of the use cases in ``concierge.services``, without the desk in
front; views are frozen. All raise ``Refusal`` or ``StoreProblem``. Tickets, households and shifts
have a file each.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from concierge.ui.household_port import HouseholdPort
from concierge.ui.shift_port import ShiftPort
from concierge.ui.ticket_port import TicketPort

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.domain.policy import Category
    from concierge.services.news_views import RulesNews
    from concierge.services.notices import Delivered
    from concierge.services.roster_views import RosterReport
    from concierge.services.staffing import NewStaff
    from concierge.services.sweep_views import Sweep
    from concierge.services.views import Board, StaffView


class DeskPort(TicketPort, HouseholdPort, ShiftPort, Protocol):
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
