"""The first line: where this is, what time it is, who is on.

How many promises are broken or close.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from concierge.language.translator import Language
from concierge.ui.format import Tally, clip, one_line, tally, wall_date, wall_seconds
from concierge.ui.widgets.translated import Translated

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.views import Board

GAP = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the line: ``forms`` from long to short, the last perhaps empty.

    ``yields`` says at which turn each shorter form is taken when the line is too long, small
    numbers first.
    """

    name: str
    forms: tuple[str, ...]
    yields: tuple[int, ...] = ()
    side: str = "left"


def fit(parts: tuple[Part, ...], width: int) -> dict[str, str]:
    """Choose a form for each part so that all fit ``width`` cells.

    Shortening what matters least first.
    """
    level = dict.fromkeys((part.name for part in parts), 0)
    steps = iter(sorted((turn, part.name) for part in parts for turn in part.yields))

    def chosen() -> dict[str, str]:
        return {part.name: part.forms[level[part.name]] for part in parts}

    def needed() -> int:
        return sum(cell_len(text) + GAP for text in chosen().values() if text)

    while needed() > width and (step := next(steps, None)) is not None:
        level[step[1]] += 1
    return chosen()


def parts_of(
    board: Board | None, now: int, zone: ZoneInfo, counts: Tally, t: Language
) -> tuple[Part, ...]:
    """What the line says, each part in its long and short forms."""
    if board is None:
        return (Part("property", ("Concierge",)), Part("clock", (t("opening the store"),)))
    on = clip(board.shift.staff, 14) if board.shift else ""
    shift = (t("on shift: {name}", name=on), on) if on else (t("no shift: F4"),) * 2
    name = one_line(board.property_name)
    date = wall_date(now, zone, t), wall_date(now, zone, t, year=False)
    return (
        Part("property", (clip(name, 24), clip(name, 12), ""), (1, 4)),
        Part("desk", (clip(board.desk, 16), clip(board.desk, 8)), (7,)),
        Part("rehearsal", (t("REHEARSAL") if board.rehearsal else "",)),
        Part("date", (*date, ""), (3, 6)),
        Part("clock", (wall_seconds(now, zone),)),
        Part("shift", (*shift, clip(shift[1], 8), ""), (2, 8, 9), "right"),
        Part("drafts", (_drafts(board.drafts, t), ""), (5,), "right"),
        Part("overdue", (t("{n} overdue", n=counts.overdue),), side="right"),
        Part("soon", (t("{n} soon", n=counts.soon),), side="right"),
        Part("open", (t("{n} open", n=counts.open), ""), (10,), "right"),
    )


def _drafts(count: int, t: Language) -> str:
    return t.plural("{n} draft", "{n} drafts", count) if count else ""


class HeaderLine(Translated, Widget):
    """The first line of every screen; it follows the app's ``board`` and ``now``."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "header--property",
        "header--desk",
        "header--rehearsal",
        "header--date",
        "header--clock",
        "header--shift",
        "header--no-shift",
        "header--drafts",
        "header--overdue",
        "header--soon",
        "header--open",
        "header--none",
    }

    board: reactive[Board | None] = reactive(None, init=False)
    now: reactive[int] = reactive(0, repaint=False, init=False)

    def __init__(self) -> None:
        super().__init__()
        self.zone = ZoneInfo("UTC")
        self._counts = Tally()
        self._minute: int | None = None
        # The line as it was laid out, and which of its segments is the time: most seconds only
        # that one changes.
        self._line: list[Segment] = []
        self._clock: int | None = None

    def on_mount(self) -> None:
        """Follow the app's clock and board."""
        self.watch(self.app, "board", self._take_board)
        self.watch(self.app, "now", self._take_now)

    def _take_board(self, board: Board | None) -> None:
        self.zone = getattr(self.app, "zone", self.zone)
        self._counts = tally(board.rows, self.now) if board else Tally()
        self._line = []
        self.board = board

    def _take_now(self, now: int) -> None:
        self.now = now

    def watch_now(self) -> None:
        """A second passed: count again only when some promise changed state.

        Else paint the clock alone.
        """
        until = self._counts.until
        minute = self.now // 60  # the date can only change with the minute
        turned = until is not None and self.now > until
        if self._clock is None or not self._line or minute != self._minute or turned:
            if self.board is not None:
                self._counts = tally(self.board.rows, self.now)
            self._minute = minute
            self._line = []
            self.refresh()
            return
        old = self._line[self._clock]
        self._line[self._clock] = Segment(wall_seconds(self.now, self.zone), old.style)
        x = Segment.get_line_length(self._line[: self._clock])
        self.refresh(Region(x, 0, cell_len(old.text), 1))

    def retranslate(self, t: Language) -> None:
        """Lay the line out again."""
        self._line = []
        self.refresh()

    def notify_style_update(self) -> None:
        """Colours changed."""
        self._line = []
        super().notify_style_update()

    def on_resize(self) -> None:
        """Another width, other forms."""
        self._line = []

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        if not self._line:
            self._lay_out(self.size.width)
        return Strip(list(self._line)).adjust_cell_length(self.size.width)

    def _lay_out(self, width: int) -> None:
        parts = parts_of(self.board, self.now, self.zone, self._counts, self.t)
        texts = fit(parts, width - 1)
        blank = self.get_component_rich_style("header--none")
        left: list[Segment] = [Segment(" ", blank)]
        right: list[Segment] = []
        self._clock = None
        for part in parts:
            if not (text := texts[part.name]):
                continue
            side = right if part.side == "right" else left
            if part.name == "clock" and self.board is not None:
                self._clock = len(side)
            style = self.get_component_rich_style(self._class_of(part.name))
            side += [Segment(text, style), Segment(" " * GAP, blank)]
        if right:
            right[-1] = Segment(" ", blank)
        gap = width - Segment.get_line_length(left) - Segment.get_line_length(right)
        self._line = [*left, Segment(" " * max(0, gap), blank), *right]

    def _class_of(self, name: str) -> str:
        quiet = {"overdue": self._counts.overdue, "soon": self._counts.soon}
        if quiet.get(name) == 0:
            return "header--open"
        if name == "shift" and self.board is not None and self.board.shift is None:
            return "header--no-shift"
        return f"header--{name}"
