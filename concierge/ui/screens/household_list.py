"""Households in a list, by what the desk looks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from concierge.domain.household_file import CareFlag
from concierge.language import household_said as said
from concierge.language import household_terms as terms
from concierge.language.translator import Language, later
from concierge.services.household_views import HouseholdPage, HouseholdRow
from concierge.ui.commands import BACK, Command, bindings
from concierge.ui.format import one_line, pad
from concierge.ui.in_front import InFront
from concierge.ui.screens.base import DeskScreen
from concierge.ui.widgets.chips import Chip, Chips
from concierge.ui.widgets.command_bar import CommandBar
from concierge.ui.widgets.header import HeaderLine
from concierge.ui.widgets.paragraph import styled
from concierge.ui.widgets.row_layout import Row
from concierge.ui.widgets.row_list import RowList
from concierge.ui.widgets.typed_text_view import typed

UNIT, NAME, PHONE, PEOPLE = 12, 14, 14, 10  # cells
MORE = "more"  # the key of the row that stands for the next page
CARE = tuple(each.value for each in CareFlag)
OFFERS = (
    Command("open_file", "enter", later("open"), later("Open the file of the household under the cursor"),
            group="file", show=99),
    Command("every", "f5", later("all"), later("Show every household again"), group="file", show=97),
    Command("new", "f2", later("new for it"), later("Take a matter for the household under the cursor"),
            group="take", show=95),
    BACK,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which filters are on: a care flag, away today, moved in this month, nobody to ring."""

    care: str | None = None
    away: bool = False
    moved_in: bool = False
    no_phone: bool = False


class HouseholdListScreen(DeskScreen[None]):
    """Chips are switched by their digits; further pages are read as the cursor comes to the end."""

    CSS_PATH = "../styles/household.tcss"
    AUTO_FOCUS = "#households"
    OFFERS: ClassVar[tuple[Command, ...]] = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(OFFERS),
        *(Binding(str(at), f"chip({at})", show=False) for at in range(1, len(CARE) + 4)),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.chips = Wanted()
        self.rows: tuple[HouseholdRow, ...] = ()
        self._after: int | None = None
        self._asked: int | None = None

    def compose(self) -> ComposeResult:
        """Chips, rows, commands."""
        yield HeaderLine()
        yield Chips(id="households-top")
        yield RowList(id="households")
        yield CommandBar()

    def on_mount(self) -> None:
        """The first page of all."""
        self.query_one(Chips).load(self._chips)
        self._read(None)

    # -- reading ------------------------------------------------------------------------------------------
    def _read(self, after: int | None) -> None:
        from concierge.services.household_list import HouseholdFilter

        chips = self.chips
        wanted = HouseholdFilter(care=chips.care, away=chips.away, no_phone=chips.no_phone,
                                 moved_in="now" if chips.moved_in else None)  # fmt: skip

        def take(page: HouseholdPage) -> None:
            if chips == self.chips:
                self._take(page, first=after is None)

        self.read("households", lambda desk: desk.list_households(wanted=wanted, after=after), take)

    def _take(self, page: HouseholdPage, *, first: bool) -> None:
        self.rows = page.rows if first else (*self.rows, *page.rows)
        self._after, self._asked = page.after, None
        self.query_one(RowList).say(self._lines)
        self.refresh_offers()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """At the end of what is here the next page is read."""
        event.stop()
        if self.query_one(RowList).key == MORE and self._asked != self._after:
            self._asked = self._after
            self._read(self._after)
        self.refresh_offers()

    # -- showing ------------------------------------------------------------------------------------------
    def _chips(self, t: Language) -> list[Chip]:
        wanted = self.chips
        care = [(terms.care_flag(t, flag), wanted.care == flag) for flag in CARE]
        return [
            *care,
            (t("away"), wanted.away),
            (t("moved in this month"), wanted.moved_in),
            (t("no phone"), wanted.no_phone),
        ]

    def on_chips_switched(self, event: Chips.Switched) -> None:
        """A chip was clicked."""
        event.stop()
        self.action_chip(event.at)

    def _lines(self, t: Language, width: int) -> list[Row]:
        if not self.rows:
            return [
                Row(None, styled(t("Nobody like that. F5 shows every household."), "$secondary"))
            ]
        rows = [Row(each.id, typed(_line(each, t, width))) for each in self.rows]
        if self._after is not None:
            rows.append(Row(MORE, styled(t(".. more"), "$secondary")))
        return rows

    # -- commands -----------------------------------------------------------------------------------------
    @property
    def chosen(self) -> HouseholdRow | None:
        """The household under the cursor."""
        key = self.query_one(RowList).key
        return next((row for row in self.rows if row.id == key), None)

    def available(self, command: Command) -> bool:
        """Something to open has to be there."""
        if command.id in {"open_file", "new"}:
            return self.chosen is not None
        return super().available(command)

    def action_chip(self, at: int) -> None:
        """Switch a filter on or off; of the care flags one at a time."""
        chips = self.chips
        if at <= len(CARE):
            flag = CARE[at - 1]
            self._switch(
                Wanted(
                    None if chips.care == flag else flag, chips.away, chips.moved_in, chips.no_phone
                )
            )
        else:
            on = [chips.away, chips.moved_in, chips.no_phone]
            on[at - len(CARE) - 1] = not on[at - len(CARE) - 1]
            self._switch(Wanted(chips.care, *on))

    def action_every(self) -> None:
        """No filter."""
        self._switch(Wanted())

    def _switch(self, chips: Wanted) -> None:
        self.chips = chips
        self.query_one(Chips).repeat()
        self._read(None)

    def in_front(self) -> InFront | None:
        """The household under the cursor."""
        return InFront(unit=self.chosen.unit, tied=False) if self.chosen is not None else None

    def action_open_file(self) -> None:
        """Open the file."""
        if self.chosen is not None:
            self._desk_app.open_household(self.chosen.unit)

    def action_new(self) -> None:
        """Take a matter for it."""
        from concierge.ui.screens.take_matter import take_matter

        if self.chosen is not None:
            take_matter(self.app, self.chosen.unit)

    def on_row_list_clicked(self, event: RowList.Clicked) -> None:
        """A second click opens."""
        event.stop()
        self.action_open_file()


def _line(row: HouseholdRow, t: Language, width: int) -> str:
    people = t.plural("{n} person", "{n} people", row.people)
    rest = [
        said.care_line(t, row.care_flags),
        t("away from {day}", day=row.away_from) if row.away_from else "",
        t("away until {day}", day=row.away_to) if row.away_to else "",
        t("moved in {day}", day=row.moved_in) if row.moved_in else "",
        t("moved out {day}", day=row.moved_out) if row.moved_out else "",
    ]
    head = (
        pad(row.unit, UNIT) + pad(row.name or "", NAME) + " " + pad(row.phone_masked or "-", PHONE)
    )
    return pad(head + pad(people, PEOPLE) + one_line("  ".join(filter(None, rest))), width)
