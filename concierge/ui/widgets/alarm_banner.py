"""The alarm over the board: what nobody signed for, whom to ring, and whether anybody keeps watch."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.message import Message

from concierge.language.translator import Language
from concierge.ui.format import one_line, wall_time
from concierge.ui.watching import Watch
from concierge.ui.widgets.alarm_lines import (
    beside,
    keys_line,
    ring_parts,
    what_line,
    worst_first,
)
from concierge.ui.widgets.paragraph import Paragraph
from concierge.ui.widgets.watch_lines import held_line, watch_lines

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import Alarm, Board

MUTE_SECONDS = 120


class AlarmBanner(Paragraph):
    """A few lines while something is unsigned or nobody keeps watch, hidden otherwise."""

    class Raised(Message):
        """Escalations came up that were not there before; ``worst`` is the worst of a ticket, if any."""

        def __init__(self, count: int, worst: Alarm | None) -> None:
            super().__init__()
            self.count = count
            self.worst = worst

    def __init__(self) -> None:
        super().__init__()
        self.zone = ZoneInfo("UTC")
        self._names: dict[str, str] = {}
        self._board: Board | None = None
        self._alarms: tuple[Alarm, ...] = ()
        self._known: frozenset[tuple[int, str, int, int]] = frozenset()
        self._late: frozenset[tuple[int, int]] = frozenset()
        self._watch = Watch()
        self._now = 0
        self.muted_until = 0

    @property
    def worst(self) -> Alarm | None:
        """The alarm to look at first."""
        return self._alarms[0] if self._alarms else None

    @property
    def held(self) -> bool:
        """Whether a wrong clock holds the escalation."""
        return self._watch.held is not None

    def speak(self, names: dict[str, str]) -> None:
        """Take the categories' names by code."""
        self._names = names
        self.repeat()

    def load(self, board: Board, watch: Watch, now: int) -> None:
        """Take what nobody signed for; what is new raises the alarm, and ends a mute."""
        self._board, self._watch = board, watch
        self._alarms = worst_first(board.alarms)
        # With the instant: the same rung of a ticket that was reopened is new.
        keys = {
            (alarm.ticket_id, alarm.clock, alarm.rung, alarm.fired_at): alarm
            for alarm in self._alarms
        }
        fresh = [alarm for key, alarm in keys.items() if key not in self._known]
        self._known = frozenset(keys)
        reliefs = frozenset((each.shift, each.rung) for each in board.reliefs)
        late, self._late = reliefs - self._late, reliefs
        if fresh or late:
            self.muted_until = 0
            self.post_message(self.Raised(len(fresh) + len(late), fresh[0] if fresh else None))
        self._show(now)

    def follow(self, watch: Watch, now: int) -> None:
        """Somebody keeps watch, or nobody does."""
        self._watch = watch
        self._show(now)

    def mute(self, now: int) -> None:
        """Be quiet for two minutes, at this desk only; nothing is signed by it."""
        self.muted_until = now + MUTE_SECONDS
        self._show(now)

    def tick(self, now: int) -> None:
        """A second passed: an expired mute ends, and what counts time counts on."""
        if self.muted_until and now >= self.muted_until:
            self.muted_until = 0
            if self._alarms:
                self.post_message(self.Raised(len(self._alarms), self._alarms[0]))
            self._show(now)
        elif now // 60 != self._now // 60 or self._watch.since is not None:
            self._show(now)

    def _show(self, now: int) -> None:
        self._now = now
        # The text is laid out only where it shows; whether there is any does not depend on the width.
        shown = bool(self._lines(self.t, 80))
        self.display = shown
        self.set_class(now < self.muted_until and not self.held, "-muted")
        self.set_class(shown and not self._alarms and not self.held, "-notice")
        self.say(lambda t, width: Content("\n".join(self._lines(t, width))))

    def _lines(self, t: Language, width: int) -> list[str]:
        """The lines, every text people typed as plain text."""
        board, now = self._board, self._now
        if board is None:
            return []
        held = held_line(self._watch, t)
        lines = wrapped(held, width) if held else []
        if self._alarms:
            muted = wall_time(self.muted_until, self.zone) if self.muted_until else None
            lines.append(what_line(self._alarms, self._names, self.zone, t, width))
            lines += beside(
                ring_parts(self._alarms[0], self.zone, now, t),
                keys_line(t, muted=muted),
                width,
            )
        for line in watch_lines(board, self._watch, now, self.zone, t):
            lines += wrapped(line, width)
        return lines


def wrapped(line: str, width: int) -> list[str]:
    """A sentence on as many lines as it needs: it ends with what to do."""
    return [part.plain.rstrip() for part in Content(one_line(line)).wrap(width)]
