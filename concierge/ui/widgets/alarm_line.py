"""The alarm in one line, on every screen but the board: nobody misses it because a form is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from concierge.language.translator import Language
from concierge.ui.format import wall_time
from concierge.ui.widgets.alarm_lines import what_line, worst_first
from concierge.ui.widgets.translated import Translated

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import Alarm, Board

GAP = 2
ROOMY = 100  # cells from which the second key stands there too; where and what come first


class AlarmLine(Translated, Static):
    """What nobody signed for, the worst of it, and the key that leads there; no line where all is signed for.

    It never takes more than one line, so that a form below it moves by no more than that.
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False
        self.plain = ""
        """What stands there, without colours."""
        self._alarms: tuple[Alarm, ...] = ()
        self._muted_until = 0

    def on_mount(self) -> None:
        """Follow the app's board, and a mute that begins or ends."""
        self.watch(self.app, "board", self._take_board)
        self.watch(self.app, "now", lambda _: self.follow(), init=False)

    def on_resize(self) -> None:
        """Another width, as much as fits it."""
        self._say(self.t)

    def retranslate(self, t: Language) -> None:
        """Say it in the other language."""
        self._say(t)

    @property
    def _desk_app(self) -> Any:  # (the app imports its screens; the other way round is a circle)
        return self.app

    def _take_board(self, board: Board | None) -> None:
        self._alarms = worst_first(board.alarms) if board is not None else ()
        self.display = bool(self._alarms)
        self.follow()
        self._say(self.t)

    def follow(self) -> None:
        """Say whether the alarm is muted at this desk."""
        muted = self._desk_app.muted_until
        if muted != self._muted_until:
            self._muted_until = muted
            self._say(self.t)
        self.set_class(bool(muted), "-muted")

    def _say(self, t: Language) -> None:
        width = self.content_size.width
        # Before it is laid out there is no width; the first one comes with a resize.
        self.plain = self._line(t, width) if self._alarms and width else ""
        self.update(Content(self.plain))

    def _line(self, t: Language, width: int) -> str:
        app = self._desk_app
        keys = t("F9 open")
        if self._muted_until:
            keys += "  " + t("muted until {time}", time=wall_time(self._muted_until, app.zone))
        elif width >= ROOMY:
            keys += "  " + t("F9 F9 mute 2 min")
        room = width - cell_len(keys) - GAP
        what = what_line(self._alarms, app.category_names(t.code), app.zone, t, room)
        return what + " " * (width - cell_len(what) - cell_len(keys)) + keys
