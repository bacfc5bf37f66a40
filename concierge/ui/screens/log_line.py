"""A line for the running log, asked from wherever one is: what was typed is lost only when somebody says so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from concierge.language.translator import Language
from concierge.ui.failures import failure_sentence
from concierge.ui.in_front import InFront
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.base import DeskScreen
from concierge.ui.screens.dialogs import Dialog
from concierge.ui.widgets.note_flags import FLAGS, flag_choice
from concierge.ui.widgets.typed_text_view import typed


@dataclass(frozen=True, slots=True)
class Logged:
    """A line as it was typed, for whom it is, and what it is about."""

    text: str
    flag: str | None
    unit: str | None
    ticket: str | None


class LogDialog(Dialog[bool | None]):
    """One line; Tab says for whom, F5 whether it is about what is in front, Enter keeps it.

    Args:
        keep: Keeps the line; what it raises is said here, with the line still standing.
        in_front: What it may be about.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "flag(1)", show=False, priority=True),
        Binding("shift+tab", "flag(-1)", show=False, priority=True),
        Binding("f5", "tie", show=False),
        Binding("ctrl+s", "keep", show=False),
    ]

    def __init__(self, keep: Callable[[Logged], Awaitable[None]], in_front: InFront | None) -> None:
        super().__init__(lambda t: t("Running log"))
        self._keep = keep
        self._in_front = in_front
        self._tied = in_front is not None and in_front.tied
        self._flag: str | None = None
        self._keeping = False

    def compose(self) -> ComposeResult:
        """The line, for whom, about what, what is wrong, keys."""
        with Vertical(classes="dialog -form -log"):
            yield Static(id="body", markup=False)
            yield Input(id="line", compact=True, select_on_focus=False)
            yield Static(id="flag", markup=False)
            yield Static(id="tie", markup=False)
            yield Static(id="wrong", markup=False)
            yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """The line has the focus."""
        self.query_one(Input).focus()

    def retranslate(self, t: Language) -> None:
        """Say everything but what was typed."""
        super().retranslate(t)
        self.query_one(Input).placeholder = t("what happened, in one line")
        self.query_one("#flag", Static).update(flag_choice(self._flag, t))
        tie = self.query_one("#tie", Static)
        tie.display = self._in_front is not None
        tie.update(typed(self._about(t)))
        keys = t("Enter keep  Tab for whom  Esc back")
        self.query_one("#keys", Static).update(keys)

    def _about(self, t: Language) -> str:
        if self._in_front is None:
            return ""
        if self._tied:
            return t("about {what}; F5: about nothing", what=self._in_front.words)
        return t("F5: it is about {what}", what=self._in_front.words)

    # -- keys
    def action_flag(self, by: int) -> None:
        """The next flag."""
        self._flag = FLAGS[(FLAGS.index(self._flag) + by) % len(FLAGS)]
        self.retranslate(self.t)

    def action_tie(self) -> None:
        """About what is in front, or not."""
        self._tied = self._in_front is not None and not self._tied
        self.retranslate(self.t)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong may be right now."""
        event.stop()
        self._say_wrong("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the line; pressed twice it is kept once."""
        if self._keeping:
            return
        text = self.query_one(Input).value.strip()
        if not text:
            self._say_wrong(self.t("Please type something, or press Esc."))
            return
        about = self._in_front if self._tied else None
        line = Logged(
            text, self._flag, about.unit if about else None, about.ticket if about else None
        )
        self._keeping = True
        self.run_worker(self._kept(line), exit_on_error=False)

    async def _kept(self, line: Logged) -> None:
        app: Any = self.app
        try:
            await self._keep(line)
        except Exception as error:  # noqa: BLE001  (whatever it is, the line stands and it is said)
            self._keeping = False
            self._say_wrong(failure_sentence(error, self.t, zone=app.zone, now=app.now or None))
        else:
            self.dismiss(result=True)

    def action_leave(self) -> None:
        """Go back; a line that was typed is dropped only when that is said."""
        if self._keeping:
            return
        if not self.query_one(Input).value.strip():
            self.dismiss(None)
            return
        self.ask_to_drop(lambda t: t("Drop this line?"), lambda t: t("It was not kept yet."))

    def _say_wrong(self, said: str) -> None:
        self.query_one("#wrong", Static).update(typed(said))


async def keep_line(screen: DeskScreen[Any]) -> None:
    """Ask for a line and keep it in the log of the shift that runs. Await it inside ``steps``."""
    app: Any = screen.app
    if app.board is None or app.board.shift is None:
        app.notify(
            screen.t("No shift runs here, so there is no log yet: F4 starts one."), markup=False
        )
        return
    actor = await who_acts(screen)
    if actor is None:
        return

    async def keep(line: Logged) -> None:
        await screen.gateway.writing(
            lambda desk: desk.note_shift(
                text=line.text, actor=actor, flag=line.flag, unit=line.unit, ticket=line.ticket
            )
        )

    kept = await app.push_screen_wait(LogDialog(keep, screen.in_front()))
    if kept:
        app.notify(screen.t("Kept in the running log."), markup=False)
        app.reload()
