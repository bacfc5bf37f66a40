"""Finding households by the stored keys: ranges of one b-tree (kind of match, key), never a LIKE.

Plain SQL that SQLite and PostgreSQL both take, asked past sessions: an answer is wanted at each key typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from concierge.domain.household_now import is_unsearchable
from concierge.domain.search_keys import RANKS, Match, SearchQuery
from concierge.store.engine import Ask

_KEPT = 8  # one place in so many is kept for each kind of match, however many better ones there are
_FEW = 100  # keys; a word that occurs more often is common, no matter how much
_GREETED = """
SELECT found.household_id, household.unit, coalesce(member.name, ''), member.phone, found.key
FROM {found} AS found
JOIN household ON household.id = found.household_id
LEFT JOIN member ON member.id = coalesce(found.member_id, (
    SELECT someone.id FROM member AS someone WHERE someone.household_id = found.household_id
    ORDER BY someone.position, someone.id LIMIT 1))
"""
# Rows come one by one in the order of the index: a common name costs no more than a rare one. Within one key
# that is the order in which the roster was entered; sorting twenty thousand equal keys costs a frame.
IN_RANGE = (
    _GREETED.format(found="search_key")
    + """
WHERE found."match" = :match AND found.key >= :low AND found.key < :high
ORDER BY found.key, found.household_id, found.id LIMIT :most OFFSET :past
"""
)
HOW_MANY = """
SELECT count(*) FROM (SELECT 1 FROM search_key
WHERE "match" = :match AND key >= :low AND key < :high LIMIT :most) AS counted
"""


class FoundRow(NamedTuple):
    """A household that fits: ``name`` and ``phone`` are those of the member that matched.

    Where a unit, a plate or a pet matched, they are the first member's; "" and None without members. ``key``
    is the stored key within the range that begins at ``low``.
    """

    household_id: int
    unit: str
    name: str
    match: Match
    phone: str | None
    key: str
    low: str


def find(ask: Ask, queries: Sequence[SearchQuery], *, limit: int) -> list[FoundRow]:
    """Households within the ranges, each once, by what found it first.

    Args:
        ask: From ``Store.glancing``.
        queries: The ranges, best first.
        limit: How many households at most.

    Returns:
        In the order of the queries; within one by key, then in the order of the roster. When there are too
        many, each kind of match keeps a place in eight: the tail of a phone is seen beside all rooms 1201.
    """
    kinds: dict[int, dict[int, FoundRow]] = {}
    for query in queries:
        kind = kinds.setdefault(RANKS[query.match], {})
        _fill(kind, ask, query, limit)
    return _best([list(kinds[rank].values()) for rank in sorted(kinds)], limit)


def _fill(kind: dict[int, FoundRow], ask: Ask, query: SearchQuery, limit: int) -> None:
    """Read on until there are enough households or no more keys; some have several keys in a range."""
    past = 0
    while len(kind) < limit:
        rows = _page(ask, query, most=limit, past=past)
        for household, unit, name, phone, key in rows:
            if household in kind:
                continue
            kind[household] = FoundRow(household, unit, name, query.match, phone, key, query.low)
            if len(kind) >= limit:
                return
        if len(rows) < limit:
            return
        past += limit


def _best(kinds: list[list[FoundRow]], limit: int) -> list[FoundRow]:
    """The best of each kind of match, the better kinds first."""
    best: dict[int, FoundRow] = {}
    for at, rows in enumerate(kinds):
        kept = sum(min(len(later), limit // _KEPT) for later in kinds[at + 1 :])
        for row in rows:
            if len(best) >= limit - kept:
                break
            best.setdefault(row.household_id, row)
    return list(best.values())


def _page(ask: Ask, query: SearchQuery, *, most: int, past: int) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {"match": str(query.match), "low": query.low, "high": query.high}
    if not query.also:
        sql = IN_RANGE
    else:
        ranges, few = _ranges(ask, query)
        sql = in_all_ranges(len(query.also), few=few)
        values |= ranges
    return ask(sql, values | {"most": most, "past": past})


def _ranges(ask: Ask, query: SearchQuery) -> tuple[dict[str, str], bool]:
    """The bounds by name, the rarest word's first, and whether it has but few keys."""
    ranges = [(query.low, query.high), *query.also]

    def keys(bounds: tuple[str, str]) -> int:
        asked = {"match": str(query.match), "low": bounds[0], "high": bounds[1], "most": _FEW}
        return int(ask(HOW_MANY, asked)[0][0])

    counts = [keys(bounds) for bounds in ranges]
    rarest = ranges.pop(counts.index(min(counts)))
    others = {
        f"{name}{at}": bound
        for at, bounds in enumerate(ranges)
        for name, bound in zip(("low", "high"), bounds, strict=True)
    }
    return {"low": rarest[0], "high": rarest[1], **others}, min(counts) < _FEW


@cache
def in_all_ranges(others: int, *, few: bool) -> str:
    """The question for households with a key in one range and in so many others.

    With ``few`` keys in the first range the others are looked up for each of its households, past the index of
    keys (hence the empty texts): else each range is read once, which a common word bears better.
    """
    looked_up = """
    AND EXISTS (SELECT 1 FROM search_key AS other WHERE other.household_id = one.household_id
        AND other."match" || '' = :match AND other.key || '' >= :low{at} AND other.key || '' < :high{at})"""
    read = """
    AND one.household_id IN (SELECT other.household_id FROM search_key AS other
        WHERE other."match" = :match AND other.key >= :low{at} AND other.key < :high{at})"""
    too = "".join((looked_up if few else read).format(at=at) for at in range(others))
    one = f"""(
    SELECT one.household_id, one.member_id, one.key, one.id FROM search_key AS one
    WHERE one."match" = :match AND one.key >= :low AND one.key < :high{too}
    ORDER BY one.household_id, one.key, one.id LIMIT :most OFFSET :past)"""  # noqa: S608 (no text of anybody's)
    return _GREETED.format(found=one) + "ORDER BY found.household_id, found.key, found.id"


# What stands in the file for the kinds of match whose text is not the unit's, a name or a phone.
FACTS = """
SELECT fact.text, fact.aspect, member.birthday, fact.noted_on
FROM fact LEFT JOIN member ON member.id = fact.member_id
WHERE fact.household_id = :household ORDER BY fact.id
"""
WORDS = """
SELECT told.text FROM (
    SELECT 1 AS part, id, text FROM instruction WHERE household_id = :household AND ended_at IS NULL
    UNION ALL SELECT 2, id, notes FROM household WHERE id = :household
    UNION ALL SELECT 3, id, coalesce(kind, '') || ' ' || coalesce(note, '') FROM pet
        WHERE household_id = :household
) AS told ORDER BY told.part, told.id
"""
PLATES = "SELECT plate FROM vehicle WHERE household_id = :household ORDER BY id"
PETS = "SELECT name FROM pet WHERE household_id = :household ORDER BY id"
BEHIND = {Match.PLATE: PLATES, Match.PET: PETS, Match.WORD: WORDS}
"""What is asked for the texts of the kinds that are found by neither unit, name nor phone."""


def texts_behind(ask: Ask, row: FoundRow) -> list[str]:
    """The texts of a household of the kind by which it was found, the more important first."""
    sql = BEHIND.get(row.match)
    if sql is None:
        return []
    asked = {"household": row.household_id}
    facts = ask(FACTS, asked) if row.match is Match.WORD else ()
    told = [text for text, *kind in facts if not is_unsearchable(*kind)]
    return told + [text for (text,) in ask(sql, asked) if text]
