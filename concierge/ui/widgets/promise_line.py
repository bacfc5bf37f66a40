"""The words to say to the resident before anything is saved, and the due times below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.widgets import Static

from concierge.language import terms
from concierge.language.dates import moment
from concierge.language.promise import promise_sentence
from concierge.language.translator import Language
from concierge.services.views import ClockView
from concierge.ui.widgets.translated import Translated


def due_times(t: Language, clocks: Sequence[ClockView], zone: ZoneInfo, now: int) -> str:
    """Each clock with its due time: "attend today 14:28 | resolve tomorrow 18:00 at the latest"."""
    here = datetime.fromtimestamp(now, zone)
    said = []
    for clock in clocks:
        due = moment(t, datetime.fromtimestamp(clock.due_at, zone), here)
        sentence = t("{step} by {time}", step=terms.clock(t, clock.kind), time=due)
        if clock.to_be_agreed:
            sentence = t("{promise} at the latest, time to be agreed", promise=sentence)
        said.append(sentence + (" ~" if clock.provisional else ""))
    return " | ".join(said)


class PromiseLine(Translated, Static):
    """Shows the promise, what is still missing for one, or why there can be none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._said: Callable[[Language], Content] = _nothing_yet

    def retranslate(self, t: Language) -> None:
        """Say it in the other language."""
        self.update(self._said(t))

    def promise(self, kind: str, clocks: Sequence[ClockView], zone: ZoneInfo, now: int) -> None:
        """Show the promise of a category."""
        kept = tuple(clocks)

        def said(t: Language) -> Content:
            return Content.assemble(
                Content(t("Say: ")).stylize("$secondary"),
                Content(promise_sentence(t, kind, kept, zone, now)).stylize("bold $primary"),
                "\n",
                Content(due_times(t, kept, zone, now)).stylize("$secondary"),
            )

        self._say(said, "-promise")

    def refuse(self, sentence: Callable[[Language], str]) -> None:
        """Show why nothing can be promised like that."""
        self._say(lambda t: Content(sentence(t)).stylize("bold $error"), "-refused")

    def clear(self) -> None:
        """No category yet."""
        self._say(_nothing_yet, "-empty")

    def _say(self, said: Callable[[Language], Content], name: str) -> None:
        self._said = said
        self.set_classes(name)
        if self.is_mounted:
            self.retranslate(self.t)


def _nothing_yet(t: Language) -> Content:
    return Content(t("Choose a category: what you may promise then stands here.")).stylize(
        "$secondary"
    )
