"""What the intake form asks for by category, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from concierge.domain.masking import masked_text
from concierge.domain.policy import KINDS, Category
from concierge.domain.ticket import CHANNELS
from concierge.language import terms
from concierge.language.dates import clock_time
from concierge.language.translator import language, later
from concierge.services.views import BoardRow, StaffView
from concierge.ui.format import clip
from concierge.ui.widgets.pick_list import Pick
from concierge.ui.widgets.unit_choice import UnitChoice

KIND_TITLES = {
    "complaint": later("Complaints"),
    "inquiry": later("Inquiries"),
    "errand": later("Errands"),
}


def category_picks(categories: Sequence[Category]) -> tuple[Pick, ...]:
    """The categories to choose from, numbered through complaints, inquiries and errands."""
    ordered = sorted(categories, key=lambda category: KINDS.index(category.kind))
    return tuple(
        Pick(each.code, each.name("zh"), each.name("en"), KIND_TITLES[each.kind])
        for each in ordered
    )


def channel_picks() -> tuple[Pick, ...]:
    """The ways in which a matter comes in."""
    zh, en = language("zh"), language("en")
    return tuple(Pick(code, terms.channel(zh, code), terms.channel(en, code)) for code in CHANNELS)


def staff_picks(staff: Sequence[StaffView], acting: str | None) -> tuple[Pick, ...]:
    """The staff a complaint may be about; nobody takes one about themselves."""
    return tuple(
        Pick(each.name, each.name, each.name)
        for each in staff
        if each.active and each.name != acting
    )


def asked_for(category: Category | None) -> frozenset[str]:
    """Which of the contextual fields a category asks for."""
    if category is None:
        return frozenset()
    asked = {
        "against": category.code == "neighbour",
        "about": category.code == "staff-conduct",
        "agreed": category.kind == "errand" or any(spec.by_agreement for spec in category.clocks),
        "consent": category.consent,
        "answer": category.kind == "inquiry",
    }
    return frozenset(name for name, needed in asked.items() if needed)


def open_there(rows: Sequence[BoardRow], choice: UnitChoice | None) -> tuple[BoardRow, ...]:
    """What is open at a unit nobody knows, or at a place that is called the same."""
    if choice is None:
        return ()
    here = choice.text.strip().casefold()
    return tuple(
        row for row in rows if here in {(row.unit or "").casefold(), (row.place or "").casefold()}
    )


def draft_line(form: Mapping[str, str], received_at: int, now: int, zone: ZoneInfo) -> str:
    """A draft in one line: when, where, what; masked, for whoever opens the form next reads it."""
    received = clock_time(
        datetime.fromtimestamp(received_at, zone), datetime.fromtimestamp(now, zone)
    )
    parts = (received, form.get("unit", ""), form.get("words", "") or form.get("category", ""))
    return clip("  ".join(masked_text(part.strip()) for part in parts if part.strip()), 48)
