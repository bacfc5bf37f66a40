"""The lines of a log with a phone in them, whole for half a minute; they stay masked where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.domain.masking import holds_masked
from concierge.language.dates import clock_time
from concierge.language.translator import Language
from concierge.services.handover_views import CountView, HandoverView
from concierge.ui.commands import Command
from concierge.ui.format import one_line
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.conversation import TalkingScreen
from concierge.ui.screens.dialogs import Words, say
from concierge.ui.screens.revealing import SHOWN
from concierge.ui.screens.ticket_dialogs import ReadDialog
from concierge.ui.widgets.handover_rows import count_name
from concierge.ui.widgets.paragraph import hanging, stacked, styled
from concierge.ui.widgets.typed_text_view import typed

Told = tuple[Words, str]
"""What stands before a line, and the line as it was typed."""


class Written(Protocol):
    """A line of a running log: when, by whom, what."""

    @property
    def at(self) -> int:
        """When it was written, in seconds since the epoch."""
        ...

    @property
    def staff(self) -> str:
        """Who wrote it."""
        ...

    @property
    def text(self) -> str:
        """What was written."""
        ...


def notes_told(notes: Iterable[Written], now: int, zone: ZoneInfo) -> list[Told]:
    """The lines of a running log with a phone in them, the newest first, with when and who before."""
    here = datetime.fromtimestamp(now, zone)
    found = sorted((each for each in notes if holds_masked(each.text)), key=lambda each: -each.at)
    times = (clock_time(datetime.fromtimestamp(each.at, zone), here) for each in found)
    return [
        (f"{at}  {one_line(each.staff)}", each.text) for at, each in zip(times, found, strict=True)
    ]


def handover_told(
    view: HandoverView, notes: Iterable[Written], now: int, zone: ZoneInfo
) -> list[Told]:
    """What is handed over with a phone in it: the running log, instructions, counts, words of who signs not.

    A matter's words are whole on its ticket. ``notes`` are those of the log that may have one.
    """
    more: list[tuple[Words, str | None]] = [(each.unit, each.text) for each in view.instructions]
    more += [(_counted(each), each.word) for each in view.counts]
    more += [(view.outgoing, view.absent), (view.reviewed_by or "", view.review)]
    return [
        *notes_told(notes, now, zone),
        *((head, text) for head, text in more if text is not None and holds_masked(text)),
    ]


def _counted(thing: CountView) -> Words:
    return lambda t: count_name(thing, t)


class LookingScreen(TalkingScreen[None]):
    """A screen of a shift; its command ``phones`` shows the lines with a phone in them whole."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._told: tuple[int, list[Told]] = (0, [])

    def put_phones(self, shift: int, told: list[Told]) -> None:
        """Take the lines with a phone in them, and of which shift they are."""
        self._told = shift, told

    def available(self, command: Command) -> bool:
        """Nothing to look at is no look."""
        return (command.id != "phones" or bool(self._told[1])) and super().available(command)

    def action_phones(self) -> None:
        """Show them; it is on record who looked."""
        self.talk(self._look(*self._told))

    async def _look(self, shift: int, told: list[Told]) -> None:
        actor = await who_acts(self)
        if actor is not None:
            await self.gateway.writing(lambda desk: desk.look_at_phones(shift=shift, actor=actor))
            await self.app.push_screen_wait(PhonesDialog(told, self.now))


class PhonesDialog(ReadDialog):
    """Lines with their phones whole; it closes itself when the time is over.

    Args:
        told: The lines.
        now: The present instant.
    """

    def __init__(self, told: Sequence[Told], now: int) -> None:
        self._now, self._until = now, now + SHOWN
        super().__init__(self._left, lambda t, width: _lines(told, t, width))

    def on_mount(self) -> None:
        """Follow the clock."""
        self.watch(self.app, "now", self._second, init=False)

    def _left(self, t: Language) -> str:
        return t("Whole phones, in clear for {n} s", n=max(0, self._until - self._now))

    def _second(self, now: int) -> None:
        # A clock that was set back does not leave it open.
        if not self._until - SHOWN <= now < self._until:
            self.dismiss(None)
        else:
            self._now = now
            self.retranslate(self.t)


def _lines(told: Sequence[Told], t: Language, width: int) -> Content:
    return stacked(
        hanging(styled(f"{one_line(say(head, t))}  ", "$secondary"), typed(text), width)
        for head, text in told
    )
