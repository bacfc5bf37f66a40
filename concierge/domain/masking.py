"""What is sensitive in a text that people typed: numbers by which somebody is reached or known, and mail.

A screen is read over a shoulder and an export outside of the house, so phones, identity and card numbers and
mail addresses are masked in both as the roster's are. Dates, times, tickets and units stay readable.
"""

from __future__ import annotations

import re
import unicodedata

from concierge.domain.household import mask_phone
from concierge.domain.household_file import MASK

_LONGEST = 15  # digits of a phone with its country; what is longer names a person or an account
# Seven digits, a landline without its area, or more, of any width, together or apart, as \d knows them; an
# identity number may end in X.
_DIGITS = r"\d(?:[ \u3000()（）.\-‐–—－]{0,2}\d){6,}"
_NUMBER = re.compile(rf"[+＋]?[(（]?{_DIGITS}(?:[ \-]?[xXＸ](?![A-Za-z]))?")
_PERHAPS = re.compile(f"{_DIGITS}|@")
_KEPT = re.compile(
    r"T-\d{8}-\d+"  # a ticket
    # A date, with a time that may follow it.
    r"|(?<!\d)(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:[12]\d|3[01]|0?[1-9])(?!\d)"
    r"(?:[ T]+\d{1,2}:\d\d)?"
    r"|(?<!\d)\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])"  # a unit with its entrance
    # A unit, but not the beginning of a landline: it has no leading zero, and no last four digits behind it.
    r"|(?<![\d+＋(（-])[1-9]\d?-\d{3,4}(?![\d-])(?![ \u3000]\d{4}(?!\d))"
    r"|(?<![\d.-])(?<!\d )\d{1,7}\.\d\d(?![\d.-])(?! ?\d{3})"  # an amount
)
# Bounded, and begun at the edge of a word: a long text without any mail takes no longer than its length.
_MAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)


def masked_text(text: str) -> str:
    """The text with what is sensitive masked, and all else as it was typed."""
    if _PERHAPS.search(text) is None:  # most are like that, and lists mask every row they show
        return text
    shown, at = [], 0
    for kept in _KEPT.finditer(text):
        shown += [_masked(text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*shown, _masked(text[at:])])


def holds_masked(text: str) -> bool:
    """Whether a text is shown with something masked."""
    return masked_text(text) != text


def _masked(text: str) -> str:
    return _NUMBER.sub(_number, _MAIL.sub(MASK, text) if "@" in text else text)


def _number(found: re.Match[str]) -> str:
    digits = "".join(
        str(unicodedata.decimal(character)) for character in found[0] if character.isdecimal()
    )
    if len(digits) > _LONGEST or found[0][-1] in "xXＸ":
        return MASK
    return mask_phone(digits)
