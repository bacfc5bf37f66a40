"""What the screens ask of the desk about tickets and the drafts of them; raises as ``port`` says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.domain.deadline import DayCount
    from concierge.services.drafts import DraftView
    from concierge.services.intake import Intake
    from concierge.services.news_views import RepeatView
    from concierge.services.views import ClockView, TicketView


class TicketPort(Protocol):
    """The tickets' part of a desk."""

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
