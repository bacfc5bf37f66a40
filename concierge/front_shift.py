"""The shift's part of the desk as its screens see it: shifts, handovers and summaries as plain calls."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from concierge.bootstrap import Opened
from concierge.export import render
from concierge.export.files import write_new
from concierge.services import shifts
from concierge.services.summary import ShiftSummary
from concierge.services.views import ShiftView


class ShiftFront(ABC):
    """Shifts at one desk; ``opened`` is the open store, as the whole front has it."""

    @property
    @abstractmethod
    def opened(self) -> Opened:
        """The open store and what opening it brought to light."""

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

    # -- its summary --------------------------------------------------------------------------------------
    def shift_summary(self, shift: int | None = None) -> ShiftSummary:
        """The summary of a shift: as signed, or of a running one as it is now."""
        return shifts.shift_summary(self.opened.desk, shift=shift)

    def export_shift(
        self, *, shift: int | None, form: str, output: Path, language: str, force: bool = False
    ) -> Path:
        """Write the shift summary as md, html, csv or json; the language is zh, en or both."""
        summary = shifts.shift_summary(self.opened.desk, shift=shift)
        languages = ("zh", "en") if language == "both" else (language,)
        text = render(form, summary, languages)
        write_new(output, text, force=force, store=self.opened.desk.store.path)
        return output
