"""A limit as people say it: "15 minutes", "3 working days"."""

from __future__ import annotations

from concierge.domain.limit import Limit, Unit
from concierge.domain.refusal import Refusal
from concierge.language.translator import Language


def limit_text(t: Language, limit: str) -> str:
    """The limit of a clock, stored as ``3 working days``; one that cannot be read is shown as it is."""
    try:
        read = Limit.parse(limit)
    except Refusal:
        return limit
    n = read.amount
    if read.unit is Unit.MINUTES:
        return t.plural("{n} minute", "{n} minutes", n)
    if read.unit is Unit.HOURS:
        return t.plural("{n} hour", "{n} hours", n)
    if read.unit is Unit.DAYS:
        return t.plural("{n} day", "{n} days", n)
    if read.unit is Unit.WORKING_DAYS:
        return t.plural("{n} working day", "{n} working days", n)
    return t.plural("{n} business minute", "{n} business minutes", n)
