"""Painting a change at once, and no more of the screen than changed: somebody is typing and waits for it."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
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
    """Puts together only what is painted, and paints no half of a character.

    The plain one takes every line of all widgets around and behind a changed one: hundreds for one letter. And
    it ends where the change ends: of a character two cells wide that lies across that edge a blank is left, as
    behind a question over which the terminal grew.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        """Each change as far as the next edge of a widget."""
        self._dirty_regions = set(map(self._to_an_edge, self._dirty_regions))
        return super().render_partial_update()

    def _to_an_edge(self, changed: Region) -> Region:
        right = changed.right
        for cuts in self.cuts[changed.y : changed.bottom]:
            right = max(right, next((cut for cut in cuts if cut >= changed.right), right))
        return Region(changed.x, changed.y, right - changed.x, changed.height)

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
