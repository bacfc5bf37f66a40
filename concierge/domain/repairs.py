"""Which matters are repairs, whose share done in time (维修及时率) a property has to show."""

from __future__ import annotations

_PREFIXES = ("public-",)
_PART = "repair"


def is_repair(category: str) -> bool:
    """Whether a category is one of repairs: of shared parts (``public-``), or with "repair" in its code.

    A property that adds a category of its own names it likewise, such as ``pool-repair``.
    """
    return category.startswith(_PREFIXES) or _PART in category.split("-")
