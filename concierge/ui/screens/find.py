"""Finding: one box over households and ticket numbers, the card at once, then a ticket or a new one."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input

from concierge.language.translator import Language, later
from concierge.services.card_views import HouseholdView
from concierge.services.household_views import HouseholdCardNow
from concierge.services.views import BoardRow
from concierge.ui.commands import BACK, Command, bindings
from concierge.ui.in_front import InFront
from concierge.ui.painting import paint_now
from concierge.ui.screens.base import DeskScreen
from concierge.ui.screens.find_results import (
    Found,
    FoundTicket,
    lies_in_front,
    look_up,
    nobody_found,
    open_line,
    result_line,
    what_to_type,
)
from concierge.ui.screens.intake import IntakeScreen
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.field import Field
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.hit_list import HitList
from concierge.ui.widgets.household_card import HouseholdCard
from concierge.ui.widgets.unit_choice import UnitChoice

WIDE = 110  # columns from which the card stands beside the results
OFFERS = (
    Command("open_found", "enter", later("open"), later("Open the household's file, or the ticket"),
            group="take", show=96),
    Command("tickets", "tab", later("its tickets"), later("Go to the household's open tickets and back"),
            group="take", show=94),
    Command("new", "f2", later("new for it"), later("Take a matter for the household under the cursor"),
            group="take", show=95),
    BACK,
)  # fmt: skip


class FindScreen(DeskScreen[None]):
    """The box keeps the focus: typing searches, arrows move, Enter goes deeper, Escape comes back."""

    CSS_PATH = ["../styles/intake.tcss", "../styles/find.tcss"]
    AUTO_FOCUS = "#find-text-box"
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(OFFERS, without=("open_found", "tickets")),
        Binding("tab", "app.offer('tickets')", show=False, priority=True),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    def __init__(self) -> None:
        super().__init__()
        self.card: HouseholdView | None = None
        self.about: HouseholdCardNow | None = None
        self._looked_for: str | None = None
        self._enter = False  # Enter was pressed before what was typed last was found

    def compose(self) -> ComposeResult:
        """The box, the results, the card with what is open there."""
        yield HeaderLine()
        with Horizontal(id="find"):
            with Vertical(id="find-left"):
                yield Field(
                    later("Find"),
                    later("3-1201, name, pinyin, phone or plate tail, pet, note, T-..."),
                    id="find-text",
                )
                yield HitList[Found](result_line, most=12, id="results")
            with VerticalScroll(id="find-side", can_focus=False):
                yield HouseholdCard(id="find-card")
                yield HitList[BoardRow](self._ticket_line, id="find-open")
        yield CommandBar()

    def on_mount(self) -> None:
        """Follow what is written: a matter of the card may be resolved by now."""
        self.watch(self.app, "board", lambda _: self._preview(), init=False)

    def on_screen_suspend(self) -> None:
        """Whoever comes back from another screen types over what was looked for; a question leaves it alone.

        Marked as one leaves, not as one comes back: the first keys may be there before that is heard of.
        """
        front = self.app.screen
        if front is not self and isinstance(front, DeskScreen):
            self.query_one(Field).box.action_select_all()

    # -- parts --------------------------------------------------------------------------------------------
    @property
    def text(self) -> str:
        """What was typed."""
        return self.query_one(Field).value

    @property
    def results(self) -> HitList[Found]:
        """What was found."""
        return self.query_one("#results", HitList)

    @property
    def found(self) -> Found | None:
        """The result under the cursor, if it answers what stands in the box by now."""
        return self.results.chosen if self._looked_for == self.text else None

    @property
    def open_there(self) -> HitList[BoardRow]:
        """The open tickets of the card."""
        return self.query_one("#find-open", HitList)

    @property
    def in_card(self) -> bool:
        """Whether Enter and the arrows are on the card's tickets."""
        return self.has_class("-card")

    # -- searching ----------------------------------------------------------------------------------------
    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types; the latest question wins."""
        event.stop()
        text = event.value
        app: Any = self.app
        rows = app.board.rows if app.board is not None else ()
        self._enter = False
        if self.in_card:
            self._leave_card()
        if not text.strip():
            self._take_results(text, ())
            return
        viewer = self.acting
        self.read(
            "find",
            lambda desk: look_up(desk, text, rows, viewer),
            partial(self._take_results, text),
        )

    def _take_results(self, text: str, found: tuple[Found, ...]) -> None:
        if text != self.text:
            return
        self._looked_for = text
        self.results.load(found)
        self._show_hint(self.t)
        paint_now(self.results)
        if self._enter and found:
            self.action_open_found()
        self._enter = False
        # What was found is painted before the card is read and laid out: somebody is typing.
        self.results.call_after_refresh(self._preview)

    def retranslate(self, t: Language) -> None:
        """Say what to type or press."""
        self._show_hint(t)
        self._speak_card()

    def _speak_card(self) -> None:
        app: Any = self.app
        self.query_one(HouseholdCard).speak(app.category_names(self.t.code), self.zone)
        self._show_card(self.card)

    def _show_hint(self, t: Language) -> None:
        if not self.text.strip():
            self.results.say(what_to_type(t))
        elif self._looked_for == self.text and not self.results.choices:
            self.results.say(nobody_found(t))

    def _preview(self) -> None:
        """The card of the household under the cursor."""
        found = self.results.chosen
        if isinstance(found, UnitChoice) and found.unit:
            unit, viewer = found.unit, self.acting
            self.read(
                "find card",
                lambda desk: (
                    desk.household(unit, viewer=viewer),
                    desk.card_now(unit, viewer=viewer),
                ),
                self._take_card,
            )
        else:
            self._show_card(None)

    def _take_card(self, answer: tuple[HouseholdView, HouseholdCardNow]) -> None:
        view, about = answer
        found = self.results.chosen
        if isinstance(found, UnitChoice) and found.unit == view.unit:
            self.about = about
            self._show_card(view)

    def _show_card(self, view: HouseholdView | None) -> None:
        if view is None and self.card is None and not self.in_card:
            return
        self.card = view
        rows = view.open_tickets if view else ()
        card = self.query_one(HouseholdCard)
        apart = self.in_card and bool(rows)
        card.show(view, () if apart else rows, self.now, apart=apart, about=self.about)
        if self.open_there.choices != rows:
            self.open_there.load(rows)
        self.query_one("#find-side").set_class(view is not None, "-shown")
        self.refresh_offers()

    def _ticket_line(self, row: BoardRow, width: int, t: Language) -> Content:
        app: Any = self.app
        name = app.category_names(t.code).get(row.category, row.category)
        return open_line(row, width, t, name=name, now=self.now, zone=self.zone)

    # -- moving -------------------------------------------------------------------------------------------
    def action_step(self, by: int) -> None:
        """Move among the results, or among the card's tickets."""
        if self.in_card:
            self.open_there.step(by)
        else:
            self.results.step(by)
            self._preview()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter opens; without a word it lists the households, before an answer it waits for that."""
        event.stop()
        app: Any = self.app
        if not self.text.strip():
            self.dismiss(None)
            app.open_screen("households")
        elif self._looked_for == self.text:
            self.action_open_found()
        else:
            self._enter = True

    def on_hit_list_clicked(self, event: HitList.Clicked) -> None:
        """A click goes deeper too."""
        event.stop()
        self._preview()
        self.action_open_found()

    def action_open_found(self) -> None:
        """Open the household's file, or the ticket."""
        app: Any = self.app
        found = self.results.chosen
        if self.in_card:
            row = self.open_there.chosen
            if row is not None:
                app.open_ticket(row.number)
        elif isinstance(found, FoundTicket):
            app.open_ticket(found.number)
        elif found is not None and found.unit and found.verified:
            app.open_household(found.unit)

    def action_tickets(self) -> None:
        """From the result to the tickets of its card, and back."""
        if self.in_card:
            self._leave_card()
        else:
            self.add_class("-card")
            self._show_card(self.card)

    def _leave_card(self) -> None:
        self.remove_class("-card")
        self._show_card(self.card)

    def action_back(self) -> None:
        """From the card to the results, from there to where one came from."""
        if self.in_card:
            self._leave_card()
        else:
            self.dismiss(None)

    def in_front(self) -> InFront | None:
        """The result under the cursor."""
        return lies_in_front(self.open_there.chosen if self.in_card else None, self.found)

    # -- a new matter -------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """Enter is offered while there is something to open."""
        if command.id == "open_found":
            return bool(self.open_there.choices if self.in_card else self.results.choices)
        if command.id == "tickets":
            return self.in_card or self.card is not None
        return command.id != "find" and super().available(command)

    def action_new(self) -> None:
        """Take a matter for the household under the cursor, or for what was typed."""
        app: Any = self.app
        found = self.found
        unit = found.unit if isinstance(found, UnitChoice) else None if found else self.text.strip()
        self.dismiss(None)
        form = next((each for each in app.screen_stack if isinstance(each, IntakeScreen)), None)
        if form is None:
            app.open_screen("intake", unit=unit or None)
        elif unit:
            form.take_unit(unit)
