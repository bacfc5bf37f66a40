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
from concierge.store.finding import FoundRow, find, texts_behind


def find_households(desk: Desk, *, text: str, limit: int = 20) -> tuple[HouseholdHit, ...]:
    """The households that typed text may mean, best first.

    By unit, name and pinyin, the end of a phone or plate, a pet's name, words of the file.

    Returns:
        At most ``limit`` hits with their phone masked; empty for text that says nothing.
    """
    asked = tuple(terms(text))
    with desk.store.glancing() as ask:
        rows = find(ask, queries(text), limit=limit)
        return tuple(_hit(row, texts_behind(ask, row), asked) for row in rows)


def _hit(row: FoundRow, texts: Sequence[str], asked: Sequence[Term]) -> HouseholdHit:
    where, found, spans = _marked(row, texts, asked)
    return HouseholdHit(
        household_id=row.household_id,
        unit=row.unit,
        name=row.name,
        match=row.match.value,
        phone_masked=mask_phone(row.phone) if row.phone else None,
        found=found,
        marked=where if spans else None,
        marks=spans,
    )


def _marked(
    row: FoundRow, texts: Sequence[str], asked: Sequence[Term]
) -> tuple[str, str | None, tuple[Span, ...]]:
    """Which part of the hit holds the typed text, the text it was found by if it is not shown, and where."""
    match row.match:
        case Match.UNIT:
            return "unit", None, unit_marks(row.unit, row.key, row.low)
        case Match.NAME | Match.PINYIN:
            return "name", None, name_marks(row.name, row.key, row.low)
        case Match.PHONE:
            return "phone", None, phone_marks(row.phone or "", row.low)
        case Match.PLATE:
            return "found", *_best([(text, plate_marks(text, row.low)) for text in texts])
        case Match.PET:
            return "found", *_best([(text, name_marks(text, row.key, row.low)) for text in texts])
        case Match.WORD:
            return "found", *_best([snippet(text, asked) for text in texts])


def _best(marked: list[tuple[str, tuple[Span, ...]]]) -> tuple[str | None, tuple[Span, ...]]:
    """The text with the most of what was typed; the first of equals."""
    text, spans = max(marked, key=lambda each: _length(each[1]), default=(None, ()))
    return text, spans


def _length(spans: tuple[Span, ...]) -> int:
    return sum(stop - start for start, stop in spans)
