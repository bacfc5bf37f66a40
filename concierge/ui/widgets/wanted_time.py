"""A time that the resident asks for or agrees to."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.domain.refusal import Refusal
from concierge.language.dates import moment
from concierge.language.refusals import sentence
from concierge.language.translator import Language
from concierge.language.typed_time import parse_typed_time
from concierge.ui.widgets.field import Field


class WantedTime(Field):
    """Takes ``16:30``, ``tomorrow 10:00``, ``明天 10:00``, ``+30`` or ISO; empty means no time."""

    def __init__(self, label: str, hint: str = "", *, id: str) -> None:
        super().__init__(label, hint, id=id)
        self.zone = ZoneInfo("UTC")
        self.at: int | None = None
        self.wrong: Refusal | None = None
        self._now = 0

    def read(self, text: str, now: int) -> None:
        """Understand what was typed."""
        self._now, self.at, self.wrong = now, None, None
        if text.strip():
            try:
                self.at = parse_typed_time(text, now, self.zone, prefer="future")
            except Refusal as refusal:
                self.wrong = refusal
        self.note(self._says)

    def _says(self, t: Language) -> Content:
        if self.wrong is not None:
            return Content(sentence(t, self.wrong.code, self.wrong.values, zone=self.zone)).stylize(
                "$error"
            )
        if self.at is None:
            return Content("")
        here = datetime.fromtimestamp(self._now, self.zone)
        return Content(moment(t, datetime.fromtimestamp(self.at, self.zone), here)).stylize("bold")
