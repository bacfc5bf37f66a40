"""A line for a time, with what the desk understands beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.domain.refusal import Refusal
from concierge.language.dates import moment
from concierge.language.refusals import sentence
from concierge.language.translator import Language
from concierge.language.typed_time import parse_typed_time
from concierge.ui.widgets.field import Field


class TimeField(Field):
    """A line that takes a time as people type it and shows beside it how it was understood.

    Args:
        label: What it is called (a msgid).
        hint: What may be typed (a msgid).
        id: The field's name.
        zone: The property's.
        now: The present instant.
        prefer: Which one a bare clock time means.
    """

    def __init__(
        self,
        label: str,
        hint: str,
        *,
        id: str,
        zone: ZoneInfo,
        now: int,
        prefer: Literal["future", "past"],
    ) -> None:
        super().__init__(label, hint, id=id)
        self._zone = zone
        self._now = now
        self._prefer: Literal["future", "past"] = prefer
        self.at: int | None = None
        self.wrong: Refusal | None = None

    def read(self, text: str) -> None:
        """Understand what was typed."""
        self.at, self.wrong = None, None
        if text.strip():
            try:
                self.at = self._checked(
                    parse_typed_time(text, self._now, self._zone, prefer=self._prefer)
                )
            except Refusal as refusal:
                self.wrong = refusal
        self.note(self._says)

    def _checked(self, at: int) -> int:
        if self._prefer == "past" and at > self._now:
            raise Refusal("time.future", at=at, now=self._now)
        if self._prefer == "future" and at <= self._now:
            raise Refusal("agreed.past", agreed=at, now=self._now)
        return at

    def sentence(self, t: Language) -> str:
        """What is wrong with the time."""
        wrong = self.wrong
        return (
            sentence(t, wrong.code, wrong.values, zone=self._zone, now=self._now) if wrong else ""
        )

    def _says(self, t: Language) -> Content:
        if self.at is None:
            return Content("?" if self.wrong else "").stylize("bold $error")
        here = datetime.fromtimestamp(self._now, self._zone)
        said = moment(t, datetime.fromtimestamp(self.at, self._zone), here)
        return Content(f"= {said}").stylize("bold $primary")
