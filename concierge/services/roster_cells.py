"""What stands in one cell of a roster: cleaned, and several people, phones or plates taken apart."""

from __future__ import annotations

import re
import unicodedata

from concierge.domain.household_file import holds_phone
from concierge.domain.refusal import Refusal
from concierge.domain.typed_text import clean_line, is_blank
from concierge.services.roster_words import says_no_phone

LIMITS = {"notes": 4000, "background": 4000}
"""Characters a field may hold, where it is not `LIMIT`."""
LIMIT = 200

_SEPARATORS = re.compile("[、,/，;；\n]")
_OUTSIDE = re.compile(r"[、,/，;；\n](?![^(（\[【]*[)）\]】])")
_LISTED = re.compile("[、,，;；\n]")  # a day may be written with slashes
# People who are written one below the other in a cell have each their own line in the cells beside it too.
_BY_LINE = frozenset({"name", "phone", "plate", "relation", "role", "sex", "birthday"})
_LINE_END = re.compile(r"\s*[\r\n]\s*")
# What an export puts before text that a spreadsheet would take for a formula; see export/csv_text.py.
_NEUTRALISED = re.compile(r"'(?=\s*[=+\-@＝＋－＠﹦﹢﹣﹫−])")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_LONGEST_PADDED = 3  # characters; 张三 李四 are two people
_FORMULA = re.compile(r"\s*[=+@＝＋＠]")
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+?[0-9]{1,2}")
_TWO_MOBILES = re.compile(r"(?<=\b1\d{10})\s+(?=1\d{10}\b)")
_OF_NUMBER = 5  # digits; what has fewer is an extension or a word about the number before
_LETTER = re.compile(r"[^\W\d_\u8f6c]")  # but for the word that stands before an extension
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
    if name in _BY_LINE:
        text = _LINE_END.sub("、", text.strip())
    try:
        cleaned = clean_line(text, limit=LIMITS.get(name, LIMIT)).text.strip()
    except Refusal as problem:
        raise TooLong({"field": name, **problem.values}) from problem
    if name in {"building", "entrance", "unit", "phone"} and (
        found := _EXCEL_TEXT.fullmatch(cleaned)
    ):
        cleaned = next(part for part in found.groups() if part is not None).strip()
    cleaned = _NEUTRALISED.sub("", cleaned, count=1) if cleaned.startswith("'") else cleaned
    # Here too: "n/a" would be dealt out to two people.
    if is_blank(cleaned) or (name == "phone" and says_no_phone(cleaned)):
        return ""
    return cleaned


def has_lost_digits(phone: str) -> bool:
    """Whether a spreadsheet wrote a phone as 1.38E+10, which nobody can dial and nothing brings back."""
    return any(_ROUNDED.fullmatch(part) for part in split(phone))


def names_phone(name: str) -> bool:
    """Whether a cell of names holds a phone instead, as where columns were swapped."""
    if not any(map(str.isdigit, name)):
        return False
    return any(
        bool(_ROUNDED.fullmatch(part)) or (not _LETTER.search(part) and holds_phone(part))
        for part in names_in(name)
    )


def closed_up(name: str) -> str:
    """A short Chinese name without the blanks that make it as wide as its neighbours: 王　强."""
    closed = _BETWEEN_HAN.sub("", name)
    return closed if len(closed) <= _LONGEST_PADDED else name


def dealt(field: str, text: str, people: int) -> list[str]:
    """Deal a cell out one by one; else all share a relation, and the first keeps the rest as written."""
    if people == 1 and field not in {"phone", "relation"}:
        return [text]
    parts = split(text, _LISTED if field == "birthday" else _SEPARATORS)
    if len(parts) == people:
        return parts
    return [text] * people if field == "relation" else [text] + [""] * (people - 1)


def names_in(text: str) -> list[str]:
    """Split people apart; "Smith, John" is one person, "Zhang San, Li Si" are two.

    Where phones stand with names, what is in brackets belongs together: 孙(父、13800001234).
    """
    if _FORMULA.match(text):
        return [text]  # no list of people, and better left in one piece to be mended
    names = split(text, _OUTSIDE if holds_phone(text) else _SEPARATORS)
    latin = [unicodedata.normalize("NFKC", name).isascii() for name in names]
    if (
        "," in text
        and all(latin)
        and any(" " not in name for name in names)
        and not re.search("[/;]", text)
    ):
        return [text]
    return names or [text]


def split(text: str, separators: re.Pattern[str] = _SEPARATORS) -> list[str]:
    """What stands between 、 and other separators."""
    return [part.strip() for part in separators.split(text) if not is_blank(part)]


def numbers(text: str) -> list[str]:
    """The phones of a cell, each as written; a word or an extension stays with the number beside it."""
    found: list[str] = []
    for part in split(_TWO_MOBILES.sub("、", text)):
        if found and not (_is_number(found[-1]) and _is_number(part)):
            found[-1] = f"{found[-1]}、{part}"
        else:
            found.append(part)
    return found if len(found) > 1 else [text] if found else []


def _is_number(text: str) -> bool:
    return sum(map(str.isdecimal, text)) >= _OF_NUMBER
