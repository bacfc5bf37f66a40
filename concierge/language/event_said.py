"""One fact of the log in the making of its sentence: its values, and how parts of a sentence are joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from concierge.language import terms
from concierge.language.dates import moment
from concierge.language.translator import Language


@dataclass(frozen=True, slots=True)
class Said:
    """One event in the making of its sentence."""

    t: Language
    data: Mapping[str, Any]
    personal: Mapping[str, Any]
    zone: ZoneInfo
    now: int
    names: Mapping[str, str]

    def when(self, at: int) -> str:
        """An instant in wall time."""
        local = datetime.fromtimestamp(at, self.zone)
        return moment(self.t, local, datetime.fromtimestamp(self.now, self.zone))

    def clock(self, name: str = "clock") -> str:
        """The word for the clock that the event names."""
        return terms.clock(self.t, str(self.data.get(name, "")))

    def category(self, code: str) -> str:
        """A category's name."""
        return self.names.get(code, code)

    def joined(self, parts: list[str]) -> str:
        """Parts of one sentence after each other."""
        said = parts[0]
        for part in parts[1:]:
            said = self.t("{before}; {then}", before=said, then=part)
        return said

    def with_text(self, before: str) -> str:
        """Followed by what somebody typed, as far as it is still kept."""
        text = self.personal.get("text")
        return self.t("{before}: {text}", before=before, text=text) if text else before

    def with_reason(self, before: str) -> str:
        """Followed by why, as far as it is still kept."""
        reason = self.personal.get("reason") or self.personal.get("late_reason")
        if not reason:
            return before
        return self.t("{before} (reason: {reason})", before=before, reason=reason)
