"""When the resident spoke: from the first key in the form, or as somebody says."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.domain.refusal import Refusal
from concierge.language.dates import duration, moment
from concierge.language.refusals import sentence
from concierge.language.translator import Language, later
from concierge.language.typed_time import parse_typed_time
from concierge.ui.widgets.field import Field

LATE_AFTER = 5 * 60
"""Seconds after which a reason is asked for; the shipped policy's figure, the store has the last word."""

_A_MINUTE = 60


class ReceivedLine(Field):
    """The received time; empty means the first key in the form."""

    def __init__(self, *, id: str) -> None:
        super().__init__(later("Received"), later("-20, 14:05, now"), id=id)
        self.zone = ZoneInfo("UTC")
        self.started: int | None = None
        self._set: int | None = None
        self._wrong: Refusal | None = None
        self._now = 0

    @property
    def at(self) -> int:
        """When the resident spoke, seconds UTC."""
        if self._set is not None:
            return self._set
        return self._now if self.started is None else self.started

    @property
    def wrong(self) -> Refusal | None:
        """Why what was typed is no time."""
        return self._wrong

    @property
    def late(self) -> bool:
        """Whether it lies back so far that a reason is asked for."""
        return self._now - self.at > LATE_AFTER

    def tick(self, now: int) -> None:
        """A second passed."""
        before = (self.at, self.late, (self._now - self.at) // 60)
        self._now = now
        if before != (self.at, self.late, (now - self.at) // 60):
            self.note(self._says)

    def start(self, now: int) -> None:
        """The first key in the form: the clock runs from here."""
        self._now = now
        if self.started is None:
            self.started = now
            self.note(self._says)

    def restore(self, received_at: int) -> None:
        """Take the time of a draft."""
        self.started = received_at
        self.note(self._says)

    def read(self, text: str, now: int) -> None:
        """Understand what was typed."""
        self._now, self._wrong, self._set = now, None, None
        said = unicodedata.normalize("NFKC", text).strip().casefold()
        try:
            if said:
                self._set = self._past(said, now)
        except Refusal as refusal:
            self._wrong = refusal
        self.note(self._says)

    def _past(self, said: str, now: int) -> int:
        at = parse_typed_time(said, now, self.zone, prefer="past")
        if at > now:
            raise Refusal("time.future", at=at, now=now)
        return at

    def _says(self, t: Language) -> Content:
        if self._wrong is not None:
            return Content(
                sentence(t, self._wrong.code, self._wrong.values, zone=self.zone)
            ).stylize("$error")
        here = datetime.fromtimestamp(self._now, self.zone)
        when = moment(t, datetime.fromtimestamp(self.at, self.zone), here)
        ago = self._now - self.at
        if ago < _A_MINUTE:
            return Content(when).stylize("bold")
        said = t("{when}, {span} ago", when=when, span=duration(t, ago))
        if self.late:
            return Content(t("{received}: logged late", received=said)).stylize("bold $warning")
        return Content(said).stylize("bold")
