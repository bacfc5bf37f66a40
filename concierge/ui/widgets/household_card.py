"""The household at the other end of the line: what to know first, what is open, who lives there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from textual.content import Content
from textual.widgets import Static

from concierge.domain.masked_views import masked
from concierge.language.translator import Language
from concierge.services.card_views import HouseholdView
from concierge.services.household_views import HouseholdCardNow
from concierge.services.views import BoardRow
from concierge.ui.format import clip, left, one_line, step_name
from concierge.ui.widgets.now_lines import loud_lines, now_lines
from concierge.ui.widgets.translated import Translated
from concierge.ui.widgets.typed_text_view import typed

UTC = ZoneInfo("UTC")
BRIEF = 2  # lines that a card in brief takes at most
GAP = 2  # cells between what shares a line


@dataclass(frozen=True, slots=True)
class Card:
    """What a household card shows.

    Args:
        view: The household; None for a unit in nobody's books.
        rows: What is open there.
        now: The present instant, seconds UTC.
        zone: The property's zone.
        names: The categories' names by code.
        joins: Whether a key adds to the open ticket.
        apart: Whether what is open there is listed elsewhere.
        about: What matters of the household now; None before it is read.
        meals: Whether food is ordered: what they eat is shown.
        brief: Whether there is room for no more than what must not be missed.
    """

    view: HouseholdView | None = None
    rows: tuple[BoardRow, ...] = ()
    now: int = 0
    zone: ZoneInfo = UTC
    names: Mapping[str, str] = field(default_factory=dict)
    joins: bool = False
    apart: bool = False
    about: HouseholdCardNow | None = None
    meals: bool = False
    brief: bool = False

    def loud(self, t: Language, width: int) -> list[Content]:
        """What must not be missed, on ``BRIEF`` lines at most: what has no line of its own joins the last."""
        loud = loud_lines(self.about, t, meals=self.meals) if self.about is not None else []
        last = loud[BRIEF - 1 :]
        room = (width - GAP * (len(last) - 1)) // max(1, len(last))
        joined = Content(" " * GAP).join([_cut(each, room) for each in last])
        return [_cut(each, width) for each in loud[: BRIEF - 1]] + ([joined] if last else [])

    def lines(self, t: Language, width: int) -> list[Content]:
        """Line by line, what matters most on the phone first; an open ticket takes one line."""
        if self.brief:
            return self.loud(t, width)
        view, lines = self.view, []
        if view is not None:
            lines.append(_title(view, t))
            if self.about is not None:
                lines += now_lines(self.about, t, width, meals=self.meals)
            if view.notes:
                lines.append(
                    Content("! ").stylize("bold $warning") + typed(view.notes).stylize("$warning")
                )
        if view is not None and not self.rows and not self.apart:
            lines.append(Content(t("nothing open")).stylize("$secondary"))
        lines += [self._open_line(row, t, width, first=not n) for n, row in enumerate(self.rows)]
        if view is not None:
            lines += _people(view, t)
        return lines

    def _open_line(self, row: BoardRow, t: Language, width: int, *, first: bool) -> Content:
        joins = self.joins and first
        rest = f"{step_name(row, t)} {left(row.due_at, self.now, self.zone, t)}"
        head = t("F5 adds to ") if joins else t("open: ")
        line = Content.assemble(
            Content(head).stylize("$accent" if joins else "$secondary"),
            Content(f"{row.number}  ").stylize("bold"),
            Content(rest).stylize("bold $error" if self.now > row.due_at else "bold"),
        )
        name = one_line(self.names.get(row.category, row.category))
        return line + Content(clip(f"  {name}", width - line.cell_length))


class HouseholdCard(Translated, Static):
    """Shows a household, or for a unit in nobody's books what is open there; the notes come first."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.card = Card()

    def show(
        self,
        view: HouseholdView | None,
        rows: Sequence[BoardRow],
        now: int,
        *,
        joins: bool = False,
        apart: bool = False,
        about: HouseholdCardNow | None = None,
        meals: bool = False,
        brief: bool = False,
    ) -> None:
        """Show a household and what is open, phones in what was typed masked; the rest as in ``Card``."""
        self.card = replace(
            self.card, view=masked(view), rows=tuple(rows), now=now, joins=joins, apart=apart,
            about=masked(about), meals=meals, brief=brief,
        )  # fmt: skip
        self.retranslate(self.t)

    def speak(self, names: Mapping[str, str], zone: ZoneInfo) -> None:
        """Take the categories' names by code, and the zone."""
        self.card = replace(self.card, names=names, zone=zone)
        self.retranslate(self.t)

    def on_resize(self) -> None:
        """The lines go by the width."""
        self.retranslate(self.t)

    def retranslate(self, t: Language) -> None:
        """Say it in the other language."""
        lines = self.card.lines(t, self.size.width or 76)
        self.set_class(bool(lines), "-shown")
        self.update(Content("\n").join(lines))


def _cut(line: Content, width: int) -> Content:
    """As much of a line as fits, its end marked where something is left out."""
    return line if line.cell_length <= width else line.truncate(max(1, width - 2)) + ".."


def _title(view: HouseholdView, t: Language) -> Content:
    name = one_line(view.members[0].name) if view.members else ""
    people = t.plural("{n} person", "{n} people", len(view.members))
    recent = t.plural("{n} ticket in 90 days", "{n} tickets in 90 days", view.tickets_90_days)
    return Content.assemble(
        Content(f"{view.unit}  {name}").stylize("bold $primary"),
        Content(f"  {people}  {recent}").stylize("$secondary"),
    )


def _people(view: HouseholdView, t: Language) -> list[Content]:
    lines = [
        typed(one_line("  ".join(filter(None, (each.name, each.relation, each.phone)))))
        for each in view.members
    ]
    if view.plates:
        plates = t(", ").join(one_line(plate) for plate in view.plates)
        lines.append(Content(t("cars: {plates}", plates=plates)).stylize("$secondary"))
    return lines
