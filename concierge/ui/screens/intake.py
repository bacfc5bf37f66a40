"""Taking a matter in: one screen, one hand, the promise before it is saved."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, TextArea

from concierge.domain.policy import Category
from concierge.language.translator import Language
from concierge.services.views import BoardRow
from concierge.ui.commands import Command, bindings
from concierge.ui.in_front import InFront
from concierge.ui.screens.conversation import TalkingScreen
from concierge.ui.screens.draft_keeper import DraftKeeper
from concierge.ui.screens.intake_card import IntakeCard
from concierge.ui.screens.intake_form import (
    asked_for,
    category_picks,
    channel_picks,
    staff_picks,
)
from concierge.ui.screens.intake_offers import ACCEPTED, MAJOR, OFFERS
from concierge.ui.screens.intake_promise import Promising
from concierge.ui.screens.intake_repeats import Repeating
from concierge.ui.screens.intake_steps import IntakeSteps
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.household_card import HouseholdCard
from concierge.ui.widgets.intake_fields import IntakeFields
from concierge.ui.widgets.pick_box import PickBox
from concierge.ui.widgets.promise_line import PromiseLine
from concierge.ui.widgets.repeat_line import RepeatLine
from concierge.ui.widgets.unit_box import UnitBox
from concierge.ui.widgets.wanted_time import WantedTime

WIDE = 110  # columns from which the household stands beside the form


class IntakeScreen(TalkingScreen[None]):
    """The form; its conversations (saving, joining, drafts) are in ``IntakeSteps``.

    Args:
        unit: The unit to begin with, where a household was looked up before.
    """

    CSS_PATH = "../styles/intake.tcss"
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    # Tab goes first to the app: keys typed on without looking then reach the field they are meant for.
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(OFFERS, without=("fact",)),
        # A box would take it for a word to delete.
        Binding("ctrl+f", "app.offer('fact')", show=False, priority=True),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]
    AUTO_FOCUS = "#unit-line-box"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    def __init__(self, unit: str | None = None) -> None:
        super().__init__()
        self._unit = unit
        self._categories: dict[str, Category] = {}
        self._promising = Promising(self)
        self._repeating = Repeating(self)
        self._card = IntakeCard(self)
        self.keeper = DraftKeeper(self)
        self._steps = IntakeSteps(self)

    def compose(self) -> ComposeResult:
        """Header, form with the household beside or below it, promise, commands."""
        yield HeaderLine()
        with Horizontal(id="intake"):
            yield IntakeFields(id="fields")
            with VerticalScroll(id="side", can_focus=False):
                yield HouseholdCard(id="card")
        yield RepeatLine(MAJOR.key, id="repeats")
        yield PromiseLine(id="promise")
        yield CommandBar()

    def on_mount(self) -> None:
        """Read what there is to choose from and the drafts; the unit comes first."""
        self.fields.show_for(frozenset())
        self.fields.line("late_reason").display = False
        self.fields.pick_box("channel").load(channel_picks())
        self.read(
            "intake", lambda desk: (desk.categories(), desk.staff(), desk.drafts()), self._know
        )
        self.watch(self.app, "now", self._take_now)

    def _know(self, answer: tuple[Any, ...]) -> None:
        categories, staff, drafts = answer
        self._categories = {each.code: each for each in categories}
        self.fields.pick_box("category").load(category_picks(categories))
        self.fields.pick_box("about").load(staff_picks(staff, self.acting))
        self.query_one(HouseholdCard).speak(self.desk_app.category_names(self.t.code), self.zone)
        if self._unit:
            self.take_unit(self._unit)
            self.fields.words.area.focus()
        elif drafts:
            self.talk(self._steps.offer(drafts))

    def take_unit(self, unit: str) -> None:
        """Fill in a unit that was looked up, unless one stands there already."""
        box = self.fields.unit_box("unit")
        if not box.text.strip():
            box.put(unit)

    @property
    def fields(self) -> IntakeFields:
        """What is typed."""
        return self.query_one(IntakeFields)

    @property
    def category(self) -> Category | None:
        """The category chosen."""
        return self._categories.get(self.fields.pick_box("category").value or "")

    @property
    def wanted(self) -> WantedTime:
        """The time asked for."""
        return self.query_one(WantedTime)

    @property
    def repeats(self) -> RepeatLine:
        """The offer to make a matter major because it comes again."""
        return self.query_one(RepeatLine)

    @property
    def desk_app(self) -> Any:
        """The app, for the board behind and the zone."""
        return self.app

    def _take_now(self, now: int) -> None:
        if now:
            self.fields.received.zone = self.wanted.zone = self.zone
            self.fields.received.tick(now)
            self._show_late()

    def _show_late(self) -> None:
        received = self.fields.received
        late = received.started is not None and received.late
        if late or not self.fields.line("late_reason").value:
            self.fields.line("late_reason").display = late

    # -- typing -------------------------------------------------------------------------------------------
    def changed(self) -> None:
        """Something was typed: the clock runs from the first key on, and a draft is kept."""
        if self.now:
            self.fields.received.start(self.now)
        if self.fields.form():
            self.keeper.touch()
        self._show_late()
        wanted = self.wanted.at if self.wanted.display else None
        self._promising.ask(self.category, self.fields.received.at, wanted)
        self._repeating.ask(
            self.category, self.fields.unit_box("unit").choice, self.fields.received.at
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """A plain line changed."""
        event.stop()
        if event.input.id == "received-box":
            self.fields.received.read(event.value, self.now)
        elif event.input.id == "agreed-box":
            self.wanted.read(event.value, self.now)
        self.changed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """The words changed."""
        event.stop()
        self.changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.focus_next()

    def on_pick_box_changed(self, event: PickBox.Changed) -> None:
        """Another category, colleague or channel."""
        event.stop()
        if event.box.id == "category":
            self.fields.show_for(asked_for(self.category))
            self._card.show()
        self.changed()

    def on_descendant_focus(self) -> None:
        """While a category is chosen on a small terminal its list needs most of the card's room."""
        was, box = self.is_picking, self.fields.pick_box("category")
        self.set_class(self.focused is box.field.box, "-picking")
        if self.is_picking != was:
            self._card.show()

    def in_front(self) -> InFront | None:
        """The unit that the matter comes from."""
        choice = self.fields.unit_box("unit").choice
        return InFront(unit=choice.unit) if choice is not None and choice.unit else None

    @property
    def is_picking(self) -> bool:
        """Whether the list of categories leaves the card no room but for what must not be missed."""
        return self.has_class("-picking") and self.size.width < WIDE

    def on_resize(self) -> None:
        """On a wider terminal there is room for both."""
        self._card.show()

    def on_unit_box_asked(self, event: UnitBox.Asked) -> None:
        """Look for what was typed; the latest question wins."""
        event.stop()
        box, text = event.box, event.box.text
        self.read(
            f"hits for {box.id}", lambda desk: desk.find_household(text), partial(box.answer, text)
        )
        self.changed()

    def on_unit_box_done(self, event: UnitBox.Done) -> None:
        """Enter in a unit box: on to the next field."""
        event.stop()
        self.focus_next()

    def on_unit_box_taken(self, event: UnitBox.Taken) -> None:
        """Show who lives there and what is open."""
        event.stop()
        self.changed()
        if event.box.id == "unit":
            self._card.taken()

    @property
    def open_here(self) -> tuple[BoardRow, ...]:
        """What is open at the unit."""
        return self._card.open_here

    # -- commands -----------------------------------------------------------------------------------------
    def available(self, command: Command) -> bool:
        """What fits the category and the household; a new intake inside an intake is not offered."""
        category = self.category
        if command.id == "on_the_spot":
            return category is not None and category.kind != "complaint"
        if command.id == "join":
            return bool(self.open_here)
        if command.id == "fact":
            return self._card.unit is not None
        if command.id == "major":
            return self.repeats.offered
        return command.id != "new" and super().available(command)

    def all_offers(self) -> tuple[Command, ...]:
        """The same key answers an inquiry and accepts an errand: say which."""
        errand = self.category is not None and self.category.kind == "errand"
        return tuple(
            ACCEPTED if errand and each.id == "on_the_spot" else each
            for each in super().all_offers()
        )

    def retranslate(self, t: Language) -> None:
        """Categories in the household card go by the language."""
        self.query_one(HouseholdCard).speak(self.desk_app.category_names(t.code), self.zone)

    def action_save(self) -> None:
        """Save it."""
        self.talk(self._steps.save())

    def action_on_the_spot(self) -> None:
        """Save an inquiry as answered, an errand as accepted."""
        self.talk(self._steps.save(on_the_spot=True))

    def action_major(self) -> None:
        """Make it major because it comes again, or leave it ordinary after all."""
        self.repeats.toggle()

    def action_fact(self) -> None:
        """Write a fact down and go on."""
        self.talk(self._card.hear_fact())

    def action_join(self) -> None:
        """Add the words to what is open there."""
        self.talk(self._steps.join())

    async def action_quit(self) -> None:
        """Leave the desk; what was typed a moment ago is written first."""
        self.keeper.flush()
        await self.app.action_quit()

    def action_received(self) -> None:
        """Go to the received time."""
        self.fields.received.box.focus()

    def action_back(self) -> None:
        """Leave; what was typed is asked about."""
        self.talk(self._steps.leave())
