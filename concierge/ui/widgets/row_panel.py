"""Beside the board on a wide terminal: the selected matter in the resident's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from concierge.domain.masked_views import masked
from concierge.domain.masking import masked_text
from concierge.language import terms
from concierge.language.translator import Language
from concierge.ui.format import one_line, place_of, step_name, wall_date, wall_time
from concierge.ui.widgets.now_lines import MEALS, now_lines
from concierge.ui.widgets.paragraph import Paragraph, stacked
from concierge.ui.widgets.translated import Translated
from concierge.ui.widgets.typed_text_view import TypedTextView

if TYPE_CHECKING:  # only their shapes are needed; the first frame does not wait for them
    from concierge.services.household_views import HouseholdCardNow
    from concierge.services.views import BoardRow


class RowPanel(Translated, VerticalScroll, can_focus=False):
    """Where, what, in which words, who does what next and by when."""

    def __init__(self) -> None:
        super().__init__()
        self.zone = ZoneInfo("UTC")
        self._names: Mapping[str, str] = {}
        self._row: BoardRow | None = None

    def compose(self) -> ComposeResult:
        """Title, words, next step."""
        yield Static(id="panel-title", markup=False)
        yield Paragraph(id="panel-household")
        yield TypedTextView(id="panel-words")
        yield Static(id="panel-next", markup=False)

    def speak(self, names: Mapping[str, str], zone: ZoneInfo) -> None:
        """Take the categories' names by code and the property's zone."""
        self._names, self.zone = names, zone
        self.show(self._row)

    def retranslate(self, t: Language) -> None:
        """Say the labels in the other language."""
        self.show(self._row)

    def show_household(self, card: HouseholdCardNow | None) -> None:
        """Show what matters now of the household, or nothing."""
        shown = self.query_one("#panel-household", Paragraph)
        meals = self._row is not None and self._row.category == MEALS
        shown.display = card is not None
        about = masked(card)
        shown.say(
            lambda t, width: stacked(now_lines(about, t, width, meals=meals) if about else ())
        )

    def show(self, row: BoardRow | None) -> None:
        """Show a matter, or nothing."""
        self._row = row
        if not self.is_mounted:
            return
        title, step = self.query_one("#panel-title", Static), self.query_one("#panel-next", Static)
        words = self.query_one(TypedTextView)
        if row is None:
            title.update("")
            step.update("")
            words.show("")
            return
        t = self.t
        where = " ".join(filter(None, (place_of(row.unit, row.place), row.household)))
        category = self._names.get(row.category, row.category)
        title.update(
            Content.assemble(
                Content(one_line(where)).stylize("bold"),
                "\n",
                Content(terms.grade(t, "major") + "  ").stylize("bold $error")
                if row.grade == "major"
                else "",
                Content(category),
            )
        )
        words.show(masked_text(row.words))
        step.update(Content("\n".join(self._lines(row, t))))

    def _lines(self, row: BoardRow, t: Language) -> list[str]:
        due = f"{wall_date(row.due_at, self.zone, t)} {wall_time(row.due_at, self.zone)}"
        lines = [
            row.number,
            t("{step} by {time}", step=step_name(row, t), time=due),
            t("taken by {name}", name=one_line(row.assignee))
            if row.assignee
            else t("nobody has taken it"),
        ]
        if row.provisional:
            lines.append(t("~ counted on days without an official calendar"))
        if row.unacknowledged:
            lines.append(t("escalated, nobody signed for it"))
        return lines
