"""The household beside the intake form: read when a unit is taken, and written to by one key on the phone."""

from __future__ import annotations

from typing import Any

from concierge.services.card_views import HouseholdView
from concierge.services.household_views import HouseholdCardNow
from concierge.services.views import BoardRow
from concierge.ui.screens.fact_talk import hear_fact
from concierge.ui.screens.intake_form import open_there
from concierge.ui.widgets.household_card import HouseholdCard
from concierge.ui.widgets.now_lines import MEALS


class IntakeCard:
    """Who is at the other end of the line, what matters of them now, and what is open there."""

    def __init__(self, screen: Any) -> None:
        """``screen`` is an ``IntakeScreen``, which imports this."""
        self._screen = screen
        self.open_here: tuple[BoardRow, ...] = ()
        self._view: HouseholdView | None = None
        self._about: HouseholdCardNow | None = None

    @property
    def unit(self) -> str | None:
        """The unit, where it is in the books."""
        choice = self._screen.fields.unit_box("unit").choice
        return choice.unit if choice is not None and choice.verified else None

    def taken(self) -> None:
        """Another unit was taken, or none: what is open there is known at once, the rest is read."""
        board = self._screen.desk_app.board
        choice = self._screen.fields.unit_box("unit").choice
        self._take(None, open_there(board.rows if board else (), choice), None)
        self.read()

    def read(self) -> None:
        """Read the household as it is now."""
        unit, viewer = self.unit, self._screen.acting
        if unit is not None:
            self._screen.read(
                "card",
                lambda desk: (
                    desk.household(unit, viewer=viewer),
                    desk.card_now(unit, viewer=viewer),
                ),
                self._arrived,
            )

    def _arrived(self, answer: tuple[HouseholdView, HouseholdCardNow]) -> None:
        view, about = answer
        if self.unit == view.unit:
            self._take(view, view.open_tickets, about)

    def _take(
        self,
        view: HouseholdView | None,
        rows: tuple[BoardRow, ...],
        about: HouseholdCardNow | None,
    ) -> None:
        self._view, self.open_here, self._about = view, rows, about
        self.show()

    def show(self) -> None:
        """Show it; what they eat where food is ordered."""
        screen, rows = self._screen, self.open_here
        meals = screen.category is not None and screen.category.code == MEALS
        card = screen.query_one(HouseholdCard)
        card.show(
            self._view, rows, screen.now, joins=True, about=self._about, meals=meals,
            brief=screen.is_picking,
        )  # fmt: skip
        side = screen.query_one("#side")
        side.set_class(bool(self._view or rows), "-shown")
        side.set_class(bool(card.card.loud(screen.t, screen.size.width)), "-loud")
        screen.refresh_offers()

    async def hear_fact(self) -> None:
        """Write a fact down; the form stays as it is."""
        unit = self.unit
        if unit is not None and await hear_fact(self._screen, unit) is not None:
            self.read()
