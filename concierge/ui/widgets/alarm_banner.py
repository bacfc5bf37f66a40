"""The alarm: how many escalations nobody signed for, the worst of them, and whom to ring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from concierge.language import terms
from concierge.language.translator import Language
from concierge.ui.format import clip, one_line, place_of, wall_time
from concierge.ui.widgets.translated import Translated

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import Alarm

MUTE_SECONDS = 120
LEAST = 8  # cells below which a matter is not worth naming


def worst_first(alarms: Sequence[Alarm]) -> tuple[Alarm, ...]:
    """Emergencies, then major matters, then what has been over for longest."""
    return tuple(
        sorted(
            alarms,
            key=lambda alarm: (
                alarm.category != "emergency",
                alarm.grade != "major",
                alarm.due_at,
                -alarm.rung,
            ),
        )
    )


def whom_to_ring(alarm: Alarm, t: Language) -> str:
    """Names and numbers of those told; a role that nobody holds is said to be held by nobody."""
    role = terms.role(t, alarm.to)
    if not alarm.people:
        return t("nobody is {role}", role=role)
    names = ", ".join(
        " ".join(filter(None, (name, phone)))
        for name, phone in zip(alarm.people[:2], alarm.phones[:2], strict=False)
    )
    return t("ring {role} {names}", role=role, names=names)


class AlarmBanner(Translated, Widget):
    """Two lines while something is unsigned, hidden otherwise."""

    class Raised(Message):
        """Escalations came up that were not there before."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    def __init__(self) -> None:
        super().__init__()
        self.zone = ZoneInfo("UTC")
        self._names: dict[str, str] = {}
        self._alarms: tuple[Alarm, ...] = ()
        self._known: frozenset[tuple[int, str, int, int]] = frozenset()
        self._held = False
        self.muted_until = 0

    @property
    def worst(self) -> Alarm | None:
        """The alarm to look at first."""
        return self._alarms[0] if self._alarms else None

    def speak(self, names: dict[str, str]) -> None:
        """Take the categories' names by code."""
        self._names = names
        self.refresh()

    def load(self, alarms: Sequence[Alarm], now: int, *, held: bool = False) -> None:
        """Take what nobody signed for; what is new raises the alarm, and ends a mute."""
        self._held = held
        self._alarms = worst_first(alarms)
        # With the instant: the same rung of a ticket that was reopened is new.
        keys = frozenset(
            (alarm.ticket_id, alarm.clock, alarm.rung, alarm.fired_at) for alarm in alarms
        )
        fresh = keys - self._known
        self._known = keys
        if fresh:
            self.muted_until = 0
            self.post_message(self.Raised(len(fresh)))
        self._show(now)

    def mute(self, now: int) -> None:
        """Be quiet for two minutes, at this desk only; nothing is signed by it."""
        self.muted_until = now + MUTE_SECONDS
        self._show(now)

    def tick(self, now: int) -> None:
        """A second passed: an expired mute ends."""
        if self.muted_until and now >= self.muted_until:
            self.muted_until = 0
            self.post_message(self.Raised(len(self._alarms)))
            self._show(now)

    def _show(self, now: int) -> None:
        shown = bool(self._alarms) or self._held
        self.display = shown
        self.set_class(now < self.muted_until and not self._held, "-muted")
        self.refresh(layout=True)

    def render(self) -> Content:
        """The lines, every text people typed as plain text."""
        t, width = self.t, self.content_size.width or 80
        if self._held:
            first = t(
                "This computer's clock is behind: nothing escalates. Set it, or ^F: a supervisor confirms it."
            )
            return Content(
                "\n".join([clip(first, width), *([self._first(t, width)] if self._alarms else [])])
            )
        if not self._alarms:
            return Content("")
        return Content("\n".join((self._first(t, width), self._second(t, width))))

    def _first(self, t: Language, width: int) -> str:
        """How many, and the worst: what, where, since when."""
        alarm = self._alarms[0]
        count = t.plural(
            "{n} escalation nobody signed for",
            "{n} escalations nobody signed for",
            len(self._alarms),
        )
        name = self._names.get(alarm.category, alarm.category)
        grade = terms.grade(t, "major") + " " if alarm.grade == "major" else ""
        since = t(", since {time}", time=wall_time(alarm.due_at, self.zone))
        where = f"{place_of(alarm.unit, alarm.place)} {grade}"
        head = "!! " + t("{count}: {where}", count=count, where=where)
        room = width - cell_len(one_line(head)) - cell_len(since)
        what = clip(f"{name}  {alarm.words}", room) if room > LEAST else ""
        return clip(f"{head}{what}{since}", width)

    def _second(self, t: Language, width: int) -> str:
        """Whom to ring, and the keys at the right."""
        keys = t("F9 open  F9 F9 mute 2 min")
        if self.muted_until:
            keys = t("muted until {time}", time=wall_time(self.muted_until, self.zone))
        ring = clip(whom_to_ring(self._alarms[0], t), max(10, width - cell_len(keys) - 5))
        gap = max(2, width - 3 - cell_len(ring) - cell_len(keys))
        return clip(f"   {ring}{' ' * gap}{keys}", width)
