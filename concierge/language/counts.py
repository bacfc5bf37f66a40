"""What was short at earlier counts, as the desk and the command line say it."""

from __future__ import annotations

from concierge.language.translator import Language
from concierge.services.handover_views import CountBefore


def told_before(before: CountBefore, *, word: str, when: str, t: Language) -> str:
    """The last count that is not the policy's, or how many there were before a shortage.

    Args:
        before: What was counted.
        word: What was said of it, as the reader may see it; may be empty.
        when: The instant of that count for the reader.
        t: The reader's language.
    """
    if before.last:
        said = t("last counted {n}", n=before.counted)
    else:
        said = t("{n} until {time}", n=before.expected, time=when)
    return t("{name}: {value}", name=said, value=word) if word else said
