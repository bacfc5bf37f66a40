"""Which column of a roster holds what, said by hand: read from what was typed, and remembered by header."""

from __future__ import annotations

import json
import os
import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from concierge.domain.household import parse_unit
from concierge.domain.refusal import Refusal
from concierge.services.roster_headers import FIELDS, HeaderGuess, field_named, plain_header
from concierge.services.roster_sheet import MOST_COLUMNS, column_number

MEMORY = "roster-headers.json"
"""Beside the store: what a desk has learned of its own rosters, nothing of a resident's. It is no table,
for the same store may serve lobbies whose rosters come from different programs."""
_MOST = 1000
_NOTHING = frozenset({"-", "no", "none", "skip", "不读", "不要", "无"})
_NUMERALS = re.compile("[〇零一二三四五六七八九十]{2}")
# A single character is nobody's whole name.
_OF_NAMES = re.compile("^.$|[名姓人主户栏列]|name|owner|resident|tenant|person|column")
_FIGURE = re.compile(r"^[0-9]|[0-9][^0-9)\]】]")  # one that does not end a header
_PARTS = re.compile(r"[\s,;、，；]+")
_PART = re.compile(r"(?P<column>[0-9]{1,3}|[A-Z]{1,2})[=:](?P<field>.+)", re.IGNORECASE)


def parse_mapping(text: str) -> dict[int, str | None]:
    """Read a mapping of columns as typed.

    Args:
        text: such as ``3=name, 5=phone``, ``C=姓名 7=-``: a column by number or letter, and what it holds in
            either language; ``-`` leaves it out.

    Returns:
        Fields by column, from 1; None for a column that is left out.

    Raises:
        Refusal: ``roster.mapping`` with ``text``, ``roster.mapping-twice`` with ``field``.
    """
    mapped: dict[int, str | None] = {}
    folded = re.sub(r"\s*([=:])\s*", r"\1", unicodedata.normalize("NFKC", text))
    for part in filter(None, _PARTS.split(folded.replace("moved in", "moved_in"))):
        found = _PART.fullmatch(part)
        column = column_number(found["column"]) if found else 0
        word = found["field"].casefold() if found else ""
        field = None if word in _NOTHING else field_named(word)
        if not 1 <= column <= MOST_COLUMNS or (field is None and word not in _NOTHING):
            raise Refusal("roster.mapping", text=part)
        if field and field in mapped.values():
            raise Refusal("roster.mapping-twice", field=field)
        mapped[column] = field
    return mapped


def remembered(home: Path | None) -> dict[str, str | None]:
    """What headers were mapped to in rosters that were taken over at this desk.

    Args:
        home: The store's folder; None when the store is elsewhere and nothing is remembered.
    """
    if home is None:
        return {}
    try:
        found = json.loads((home / MEMORY).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # a memory that is gone or spoilt costs nobody a roster
        return {}
    return {
        header: field
        for header, field in (found.items() if isinstance(found, dict) else ())
        if field is None or field in FIELDS
    }


def is_header(headers: Sequence[HeaderGuess]) -> bool:
    """Whether a row's cells are headers rather than a household's.

    None looks like what stands below one: a figure anywhere but behind a word (电话2), a unit in the column of
    units. And one at least is known as a header, or what stands above the names is no name.
    """
    if any(_is_below(guess) for guess in headers):
        return False
    return any(
        guess.source == "remembered"
        or field_named(guess.header)
        or (guess.field == "name" and _OF_NAMES.search(plain_header(guess.header)))
        for guess in headers
    )


def _is_below(guess: HeaderGuess) -> bool:
    text = unicodedata.normalize("NFKC", guess.header).strip()
    if guess.field == "unit" and (parse_unit(text) or _NUMERALS.search(text)):
        return True
    return _FIGURE.search(text) is not None


def remember(home: Path | None, headers: Sequence[HeaderGuess]) -> None:
    """Keep what was mapped by hand; a guess is made anew each time, and may get better.

    Of a roster without a header the first row is somebody's: nothing of it is kept.
    """
    if not is_header(headers):
        return
    said = {
        plain_header(guess.header): guess.field for guess in headers if guess.source == "mapped"
    }
    said.pop("", None)
    if home is None or not said:
        return
    before = remembered(home)
    if before | said != before:
        with suppress(OSError):  # the roster itself is taken over
            _write(home / MEMORY, dict(list((before | said).items())[-_MOST:]))


def _write(path: Path, memory: Mapping[str, str | None]) -> None:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(memory, file, ensure_ascii=False, indent=1)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
