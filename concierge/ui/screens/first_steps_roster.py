"""The last of the first steps: a roster is looked at, then taken over, or called off by Escape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from textual.content import Content

from concierge.language.rosters import rejected_file
from concierge.language.translator import Language
from concierge.ui.gateway import Call
from concierge.ui.screens.roster_taking import Roster, Seen, look, take
from concierge.ui.typed_path import typed_path
from concierge.ui.widgets.paragraph import stacked, styled
from concierge.ui.widgets.roster_preview import preview_lines
from concierge.ui.widgets.roster_progress import RosterProgress

T = TypeVar("T")


class FirstRoster:
    """The conversations about the file; the screen shows what they come to."""

    def __init__(self, screen: Any) -> None:
        """``screen`` is a ``FirstStepsScreen``, which imports the conversations."""
        self.screen = screen
        self.seen: Seen | None = None
        """What was understood of the file that stands there; None before it is looked at."""

    @property
    def progress(self) -> RosterProgress:
        """The bar that runs meanwhile."""
        bar: RosterProgress = self.screen.query_one(RosterProgress)
        return bar

    def preview(self, t: Language, width: int) -> Content:
        """What would be taken over, and how to go on from here."""
        if self.progress.is_busy:
            return styled(t("Esc calls it off; nothing is saved then."), "$secondary")
        if self.seen is None or self.screen.step != "roster":
            return Content("")
        ask = styled(t("Enter takes it over, Esc takes another file."), "bold $primary")
        return stacked((preview_lines(self.seen.report, t, width), ask))

    async def look(self) -> None:
        """Say what is understood of the file that was typed; without one the roster comes later."""
        screen = self.screen
        typed = screen.value("roster")
        if not typed:
            screen.dismiss(None)
            return
        roster = Roster(typed_path(typed), "", self.progress.tell, self._begin())
        seen = await self._at_work(lambda desk: look(desk, roster))
        # Another file may stand there by now.
        self.seen = seen if screen.value("roster") == typed else None
        screen.show()

    async def take_over(self) -> None:
        """Take over what was looked at; rejected rows are kept in a file beside it."""
        seen, t = self.seen, self.screen.t
        if seen is None:
            return
        wanted = replace(seen, roster=replace(seen.roster, cancelled=self._begin()))
        taken = await self._at_work(lambda desk: take(desk, wanted, t))
        added = taken.report.added
        said = t.plural("{n} household is in the books.", "{n} households are in the books.", added)
        if taken.kept is not None:
            where = rejected_file(t, taken.kept)
            said = f"{said}\n{where}"
        self.screen.app.notify(said, markup=False)
        self.screen.dismiss(None)

    def _begin(self) -> Callable[[], bool]:
        called_off = self.progress.begin()
        self.screen.nothing_wrong()
        return called_off

    async def _at_work(self, call: Call[T]) -> T:
        """Look at a roster or take it over in a thread; Escape calls it off."""
        try:
            result: T = await self.screen.gateway.writing(call)
            return result
        finally:
            self.progress.end()
            self.screen.show()
