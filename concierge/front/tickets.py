"""The tickets' part of the desk as its screens see it: taking in, acting on, escalating; and drafts."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.domain.deadline import DayCount
from concierge.front.opening import OpenFront
from concierge.services import agreeing, changes, escalating, phoning, progress, reopening
from concierge.services.drafts import DraftView, discard_draft, list_drafts, save_draft
from concierge.services.intake import Intake, add_ticket, promised
from concierge.services.news_views import RepeatView
from concierge.services.repeated import look_for_repeats
from concierge.services.ticket_phone import reveal_phone
from concierge.services.ticket_view import explain_clock, list_tickets, show_ticket
from concierge.services.views import ClockView, TicketView


class TicketFront(OpenFront):
    """Tickets and drafts at one desk."""

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
