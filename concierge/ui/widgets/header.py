"""The first line: where this is, what time it is, who is on, how many promises are broken or close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from concierge.language.translator import Language
from concierge.services.views import Board
from concierge.ui.format import Tally, clip, one_line, tally, wall_date, wall_seconds
from concierge.ui.widgets.translated import Translated

GAP = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the line: ``forms`` from long to short, the last perhaps empty; ``yields`` says at which turn each
    shorter form is taken when the line is too long, small numbers first."""

    name: str
    forms: tuple[str, ...]
    yields: tuple[int, ...] = ()
    side: str = "left"


def fit(parts: tuple[Part, ...], width: int) -> dict[str, str]:
    """Choose a form for each part so that all fit ``width`` cells, shortening what matters least first."""
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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.zone = ZoneInfo("UTC")
        self._counts = Tally()
        self._clock_at: tuple[int, int] | None = None
        self._day: int | None = None

    def on_mount(self) -> None:
        """Follow the app's clock and board."""
        self.watch(self.app, "board", self._take_board)
        self.watch(self.app, "now", self._take_now)

    def _take_board(self, board: Board | None) -> None:
        self.zone = getattr(self.app, "zone", self.zone)
        self._counts = tally(board.rows, self.now) if board else Tally()
        self.board = board

    def _take_now(self, now: int) -> None:
        self.now = now

    def watch_now(self) -> None:
        """A second passed: count again only when some promise changed state, else paint the clock alone."""
        until = self._counts.until
        minute = self.now // 60  # the date can only change with the minute
        if (
            self._clock_at is None
            or minute != self._day
            or (until is not None and self.now > until)
        ):
            if self.board is not None:
                self._counts = tally(self.board.rows, self.now)
            self._day = minute
            self.refresh()
        else:
            x, width = self._clock_at
            self.refresh(Region(x, 0, width, 1))

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        width = self.size.width
        parts = parts_of(self.board, self.now, self.zone, self._counts, self.t)
        texts = fit(parts, width - 1)
        blank = self.get_component_rich_style("header--none")
        left: list[Segment] = [Segment(" ", blank)]
        right: list[Segment] = []
        for part in parts:
            if not (text := texts[part.name]):
                continue
            segment = Segment(text, self.get_component_rich_style(self._class_of(part.name)))
            if part.side == "right":
                right += [segment, Segment(" " * GAP, blank)]
                continue
            if part.name == "clock":
                self._clock_at = (Segment.get_line_length(left), cell_len(text))
            left += [segment, Segment(" " * GAP, blank)]
        if right:
            right[-1] = Segment(" ", blank)
        gap = width - Segment.get_line_length(left) - Segment.get_line_length(right)
        return Strip([*left, Segment(" " * max(0, gap), blank), *right]).adjust_cell_length(
            width, blank
        )

    def _class_of(self, name: str) -> str:
        quiet = {"overdue": self._counts.overdue, "soon": self._counts.soon}
        if quiet.get(name) == 0:
            return "header--open"
        if name == "shift" and self.board is not None and self.board.shift is None:
            return "header--no-shift"
        return f"header--{name}"
