"""How a household is found: the keys stored for it, and what a person's typing asks of them.

Each key is one row. A query is a range ``low <= key < high`` over keys compared by code point (SQLite's
BINARY, PostgreSQL's "C"), so that every search is a seek in a b-tree and never a scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from concierge.domain.folding import INNER, plain_name, plain_plate
from concierge.domain.household import UnitCode, parse_unit, phone_digits, unit_prefix
from concierge.domain.search_marks import PLACES
from concierge.domain.search_words import terms

LONGEST_KEY = 40
"""Characters; longer keys and queries are cut here alike."""
SHORTEST_TAIL = 4
"""Digits of a phone tail."""
SHORTEST_PLATE = 3
"""Characters of a plate tail."""
MOST_WORD_KEYS = 256
"""Of one household: a long note must not fill the table."""
_LONGEST_ROOM = 4  # digits: floor and door
_LATIN = 0x2FF  # the last code point of Latin letters
_SURROGATES = 0xD800, 0xE000  # cannot be stored
_LONGEST_QUESTION = 200  # characters in which words are looked for
_MOST_RANGES = 8  # of one question


class Match(StrEnum):
    """By what a household was found."""

    UNIT = "unit"
    NAME = "name"
    PINYIN = "pinyin"
    PHONE = "phone"
    PLATE = "plate"
    PET = "pet"
    WORD = "word"


RANKS = {
    Match.UNIT: 0, Match.NAME: 1, Match.PINYIN: 1,
    Match.PHONE: 2, Match.PLATE: 3, Match.PET: 4, Match.WORD: 5,
}  # fmt: skip
"""Which kinds come before which; a name and its pinyin are people alike."""


@dataclass(frozen=True, slots=True)
class SearchKey:
    """One stored key of a household or of one of its members."""

    match: Match
    key: str


class SearchQuery(NamedTuple):
    """A range of keys, ``low <= key < high``; ``exact`` when only the whole key is meant.

    A household has to have a key in each of the ranges of ``also`` too.
    """

    match: Match
    low: str
    high: str
    exact: bool
    also: tuple[tuple[str, str], ...] = ()


def unit_keys(unit: UnitCode) -> tuple[SearchKey, ...]:
    """Give a unit's keys: its code, its code without dashes, its room alone."""
    return _keys(Match.UNIT, (unit.text, unit.text.replace("-", ""), unit.room))


def name_keys(name: str, readings: tuple[tuple[str, ...], ...]) -> tuple[SearchKey, ...]:
    """Give a name's keys: every ending of it, and of its pinyin in full and in initials.

    Args:
        name: in Chinese, Latin letters or both; Latin names end at each word.
        readings: the syllables of each reading, from ``services.pinyin``; none for Latin names.
    """
    return _keys(Match.NAME, _endings(name)) + _keys(Match.PINYIN, _pinyin(readings))


def pet_keys(name: str, readings: tuple[tuple[str, ...], ...]) -> tuple[SearchKey, ...]:
    """Give a pet's keys: its name as a person's, its pinyin beside it."""
    return _keys(Match.PET, (*_endings(name), *_pinyin(readings)))


def word_keys(text: str, *, most: int = MOST_WORD_KEYS) -> tuple[SearchKey, ...]:
    """Give the keys of a text's words: Latin words, and each two Chinese characters that meet.

    The last character of a Chinese run is a key of its own, so that each single one begins some key.

    Args:
        text: such as a note of the household.
        most: how many keys; words beyond them are not found.
    """
    found: dict[str, None] = {}
    for term in terms(text):
        if len(found) >= most:
            break
        if term.chinese:
            found |= dict.fromkeys(term.text[at : at + 2] for at in range(len(term.text)))
        else:
            found[term.text] = None
    return _keys(Match.WORD, tuple(found)[:most])


def phone_keys(phone: str) -> tuple[SearchKey, ...]:
    """Give a phone's keys: its digits read backwards, so that a tail is the beginning of a key."""
    numbers = re.findall(r"\+?[0-9][0-9 ().-]*", phone_digits(phone))
    digits = (re.sub(r"[^0-9]", "", phone_digits(number)) for number in numbers)
    return _keys(Match.PHONE, (number[::-1] for number in digits if len(number) >= SHORTEST_TAIL))


def plate_keys(plate: str) -> tuple[SearchKey, ...]:
    """Give a number plate's keys: the plate, and the plate read backwards for its tail."""
    plain = plain_plate(plate)
    return _keys(Match.PLATE, (plain, INNER + plain[::-1])) if plain else ()


