"""The shift's part of the desk as its screens see it: shifts, handovers and summaries as plain calls."""

from __future__ import annotations

from pathlib import Path

from concierge.export import languages_of, render, render_report
from concierge.export.files import write_new
from concierge.front.opening import OpenFront
from concierge.services import handover, handover_acts, handover_signing, shifts
from concierge.services.copies_made import CopyMade, copies_made
from concierge.services.handover_views import HandoverView
from concierge.services.notes_before import notes_before
from concierge.services.relief import sign_for_relief
from concierge.services.report import report
from concierge.services.report_views import PeriodReport
from concierge.services.shift_phones import record_look
from concierge.services.summary import NoteLine, ShiftSummary
from concierge.services.summary_clear import record_clear
from concierge.services.views import ShiftView


class ShiftFront(OpenFront):
    """Shifts, their handovers and papers at one desk."""

    # -- the shift ----------------------------------------------------------------------------------------
    def current_shift(self) -> ShiftView | None:
        """The shift that runs at this desk."""
        return shifts.current_shift(self.opened.desk)

    def start_shift(self, *, actor: str, note: str | None = None) -> ShiftView:
        """Start a shift where none runs."""
        return shifts.start_shift(self.opened.desk, actor=actor, note=note)

    def end_shift(
        self, *, actor: str, note: str | None = None, alone: str | None = None
    ) -> ShiftView:
        """End the running shift with nobody to take over; with open matters ``alone`` says why."""
        return shifts.end_shift(self.opened.desk, actor=actor, note=note, alone=alone)

    def sign_relief(self, *, actor: str) -> ShiftView:
        """Somebody sees to it that a relief comes who is missing; it ends nothing."""
        return sign_for_relief(self.opened.desk, actor=actor)

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
        return shifts.note_shift(
            self.opened.desk, text=text, actor=actor, flag=flag, unit=unit, ticket=ticket
        )

    def notes_before(self) -> tuple[NoteLine, ...]:
        """What the shift before flagged for the one that runs here, oldest first."""
        return notes_before(self.opened.desk)

    # -- its handover -------------------------------------------------------------------------------------
    def handover(self, *, shift: int | None = None) -> HandoverView:
        """The handover of the running shift (or of one by its number) as it stands now."""
        return handover.handover(self.opened.desk, shift=shift)

    def begin_handover(self, *, actor: str, absent: str | None = None) -> HandoverView:
        """Somebody begins to take over; ``absent`` says why whoever goes will not sign."""
        return handover.begin_handover(self.opened.desk, actor=actor, absent=absent)

    def drop_handover(self, *, actor: str) -> HandoverView:
        """Whoever began to take over does not; what was acknowledged is dropped."""
        return handover.drop_handover(self.opened.desk, actor=actor)

    def acknowledge_matter(self, *, number: str, actor: str) -> HandoverView:
        """Whoever takes over has taken note of one matter."""
        return handover_acts.acknowledge_matter(self.opened.desk, number=number, actor=actor)

    def acknowledge_rest(self, *, count: int, actor: str) -> HandoverView:
        """Whoever takes over has taken note of the rest, ``count`` of them."""
        return handover_acts.acknowledge_rest(self.opened.desk, count=count, actor=actor)

    def count_item(
        self, *, item: str, counted: int, actor: str, word: str | None = None
    ) -> HandoverView:
        """Put down what was counted; a difference needs a word."""
        return handover_acts.count_item(
            self.opened.desk, item=item, counted=counted, actor=actor, word=word
        )

    def sign_handover(self, *, actor: str, pin: str | None = None) -> HandoverView:
        """Sign as whichever of the two ``actor`` is; the second signature changes the shifts."""
        return handover_signing.sign_handover(self.opened.desk, actor=actor, pin=pin)

    def review_handover(
        self, *, shift: int, actor: str, pin: str | None = None, note: str | None = None
    ) -> HandoverView:
        """A director has looked at a signed handover."""
        return handover_signing.review_handover(
            self.opened.desk, shift=shift, actor=actor, pin=pin, note=note
        )

    def copies_made(self, *, shift: int) -> tuple[CopyMade, ...]:
        """What became of the copies of a signed summary that the policy asks for."""
        return copies_made(self.opened.desk, shift=shift)

    # -- its summary --------------------------------------------------------------------------------------
    def shift_summary(self, shift: int | None = None) -> ShiftSummary:
        """The summary of a shift: as signed, or of a running one as it is now."""
        return shifts.shift_summary(self.opened.desk, shift=shift)

    def look_at_phones(self, *, shift: int | None, actor: str) -> None:
        """Put on record who looks at the whole phones in what a shift wrote down."""
        record_look(self.opened.desk, shift=shift, actor=actor)

    def shift_text(self, *, shift: int | None, form: str, language: str) -> str:
        """The summary in a format of text, as it would be written: for the preview."""
        content = render(form, self.shift_summary(shift), languages_of(language))
        return content if isinstance(content, str) else content.decode("utf-8", "replace")

    def export_shift(
        self,
        *,
        shift: int | None,
        form: str,
        output: Path,
        language: str,
        force: bool = False,
        clear: bool = False,
        actor: str | None = None,
        pin: str | None = None,
    ) -> Path:
        """Write the summary in any format; ``clear`` masks nothing, if ``actor`` may, and is on record."""
        desk, summary = self.opened.desk, self.shift_summary(shift)
        if clear:  # of the very shift that is written, whatever turned meanwhile
            record_clear(desk, shift=summary.shift, actor=actor, pin=pin)
        content = render(form, summary, languages_of(language), clear=clear)
        write_new(output, content, force=force, store=desk.store.path)
        return output

    # -- days, weeks and months ---------------------------------------------------------------------------
    def report(self, *, first_day: str, last_day: str, desk: str | None = None) -> PeriodReport:
        """The figures of the days from ``first_day`` to ``last_day``, ISO dates, beside those before."""
        return report(self.opened.desk, first_day=first_day, last_day=last_day, name=desk)

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
        """Write a period's report; the language is zh, en or both."""
        found = self.report(first_day=first_day, last_day=last_day, desk=desk)
        content = render_report(form, found, languages_of(language))
        write_new(output, content, force=force, store=self.opened.desk.store.path)
        return output
