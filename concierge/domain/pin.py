"""PINs that staff sign with: which may be chosen, and how one is kept so that the store does not tell it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from itertools import pairwise

from concierge.domain.refusal import Refusal

SHORTEST, LONGEST = 4, 12
TRIES = 5
"""Wrong ones in a row before nobody may try for a while."""
REST = 15 * 60
"""Seconds in which the wrong ones are counted, and for which trying rests."""

# As much work as a lobby's cheap computer does in about a twentieth of a second: a PIN has few digits.
_COST, _BLOCK, _LANES = 2**14, 8, 1
_FORM = "scrypt"


def checked_pin(text: str) -> str:
    """A PIN as it may be chosen: digits in any width, not all the same and not simply counting.

    Raises:
        Refusal: ``pin.bad``.
    """
    digits = "".join(str(int(each)) if each.isdecimal() else each for each in text.strip())
    if not digits.isascii() or not digits.isdecimal() or not SHORTEST <= len(digits) <= LONGEST:
        raise Refusal("pin.bad", least=SHORTEST, most=LONGEST)
    steps = {int(after) - int(before) for before, after in pairwise(digits)}
    if steps in ({0}, {1}, {-1}):
        raise Refusal("pin.easy")
    return digits


def sealed_pin(pin: str) -> str:
    """A PIN as the store keeps it: what it was made with, a salt, and what came out."""
    salt = secrets.token_bytes(16)
    return f"{_FORM}${_COST}${_BLOCK}${_LANES}${salt.hex()}${_work(pin, salt).hex()}"


def is_pin(text: str, sealed: str) -> bool:
    """Whether what was typed is the PIN that was kept; anything unreadable is not."""
    try:
        form, cost, block, lanes, salt, kept = sealed.split("$")
        known = (form, int(cost), int(block), int(lanes)) == (_FORM, _COST, _BLOCK, _LANES)
        made = _work(checked_pin(text), bytes.fromhex(salt)) if known else b""
        return known and hmac.compare_digest(made, bytes.fromhex(kept))
    except (ValueError, Refusal):
        return False


def _work(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES, dklen=32)
