"""What the screens ask of the desk about shifts, handovers, summaries and reports; raises as ``port`` says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.copies_made import CopyMade
    from concierge.services.handover_views import HandoverView
    from concierge.services.report_views import PeriodReport
    from concierge.services.summary import NoteLine, ShiftSummary
    from concierge.services.views import ShiftView


class ShiftPort(Protocol):
    """The shift's part of a desk."""

    def current_shift(self) -> ShiftView | None:
        """The shift that is open at this desk, if any."""
        ...

    def start_shift(self, *, actor: str, note: str | None = None) -> ShiftView:
        """Start a shift where none runs."""
        ...

    def end_shift(
        self, *, actor: str, note: str | None = None, alone: str | None = None
    ) -> ShiftView:
        """End the running shift with nobody to take over; with open matters ``alone`` says why."""
        ...

    def sign_relief(self, *, actor: str) -> ShiftView:
        """Somebody sees to it that a relief comes who is missing; it ends nothing."""
        ...

    def note_shift(
        self,
        *,
        text: str,
        actor: str,
        flag: str | None = None,
        unit: str | None = None,
        ticket: str | None = None,
    ) -> ShiftView:
        """Keep a line in the running log."""
        ...

    def notes_before(self) -> tuple[NoteLine, ...]:
        """What the shift before flagged for the one that runs here, oldest first."""
        ...

    def handover(self, *, shift: int | None = None) -> HandoverView:
        """The handover of the running shift (or of one by its number) as it stands now."""
        ...

    def begin_handover(self, *, actor: str, absent: str | None = None) -> HandoverView:
        """Somebody begins to take over; ``absent`` says why whoever goes will not sign."""
        ...

    def drop_handover(self, *, actor: str) -> HandoverView:
        """Whoever began to take over does not; what was acknowledged is dropped."""
        ...

    def acknowledge_matter(self, *, number: str, actor: str) -> HandoverView:
        """Whoever takes over has taken note of one matter."""
        ...

    def acknowledge_rest(self, *, count: int, actor: str) -> HandoverView:
        """Whoever takes over has taken note of the rest, ``count`` of them."""
        ...

    def count_item(
        self, *, item: str, counted: int, actor: str, word: str | None = None
    ) -> HandoverView:
        """Put down what was counted; a difference needs a word."""
        ...

    def sign_handover(self, *, actor: str, pin: str | None = None) -> HandoverView:
        """Sign as whichever of the two ``actor`` is; the second signature changes the shifts."""
        ...

    def review_handover(
        self, *, shift: int, actor: str, pin: str | None = None, note: str | None = None
    ) -> HandoverView:
        """A director has looked at a signed handover."""
        ...

    def copies_made(self, *, shift: int) -> tuple[CopyMade, ...]:
        """What became of the copies of a signed summary that the policy asks for."""
        ...

    def shift_summary(self, shift: int | None = None) -> ShiftSummary:
        """The summary of a shift: as signed, or of a running one as it is now."""
        ...

    def look_at_phones(self, *, shift: int | None, actor: str) -> None:
        """Put on record who looks at the whole phones in what a shift wrote down."""
        ...

    def shift_text(self, *, shift: int | None, form: str, language: str) -> str:
        """The summary in a format of text, as it would be written: for the preview."""
        ...

    def export_shift(
        self,
        *,
        shift: int | None,
        form: str,
        output: Path,
        language: str,
        force: bool,
        clear: bool = False,
        actor: str | None = None,
        pin: str | None = None,
    ) -> Path:
        """Write a shift's summary; ``clear`` shows what is sensitive, if ``actor`` may and has proved it."""
        ...

    def report(self, *, first_day: str, last_day: str, desk: str | None = None) -> PeriodReport:
        """The figures of the days from ``first_day`` to ``last_day``, ISO dates, beside those before."""
        ...

    def export_report(
        self,
        *,
        first_day: str,
        last_day: str,
        desk: str | None,
        form: str,
        output: Path,
        language: str,
        force: bool,
    ) -> Path:
        """Write a period's report."""
        ...
