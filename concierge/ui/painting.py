"""Painting a change at once, and no more of the screen than changed: somebody is typing and waits for it."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


def paint_now(widget: Widget) -> None:
    """Write what was refreshed of a widget to the terminal, in this very step of the UI thread.

    Else it goes by way of three message queues to a timer that ticks with the system's clock: every second
    millisecond, on Windows every sixteenth. A widget that has to be laid out anew, or whose screen is not in
    front, is left to them.
    """
    screen = widget.screen
    if widget._layout_required or screen._layout_required:  # noqa: SLF001  (Textual has no other word for it)
        return
    screen._dirty_widgets.add(widget)  # noqa: SLF001
    screen._on_timer_update()  # noqa: SLF001  (what the timer calls)


class LineCompositor(Compositor):
    """Puts together only what is painted.

    The plain one takes every line of all widgets around and behind a changed one: hundreds for one letter.
    """

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None:
            yield from super()._get_renders(crop)
            return
        band = Region(0, crop.y, self.size.width, crop.height)
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not crop.overlaps(seen):
                continue
            lines = seen.intersection(band)
            yield region, lines, widget.render_lines(lines.translate(-region.offset))
            if seen.contains_region(crop):
                return  # front to back: what lies behind is hidden
