"""What is open at a desk where nobody is on duty, in a sentence that counts and names it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from concierge.language.translator import Language
from concierge.services.handover_views import ElsewhereView

NAMED = 3
"""Matters that a sentence names; the handover lists all."""


def by_desk(matters: Iterable[ElsewhereView]) -> dict[str, list[ElsewhereView]]:
    """The matters of each desk in their order; the desk with what is due first comes first."""
    found: dict[str, list[ElsewhereView]] = {}
    for each in matters:
        found.setdefault(each.desk, []).append(each)
    return found


def unattended(
    desk: str, matters: Sequence[ElsewhereView], when: Callable[[int], str], t: Language
) -> str:
    """As "2 open at gate2, where nobody is on duty: T-20261123-004 due 15:00, T-20261123-007 due 18:00".

    What is about members of staff is counted and not named: everybody at the desk reads it.

    Args:
        desk: The desk's name, on one line.
        matters: What is open there.
        when: An instant as it is written here.
        t: The reader's language.
    """
    n = len(matters)
    told = [each for each in matters if not each.about_staff][:NAMED]
    if not told:
        return t.plural(
            "{n} open at {desk}, where nobody is on duty",
            "{n} open at {desk}, where nobody is on duty",
            n,
            desk=desk,
        )
    named = [t("{number} due {time}", number=each.number, time=when(each.due_at)) for each in told]
    if n > len(told):
        named.append(t("and {n} more", n=n - len(told)))
    return t.plural(
        "{n} open at {desk}, where nobody is on duty: {matters}",
        "{n} open at {desk}, where nobody is on duty: {matters}",
        n,
        desk=desk,
        matters=t(", ").join(named),
    )