def queries(text: str) -> tuple[SearchQuery, ...]:
    """Tell what a person's typing may mean, best first: unit, people, phone, plate, pet, words.

    Args:
        text: as typed at the desk: ``3-1201``, ``3栋12``, ``1201``, ``国华``, ``zs``, ``zhang s``, ``peanut``.
    """
    name = _name_and_letters(text)
    asked = (
        *_ask_unit(text), *_ask_named(Match.NAME, Match.PINYIN, *name), *_ask_phone(text),
        *_ask_plate(text), *_ask_named(Match.PET, Match.PET, *name), *_ask_words(text),
    )  # fmt: skip
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


def _ask_named(written: Match, spoken: Match, plain: str, letters: str) -> Iterator[SearchQuery]:
    """Ask for names that begin so, then for those with it inside; for pinyin where letters were typed.

    A whole name comes first by itself: it is the least of all that begin so. Pets are asked for in the same
    way, with their pinyin among their names.
    """
    for where in ("", INNER) if plain else ():
        yield _beginning(written, where + plain)
        if letters:
            yield _beginning(spoken, where + letters)


def _name_and_letters(text: str) -> tuple[str, str]:
    """Give what a name would be, and its letters without blanks when it is nothing else."""
    plain = plain_name(text)
    if not any(character.isalpha() for character in plain):
        return "", ""
    letters = plain.replace(" ", "")
    return plain, letters if re.fullmatch("[a-z]+", letters) else ""


def _ask_words(text: str) -> Iterator[SearchQuery]:
    """Ask for the file in which every word occurs: Latin words by their beginning, Chinese by twos."""
    ranges: dict[tuple[str, str], None] = {}
    for term in terms(text[:_LONGEST_QUESTION]):
        if not term.chinese or len(term.text) == 1:
            query = _beginning(Match.WORD, term.text)
            ranges[query.low, query.high] = None
        else:
            for at in range(len(term.text) - 1):
                query = _whole(Match.WORD, term.text[at : at + 2])
                ranges[query.low, query.high] = None
    if ranges:
        (low, high), *also = list(ranges)[:_MOST_RANGES]
        yield SearchQuery(Match.WORD, low, high, exact=False, also=tuple(also))


def _ask_phone(text: str) -> Iterator[SearchQuery]:
    digits = phone_digits(text)
    if digits.isdecimal() and len(digits) >= SHORTEST_TAIL:
        yield _beginning(Match.PHONE, digits[::-1])


def _ask_plate(text: str) -> Iterator[SearchQuery]:
    plain = plain_plate(text)
    if len(plain) >= SHORTEST_PLATE and re.search("[0-9]", plain):
        yield _beginning(Match.PLATE, plain)
        yield _beginning(Match.PLATE, INNER + plain[::-1])


def _keys(match: Match, keys: Iterator[str] | tuple[str, ...]) -> tuple[SearchKey, ...]:
    """Cut keys to length and drop repeated ones, in order; what tells where a key's letters stand stays."""
    parts = (key.partition(PLACES) for key in keys)
    cut = dict.fromkeys(key[:LONGEST_KEY] + mark + places for key, mark, places in parts)
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


def _word_starts(plain: str) -> Iterator[int]:
    """Give where a search may begin: every character, in Latin text every word."""
    for place, character in enumerate(plain[: LONGEST_KEY * 2]):
        before = plain[place - 1] if place else " "
        if character != " " and (ord(character) > _LATIN or before == " " or ord(before) > _LATIN):
            yield place


def _endings(name: str) -> Iterator[str]:
    """Give the whole name, and marked as such what stands inside it."""
    plain = plain_name(name)
    for start in _word_starts(plain):
        yield (INNER if start else "") + plain[start:]


def _pinyin(readings: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Join syllables and initials from every start; the last initial alone begins its syllable anyway."""
    for syllables in readings:
        for start in range(len(syllables)):
            yield _spoken(syllables, start)
        initials = tuple(syllable[0] for syllable in syllables)
        for start in range(len(syllables) - 1):
            yield _spoken(initials, start)


def _spoken(syllables: tuple[str, ...], start: int) -> str:
    """Join syllables; behind it the first one's place and each one's length, to find what was typed again."""
    said = (INNER if start else "") + "".join(syllables[start:])
    return f"{said}{PLACES}{start:x}{''.join(f'{len(each):x}' for each in syllables[start:])}"
