"""How a household is found: the keys stored for it, and what a person's typing asks of them.

Each key is one row. A query is a range ``low <= key < high`` over keys compared by code point (SQLite's
BINARY, PostgreSQL's "C"), so that every search is a seek in a b-tree and never a scan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from concierge.domain.household import UnitCode, parse_unit, phone_digits, unit_prefix

LONGEST_KEY = 40
"""Characters; longer keys and queries are cut here alike."""
SHORTEST_TAIL = 4
"""Digits of a phone tail."""
SHORTEST_PLATE = 3
"""Characters of a plate tail."""
_LONGEST_ROOM = 4  # digits: floor and door
_LATIN = 0x2FF  # the last code point of Latin letters
_SURROGATES = 0xD800, 0xE000  # cannot be stored
_BACKWARDS = "~"  # keeps a plate read from its end apart from plates read from the front


class Match(StrEnum):
    """By what a household was found."""

    UNIT = "unit"
    NAME = "name"
    PINYIN = "pinyin"
    PHONE = "phone"
    PLATE = "plate"


@dataclass(frozen=True, slots=True)
class SearchKey:
    """One stored key of a household or of one of its members."""

    match: Match
    key: str


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A range of keys, ``low <= key < high``; ``exact`` when only the whole key is meant."""

    match: Match
    low: str
    high: str
    exact: bool


def unit_keys(unit: UnitCode) -> tuple[SearchKey, ...]:
    """Give a unit's keys: its code, its code without dashes, its room alone."""
    return _keys(Match.UNIT, (unit.text, unit.text.replace("-", ""), unit.room))


def name_keys(name: str, readings: tuple[tuple[str, ...], ...]) -> tuple[SearchKey, ...]:
    """Give a name's keys: every ending of it, and of its pinyin in full and in initials.

    Args:
        name: in Chinese, Latin letters or both; Latin names end at each word.
        readings: the syllables of each reading, from ``services.pinyin``; none for Latin names.
    """
    plain = _plain_name(name)
    endings = (plain[start:] for start in _word_starts(plain))
    return _keys(Match.NAME, endings) + _keys(Match.PINYIN, _pinyin(readings))


def phone_keys(phone: str) -> tuple[SearchKey, ...]:
    """Give a phone's keys: its digits read backwards, so that a tail is the beginning of a key."""
    numbers = re.findall(r"\+?[0-9][0-9 ().-]*", phone_digits(phone))
    digits = (re.sub(r"[^0-9]", "", phone_digits(number)) for number in numbers)
    return _keys(Match.PHONE, (number[::-1] for number in digits if len(number) >= SHORTEST_TAIL))


def plate_keys(plate: str) -> tuple[SearchKey, ...]:
    """Give a number plate's keys: the plate, and the plate read backwards for its tail."""
    plain = _plain_plate(plate)
    return _keys(Match.PLATE, (plain, _BACKWARDS + plain[::-1])) if plain else ()


def queries(text: str) -> tuple[SearchQuery, ...]:
    """Tell what a person's typing may mean, best first: unit, name, pinyin, phone, plate.

    Args:
        text: as typed at the desk: ``3-1201``, ``3栋12``, ``1201``, ``国华``, ``zs``, ``zhang s``.
    """
    asked = (*_ask_unit(text), *_ask_name(text), *_ask_phone(text), *_ask_plate(text))
    return tuple(dict.fromkeys(asked))


def _ask_unit(text: str) -> Iterator[SearchQuery]:
    """Ask for whole codes, then for codes, codes without dashes and rooms that begin so."""
    prefix = unit_prefix(text)
    readings = [_whole(Match.UNIT, unit.text) for unit in parse_unit(text)]
    if prefix and re.search("[0-9]", prefix) and not prefix.endswith("-"):
        same = _whole(Match.UNIT, prefix)
        # A short number is a room more often than a building and a door.
        readings = [same, *readings] if len(prefix) <= _LONGEST_ROOM else [*readings, same]
    yield from readings
    if prefix:
        yield _beginning(Match.UNIT, prefix)


def _ask_name(text: str) -> Iterator[SearchQuery]:
    """Ask for names, and for pinyin when only Latin letters were typed."""
    plain = _plain_name(text)
    if not any(character.isalpha() for character in plain):
        return
    yield _beginning(Match.NAME, plain)
    letters = plain.replace(" ", "")
    if re.fullmatch("[a-z]+", letters):
        yield _beginning(Match.PINYIN, letters)


def _ask_phone(text: str) -> Iterator[SearchQuery]:
    digits = phone_digits(text)
    if digits.isdecimal() and len(digits) >= SHORTEST_TAIL:
        yield _beginning(Match.PHONE, digits[::-1])


def _ask_plate(text: str) -> Iterator[SearchQuery]:
    plain = _plain_plate(text)
    if len(plain) >= SHORTEST_PLATE and re.search("[0-9]", plain):
        yield _beginning(Match.PLATE, plain)
        yield _beginning(Match.PLATE, _BACKWARDS + plain[::-1])


def _keys(match: Match, keys: Iterator[str] | tuple[str, ...]) -> tuple[SearchKey, ...]:
    """Cut keys to length and drop repeated ones, in order."""
    cut = dict.fromkeys(key[:LONGEST_KEY] for key in keys)
    return tuple(SearchKey(match, key) for key in cut)


def _whole(match: Match, key: str) -> SearchQuery:
    # U+0001 rather than NUL, which PostgreSQL refuses; no key holds a control character.
    return SearchQuery(match, key[:LONGEST_KEY], key[:LONGEST_KEY] + "\x01", exact=True)


def _beginning(match: Match, key: str) -> SearchQuery:
    low = key[:LONGEST_KEY]
    return SearchQuery(match, low, _after(low), exact=False)


def _after(prefix: str) -> str:
    """Give the least text above every text that begins so."""
    last = ord(prefix[-1]) + 1
    # U+10FFFF never ends a prefix: it is unassigned and was taken out.
    return prefix[:-1] + chr(_SURROGATES[1] if last == _SURROGATES[0] else last)


def _plain_name(name: str) -> str:
    """Fold width, case, accents, dots and dashes away; blanks stay between Latin words only."""
    folded = unicodedata.normalize("NFKC", _without_marks(name)).casefold()
    folded = "".join(c for c in folded if unicodedata.category(c)[0] != "C" or c in "\t\n")
    folded = re.sub("['’`·•‧・.]", "", folded)
    words = re.sub(r"[\s\-_]+", " ", folded).strip()
    return re.sub(r"(?<=[^\x00-\u02ff]) | (?=[^\x00-\u02ff])", "", words)


def _without_marks(text: str) -> str:
    """Take accents off Latin letters: lü is found by lu."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn"
    )


def _word_starts(plain: str) -> Iterator[int]:
    """Give where a search may begin: every character, in Latin text every word."""
    for place, character in enumerate(plain[: LONGEST_KEY * 2]):
        before = plain[place - 1] if place else " "
        if character != " " and (ord(character) > _LATIN or before == " " or ord(before) > _LATIN):
            yield place


def _pinyin(readings: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Join syllables and initials from every start; the last initial alone begins its syllable anyway."""
    for syllables in readings:
        for start in range(len(syllables)):
            yield "".join(syllables[start:])
        for start in range(len(syllables) - 1):
            yield "".join(syllable[0] for syllable in syllables[start:])


def _plain_plate(plate: str) -> str:
    folded = unicodedata.normalize("NFKC", plate).upper()
    return "".join(character for character in folded if character.isalnum())
