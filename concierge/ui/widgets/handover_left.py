"""What is left to do before a handover is signed, in words that count."""

from __future__ import annotations

from concierge.language.translator import Language
from concierge.services.handover_views import HandoverView
from concierge.ui.format import one_line


def left_words(view: HandoverView, t: Language) -> str:
    """As "3 to acknowledge, 7 others together, 2 to count, then both sign"; or who still signs."""
    singly, group, count = len(view.left), view.group_left, len(view.uncounted)
    parts = []
    if singly:
        parts.append(t.plural("{n} to acknowledge", "{n} to acknowledge", singly))
    if group:
        parts.append(t.plural("{n} other together", "{n} others together", group))
    if count:
        parts.append(t.plural("{n} to count", "{n} to count", count))
    if parts:
        said = t(", ").join(parts)
        if view.absent is not None:
            return t("{parts}, then one signs", parts=said)
        return t("{parts}, then both sign", parts=said)
    names = t(", ").join(one_line(name) for name in unsigned_names(view))
    return t("only the signature is missing: {names}", names=names)


def unsigned_names(view: HandoverView) -> tuple[str, ...]:
    """Who still has to sign, whoever goes first."""
    names = []
    if view.absent is None and view.outgoing_signed is None:
        names.append(view.outgoing)
    if view.incoming is not None and view.incoming_signed is None:
        names.append(view.incoming)
    return tuple(names)
