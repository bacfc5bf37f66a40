"""What a search may lead to: a household or a ticket, and how each looks in a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.domain.masking import masked_text
from concierge.domain.refusal import Refusal
from concierge.language import terms
from concierge.language.translator import Language
from concierge.services.hits import HouseholdHit
from concierge.services.views import BoardRow, TicketView
from concierge.ui.format import left, one_line, pad, place_of, step_name
from concierge.ui.in_front import InFront
from concierge.ui.port import DeskPort
from concierge.ui.widgets.hit_list import hit_line
from concierge.ui.widgets.unit_choice import UnitChoice, choice_of

_NUMBER = re.compile(r"T-?[0-9]{0,8}(-[0-9]{0,6})?|[0-9]{8}-[0-9]{1,6}|[0-9]{2,3}")
_WHOLE = re.compile(r"T-?[0-9]{8}-[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class FoundTicket:
    """A ticket by its number; ``state`` is open, closed or cancelled."""

    number: str
    where: str
    words: str
    state: str


Found = UnitChoice | FoundTicket


def plain_number(text: str) -> str | None:
    """What was typed as a ticket number or its end, in half-width capitals; None when it can be none."""
    said = unicodedata.normalize("NFKC", text).strip().upper()
    return said if _NUMBER.fullmatch(said) else None


def open_tickets(text: str, rows: Sequence[BoardRow]) -> tuple[FoundTicket, ...]:
    """The open tickets whose number holds what was typed; bare digits are the end of it."""
    said = plain_number(text)
    if said is None:
        return ()
    return tuple(
        FoundTicket(row.number, place_of(row.unit, row.place), row.words, "open")
        for row in rows
        if row.number.endswith(f"-{said.zfill(3)}" if said.isdecimal() else said)
        or row.number.startswith(said)
    )


def look_up(
    desk: DeskPort, text: str, rows: Sequence[BoardRow], viewer: str | None
) -> tuple[Found, ...]:
    """Households and tickets for what was typed, as ``viewer`` may see them; runs in a thread."""
    hits: tuple[HouseholdHit, ...] = desk.find_household(text)
    found: list[Found] = [choice_of(hit) for hit in hits]
    tickets = list(open_tickets(text, rows))
    said = plain_number(text) or ""
    if not tickets and _WHOLE.fullmatch(said):
        tickets += _closed(desk, said, viewer)
    # Whoever types a T means a ticket.
    return (*tickets, *found) if said.startswith("T") else (*found, *tickets)


def _closed(desk: DeskPort, number: str, viewer: str | None) -> list[FoundTicket]:
    try:
        view: TicketView = desk.ticket(number, viewer=viewer)
    except Refusal:
        return []
    return [FoundTicket(view.number, place_of(view.unit, view.place), view.words, view.state)]


def result_line(found: Found, width: int, t: Language) -> Content:
    """A result in exactly so many cells."""
    if isinstance(found, UnitChoice):
        return hit_line(found, width, t)
    state = terms.state(t, found.state)
    words = one_line(masked_text(found.words))
    said = f"{found.number}  {one_line(found.where)}  {state}  {words}"
    return Content(pad(said, width))


def what_to_type(t: Language) -> str:
    """What an empty box takes."""
    return "\n".join(
        (
            t(
                "Type a unit, a name, pinyin initials, the end of a phone or plate, a pet's name, "
                "a word of the file, or a ticket number."
            ),
            t("Enter lists the households: care, away, moved in this month, no phone."),
        )
    )


def nobody_found(t: Language) -> str:
    """What can be done where nothing was found."""
    return "\n".join(
        (
            t("Nobody found. F2 takes a matter for it all the same, marked unverified."),
            t("Are households missing? ^P, Import a roster."),
        )
    )


def open_line(
    row: BoardRow, width: int, t: Language, *, name: str, now: int, zone: ZoneInfo
) -> Content:
    """An open ticket of the card; ``name`` is its category's."""
    rest = f"{step_name(row, t)} {left(row.due_at, now, zone, t)}"
    return Content(pad(f"{row.number}  {rest}  {one_line(name)}", width))


def lies_in_front(row: BoardRow | None, found: Found | None) -> InFront | None:
    """What a line of the log may be tied to: the ticket of the card, else what was found."""
    if row is not None:
        return InFront(row.number, row.unit, tied=False)
    if isinstance(found, FoundTicket):
        return InFront(found.number, tied=False)
    return InFront(unit=found.unit, tied=False) if found is not None and found.unit else None
