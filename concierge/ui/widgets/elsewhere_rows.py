"""What is open at desks where nobody is on duty: a sentence a desk, and on a handover a row a matter."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.language import terms
from concierge.language.dates import moment
from concierge.language.elsewhere import by_desk, unattended
from concierge.language.translator import Language
from concierge.services.handover_views import ElsewhereView
from concierge.ui.format import one_line, place_of
from concierge.ui.widgets.handover_listed import Ref
from concierge.ui.widgets.handover_rows import DONE, Shown, handover_rows, matter_line
from concierge.ui.widgets.paragraph import stacked, styled
from concierge.ui.widgets.row_layout import Flat, Row
from concierge.ui.widgets.typed_text_view import typed

PART = "elsewhere"


def elsewhere_told(
    matters: tuple[ElsewhereView, ...], now: int, zone: ZoneInfo, t: Language
) -> Iterator[Row]:
    """A sentence for each desk, and where all of it is listed: for the screen of the shift."""
    for desk, those in by_desk(matters).items():
        style = "bold $error" if any(now > each.due_at for each in those) else "bold $warning"
        said = unattended(one_line(desk), those, lambda at: _when(at, now, zone, t), t)
        yield Row(None, styled(t("{sentence}. F7 lists it.", sentence=said), style))


def all_rows(shown: Shown, t: Language, width: int) -> list[Row | Flat]:
    """The rows of a handover, what is open elsewhere after its own matters."""
    return handover_rows(shown, t, width, _rows(shown, t, width))


def _rows(shown: Shown, t: Language, width: int) -> Iterator[Row | Flat]:
    """Under a heading for each desk what is open there, what is due first on top."""
    for desk, those in by_desk(shown.view.elsewhere).items():
        said = t.plural(
            "{n} open at {desk}, where nobody is on duty",
            "{n} open at {desk}, where nobody is on duty",
            len(those),
            desk=one_line(desk),
        )
        yield Row(None, styled(said, "bold $warning"))
        yield _stretch(those, shown, t, width)


def _stretch(those: list[ElsewhereView], shown: Shown, t: Language, width: int) -> Flat:
    keys = [Ref(PART, each.number) for each in those]
    places: dict[Hashable, int] = {key: nth for nth, key in enumerate(keys)}
    blank = " " * len(DONE)

    def row(nth: int) -> Row:
        line = matter_line(those[nth], shown, t, width - len(blank))
        return Row(keys[nth], Content(blank), line)

    return Flat(keys, places, row)


def elsewhere_lines(number: str, shown: Shown, t: Language) -> Content:
    """One of these whole; nothing of one that has gone."""
    found = next((each for each in shown.view.elsewhere if each.number == number), None)
    if found is None:
        return Content("")
    name = shown.names.get(found.category, found.category)
    major = terms.grade(t, "major") + "  " if found.grade == "major" else ""
    due = _when(found.due_at, shown.now, shown.zone, t)
    values = {"step": terms.clock(t, found.step), "time": due}
    late = shown.now > found.due_at
    step = (
        t("next: {step}, was due {time}", **values)
        if late
        else t("next: {step} by {time}", **values)
    )
    where = t("At {desk} nobody is on duty.", desk=one_line(found.desk))
    return stacked(
        (
            styled(place_of(found.unit, found.place), "bold $primary")
            + styled(f"  {found.number}", "$secondary"),
            styled(major, "bold $error") + name,
            typed(shown.typed(found.words)),
            styled(step, "bold $error" if late else "bold"),
            styled(t("{sentence} ^O opens the ticket.", sentence=where), "$warning"),
        )
    )


def _when(at: int, now: int, zone: ZoneInfo, t: Language) -> str:
    return moment(t, datetime.fromtimestamp(at, zone), datetime.fromtimestamp(now, zone))
