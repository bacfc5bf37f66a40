"""What is said of finding households when something is amiss with it."""

from __future__ import annotations

from concierge.language.translator import later

OLD_KEYS = later(
    "Some households may not be found: the store was written by an older version and cannot be written now. "
    "Open it once where it can be."
)
