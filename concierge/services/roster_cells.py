"""What stands in one cell of a roster: cleaned, and several people, phones or plates taken apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from concierge.domain.household import phone_digits
from concierge.domain.refusal import Refusal
from concierge.domain.typed_text import clean_line, is_blank

LIMITS = {"notes": 4000}
"""Characters a field may hold, where it is not `LIMIT`."""
LIMIT = 200

_SEPARATORS = re.compile("[、,/，;；\n]")
# What an export puts before text that a spreadsheet would take for a formula; see export/csv_text.py.
_NEUTRALISED = re.compile(r"'(?=\s*[=+\-@＝＋－＠﹦﹢﹣﹫−])")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_LONGEST_PADDED = 3  # characters; 张三 李四 are two people
_FORMULA = re.compile(r"\s*[=+@＝＋＠]")
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+?[0-9]{1,2}")
_EXCEL_TEXT = re.compile(r'="(.*)"|\'(.*)|([0-9]+)\.0+')


class TooLong(Exception):
    """A cell holds more than its field may."""

    def __init__(self, values: dict[str, object]) -> None:
        super().__init__("too-long")
        self.values = values


def clean_cell(name: str, text: str) -> str:
    """Clean one cell; codes and phones also lose what a spreadsheet puts around text to keep it text."""
    if not text:
        return ""
    try:
        cleaned = clean_line(text, limit=LIMITS.get(name, LIMIT)).text.strip()
    except Refusal as problem:
        raise TooLong({"field": name, **problem.values}) from problem
    if name in {"building", "entrance", "unit", "phone"} and (
        found := _EXCEL_TEXT.fullmatch(cleaned)
    ):
        cleaned = next(part for part in found.groups() if part is not None).strip()
    cleaned = _NEUTRALISED.sub("", cleaned, count=1) if cleaned.startswith("'") else cleaned
    return "" if is_blank(cleaned) else cleaned


def has_lost_digits(phone: str) -> bool:
    """Whether a spreadsheet wrote a phone as 1.38E+10, which nobody can dial and nothing brings back."""
    return any(_ROUNDED.fullmatch(part) for part in split(phone))


def _closed_up(name: str) -> str:
    """A short Chinese name without the blanks that make it as wide as its neighbours: 王　强."""
    closed = _BETWEEN_HAN.sub("", name)
    return closed if len(closed) <= _LONGEST_PADDED else name


def people_of(values: dict[str, str]) -> Iterator[tuple[str, str | None, str | None]]:
    """Give each person of a row; phones and relations are dealt out when their counts match."""
    names = _names(values["name"])
    phones = _dealt(values["phone"], len(names))
    relations = split(values["relation"])
    if len(relations) != len(names):
        relations = [values["relation"]] * len(names)
    for name, phone, relation in zip(map(_closed_up, names), phones, relations, strict=True):
        yield name, phone_digits(phone) or None, relation or None


def _dealt(text: str, people: int) -> list[str]:
    """Deal phones out one by one; else the first person keeps them all as written."""
    parts = split(text)
    return parts if len(parts) == people else [text] + [""] * (people - 1)


def _names(text: str) -> list[str]:
    """Split people apart; "Smith, John" is one person, "Zhang San, Li Si" are two."""
    if _FORMULA.match(text):
        return [text]  # no list of people, and better left in one piece to be mended
    names = split(text)
    latin = [unicodedata.normalize("NFKC", name).isascii() for name in names]
    if (
        "," in text
        and all(latin)
        and any(" " not in name for name in names)
        and not re.search("[/;]", text)
    ):
        return [text]
    return names or [text]


def split(text: str) -> list[str]:
    """What stands between 、 and other separators."""
    return [part.strip() for part in _SEPARATORS.split(text) if not is_blank(part)]
