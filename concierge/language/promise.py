"""The words to say to the resident before the ticket is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from concierge.language.dates import spoken
from concierge.language.translator import Language, later


class Promised(Protocol):
    """What is read of a clock; a ``ClockView`` is one."""

    @property
    def kind(self) -> str:
        """answer, attend or resolve."""
        ...

    @property
    def due_at(self) -> int:
        """The instant, seconds UTC; for a time still to be agreed its cap."""
        ...

    @property
    def agreed_at(self) -> int | None:
        """The time agreed with the resident, seconds UTC."""
        ...

    @property
    def to_be_agreed(self) -> bool:
        """Whether a time is still to be agreed."""
        ...

    @property
    def provisional(self) -> bool:
        """Whether it counts days whose calendar is not published yet."""
        ...

    @property
    def met_at(self) -> int | None:
        """When it was met."""
        ...

    @property
    def stopped_at(self) -> int | None:
        """When it was stopped."""
        ...


# In the order in which they are said: first somebody comes, then there is an answer, then it is done.
_ORDER = ("attend", "answer", "resolve")
_SAID = {
    "attend": later("someone will be there by {when}"),
    "answer": later("we will reply to you by {when}"),
    "resolve": later("it will be settled by {when} at the latest"),
}
_ERRAND = {
    "answer": later("we will confirm with you by {when}"),
    "resolve": later("it will be done by {when}"),
}
_TO_BE_AGREED = {
    "attend": later("we will agree a time to come with you, by {when} at the latest"),
    "answer": later("we will agree with you when you get the answer, by {when} at the latest"),
    "resolve": later("we will agree a time with you and settle it by {when} at the latest"),
}
_AGREED = {
    "attend": later("someone will be there at the time agreed, {when}"),
    "answer": later("we will reply to you by the time agreed, {when}"),
    "resolve": later("it will be settled by the time agreed, {when}"),
}


def promise_sentence(
    t: Language, kind: str, clocks: Iterable[Promised], zone: ZoneInfo, now: int
) -> str:
    """By when what will happen, in one sentence.

    Args:
        t: the language.
        kind: complaint, inquiry or errand.
        clocks: the clocks that run or would run; what is met or stopped is not promised any more.
        zone: the property's.
        now: the instant of speaking, seconds UTC.
    """
    running = sorted(
        (clock for clock in clocks if clock.met_at is None and clock.stopped_at is None),
        key=lambda clock: _ORDER.index(clock.kind) if clock.kind in _ORDER else len(_ORDER),
    )
    if not running:
        return t("This has been taken care of.")
    speech = _Speech(t, kind, zone, now)
    said = speech.joined(speech.clauses(running))
    if any(clock.provisional for clock in running):
        return said + t(
            " The holidays of that time are not published yet; we will tell you if the date moves."
        )
    return said


class _Speech:
    """One sentence in the making."""

    def __init__(self, t: Language, kind: str, zone: ZoneInfo, now: int) -> None:
        self.t = t
        self.kind = kind
        self.zone = zone
        self.now = datetime.fromtimestamp(now, zone)

    def clauses(self, clocks: Sequence[Promised]) -> list[str]:
        """What is said of each clock; coming and answering at the same time is one thing."""
        first = clocks[:2]
        if [clock.kind for clock in first] == ["attend", "answer"]:
            plain = all(clock.agreed_at is None and not clock.to_be_agreed for clock in first)
            if plain and first[0].due_at == first[1].due_at:
                both = self.t(
                    "someone will be there and tell you by {when}", when=self._when(first[0])
                )
                return [both, *map(self._clause, clocks[2:])]
        return [self._clause(clock) for clock in clocks]

    def joined(self, clauses: Sequence[str]) -> str:
        """The clauses as one sentence."""
        said = clauses[0][:1].upper() + clauses[0][1:]
        for clause in clauses[1:]:
            said = self.t("{before}; {then}", before=said, then=clause)
        return self.t("{sentence}.", sentence=said)

    def _clause(self, clock: Promised) -> str:
        if clock.agreed_at is not None and self.kind != "errand":
            table = _AGREED
        elif clock.to_be_agreed:
            table = _TO_BE_AGREED
        else:
            table = _SAID | _ERRAND if self.kind == "errand" else _SAID
        return self.t(table.get(clock.kind, _SAID["resolve"]), when=self._when(clock))

    def _when(self, clock: Promised) -> str:
        return spoken(self.t, datetime.fromtimestamp(clock.due_at, self.zone), self.now)
