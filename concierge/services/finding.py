"""Finding households by whatever is typed, and saying where in the result it stands."""

from __future__ import annotations

from collections.abc import Sequence

from concierge.domain.household import mask_phone
from concierge.domain.search_keys import Match, queries
from concierge.domain.search_marks import (
    Span,
    name_marks,
    phone_marks,
    plate_marks,
    snippet,
    unit_marks,
)
from concierge.domain.search_words import Term, terms
from concierge.services.desk import Desk
from concierge.services.hits import HouseholdHit
from concierge.store.finding import BEHIND, FoundRow, find, texts_behind

_PEOPLE = frozenset({Match.NAME, Match.PINYIN})


def find_households(desk: Desk, *, text: str, limit: int = 20) -> tuple[HouseholdHit, ...]:
    """The households that typed text may mean, best first.

    By unit, name and pinyin, the end of a phone or plate, a pet's name, words of the file.

    Returns:
        At most ``limit`` hits with their phone masked; empty for text that says nothing.
    """
    with desk.store.glancing() as ask:
        rows = find(ask, queries(text), limit=limit)
        told = [texts_behind(ask, row) if row.match in BEHIND else () for row in rows]
    asked = tuple(terms(text)) if any(told) else ()
    return tuple(_hit(row, texts, asked) for row, texts in zip(rows, told, strict=True))


def _hit(row: FoundRow, texts: Sequence[str], asked: Sequence[Term]) -> HouseholdHit:
    household, unit, name, match, phone, key, low = row
    where, found = "name", None
    spans: tuple[Span, ...]
    if match in _PEOPLE:
        spans = name_marks(name, key, low)
    elif match is Match.UNIT:
        where, spans = "unit", unit_marks(unit, key, low)
    elif match is Match.PHONE:
        where, spans = "phone", phone_marks(phone or "", low)
    else:
        where = "found"
        found, spans = _best(_behind(row, texts, asked))
    return HouseholdHit(
        household, unit, name, str(match), mask_phone(phone) if phone else None, found,
        where if spans else None, spans,
    )  # fmt: skip


def _behind(
    row: FoundRow, texts: Sequence[str], asked: Sequence[Term]
) -> list[tuple[str, tuple[Span, ...]]]:
    """The texts by which a household was found, which are not its names, and where in them."""
    if row.match is Match.PLATE:
        return [(text, plate_marks(text, row.low)) for text in texts]
    if row.match is Match.PET:
        return [(text, name_marks(text, row.key, row.low)) for text in texts]
    return [snippet(text, asked) for text in texts]


def _best(marked: list[tuple[str, tuple[Span, ...]]]) -> tuple[str | None, tuple[Span, ...]]:
    """The text with the most of what was typed; the first of equals."""
    text, spans = max(marked, key=lambda each: _length(each[1]), default=(None, ()))
    return text, spans


def _length(spans: tuple[Span, ...]) -> int:
    return sum(stop - start for start, stop in spans)
