"""Emergency: one line, Enter, and it is saved, told and counting."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from concierge.language import terms
from concierge.language.translator import Language, later
from concierge.services.views import EscalationView, TicketView
from concierge.ui.commands import BACK, Command, bindings
from concierge.ui.format import one_line, place_of
from concierge.ui.screens.acting import who_acts
from concierge.ui.screens.base import DeskScreen
from concierge.ui.screens.on_the_board import show_on_the_board
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.promise_line import due_times
from concierge.ui.widgets.received_line import LATE_AFTER
from concierge.ui.widgets.typed_text_view import typed
from concierge.ui.widgets.unit_box import UnitBox

CATEGORY = "emergency"
OFFERS = (
    Command("save", "ctrl+s", later("save, tell, count"), later("Save the emergency and tell the supervisor"),
            group="take", show=99),
    Command("open_saved", "enter", later("open"), later("Open the emergency that was saved"),
            group="ticket", show=98),
    BACK,
)  # fmt: skip


class EmergencyScreen(DeskScreen[None]):
    """Takes a place or a unit; what follows is whom to ring."""

    CSS_PATH = "../styles/intake.tcss"
    AUTO_FOCUS = "#where-line-box"
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = bindings(OFFERS)

    def __init__(self) -> None:
        super().__init__()
        self.saved: TicketView | None = None
        self._received: int | None = None
        self._busy = False

    def compose(self) -> ComposeResult:
        """A title, the line, and room for whom to ring."""
        yield HeaderLine()
        with Vertical(id="emergency"):
            yield Static(id="emergency-title", markup=False)
            yield UnitBox(
                later("Where"), later("lift 2, garage B1, 3-1201 ..."), id="where", eager=False
            )
            yield Static(id="emergency-said", markup=False)
        yield CommandBar()

    def on_mount(self) -> None:
        """Follow the clock."""
        self.watch(self.app, "now", self._take_now)

    def _take_now(self, now: int) -> None:
        if self.saved is not None and now:
            self._say_saved(self.t)

    @property
    def where(self) -> UnitBox:
        """The line."""
        return self.query_one(UnitBox)

    def retranslate(self, t: Language) -> None:
        """Say everything but what was typed."""
        title, said = (
            self.query_one("#emergency-title", Static),
            self.query_one("#emergency-said", Static),
        )
        if self.saved is not None:
            self._say_saved(t)
            return
        title.update(t("EMERGENCY: people trapped, fire, gas"))
        said.update(
            t("Type where, press Enter: it is saved, the supervisor is told, the clock counts.")
        )

    # -- the line -----------------------------------------------------------------------------------------
    def on_unit_box_asked(self, event: UnitBox.Asked) -> None:
        """Look for what was typed; the latest question wins."""
        event.stop()
        if self._received is None and self.now:
            self._received = self.now
        text = event.box.text
        self.read(
            "hits for where",
            lambda desk: desk.find_household(text),
            partial(event.box.answer, text),
        )

    def on_unit_box_taken(self, event: UnitBox.Taken) -> None:
        """Nothing more than that is needed."""
        event.stop()

    def on_unit_box_done(self, event: UnitBox.Done) -> None:
        """Enter saves, hits or none: nobody waits for a search in an emergency."""
        event.stop()
        self.action_save()

    # -- commands -----------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """Before it is saved, save; afterwards, open."""
        if command.id in {"save", "open_saved"}:
            return (self.saved is None) == (command.id == "save")
        return command.id != "emergency" and super().available(command)

    def action_save(self) -> None:
        """Save it, once."""
        if self._busy or self.saved is not None:
            return
        if not self.where.text.strip():
            self.notify(
                self.t("Type where it is: a place or a unit."), severity="warning", markup=False
            )
            return
        self._busy = True
        self.steps(self._save())

    async def _save(self) -> None:
        try:
            actor = await who_acts(self)
            if actor is None:
                return
            intake = self._intake()
            view = await self.gateway.writing(
                lambda desk: desk.add_ticket(intake=intake, actor=actor)
            )
        finally:
            self._busy = False
        self._show(view)

    def _intake(self) -> Any:
        from concierge.services.intake import Intake

        choice, said = self.where.choice, self.where.text.strip()
        unit = choice.unit if choice else None
        received, now = self._received or self.now, self.now
        late = now - received > LATE_AFTER
        return Intake(
            category=CATEGORY,
            grade="major",
            words=self.t("Emergency, details to follow: {said}", said=said),
            unit=unit,
            place=None if unit else said,
            received_at=received,
            late_reason=self.t("Written down while it was being handled.") if late else None,
            channel="phone",
            unverified=True,
        )

    def _show(self, view: TicketView) -> None:
        self.saved = view
        self.where.display = False
        self.set_focus(None)
        self.add_class("-saved")
        self._say_saved(self.t)
        self.refresh_offers()
        show_on_the_board(self.app, view.id)

    def _say_saved(self, t: Language) -> None:
        view = self.saved
        if view is None:
            return
        where = one_line(place_of(view.unit, view.place))
        self.query_one("#emergency-title", Static).update(
            Content(t("{number} is saved and told: {where}", number=view.number, where=where))
        )
        ring = [ring_line(each, t) for each in view.escalations] or [nobody_line(t)]
        due = Content(due_times(t, view.clocks, self.zone, self.now))
        keys = Content(t("Enter opens it for details, Esc goes back.")).stylize("$secondary")
        blank = Content("")
        self.query_one("#emergency-said", Static).update(
            Content("\n").join([*ring, blank, due, blank, keys])
        )

    def action_open_saved(self) -> None:
        """Open it for the details."""
        if self.saved is not None:
            app: Any = self.app
            number = self.saved.number
            self.dismiss(None)
            app.open_ticket(number)

    def action_back(self) -> None:
        """Go back; words nobody saved are worth a question only in the intake."""
        self.dismiss(None)


def ring_line(told: EscalationView, t: Language) -> Content:
    """Whom to ring at what number."""
    role = terms.role(t, told.to)
    if not told.people:
        return Content(t("Nobody is {role}: ring whoever can come.", role=role)).stylize(
            "bold $error"
        )
    people = t(", ").join(
        " ".join(filter(None, (name, phone)))
        for name, phone in zip(told.people, told.phones, strict=False)
    )
    return Content(t("RING {role}: ", role=role)).stylize("bold $error") + typed(people).stylize(
        "bold"
    )


def nobody_line(t: Language) -> Content:
    """Nobody was told."""
    return Content(t("Nobody was told by the desk: ring whoever can come.")).stylize("bold $error")
