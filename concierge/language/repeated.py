"""Why a complaint is a repeated matter, in words."""

from __future__ import annotations

from typing import Any

from concierge.language.translator import Language, later

_WHY = {
    "household": later("complaint {count} of this household about this in {days} days"),
    "building": later("{count} households of this building complain of this in {days} days"),
    "unsolved": later("unsolved for {count} days"),
}
_OFFERS = {
    "household": later("Complaint {count} of this household about this in {days} days: "
                       "{key} makes it major"),
    "building": later("{count} households of this building complain of this in {days} days: "
                      "{key} makes it major"),
}  # fmt: skip
_TAKEN = {
    "household": later("Major, complaint {count} of this household about this in {days} days: "
                       "{key} undoes"),
    "building": later("Major, {count} households of this building complain of this in {days} days: "
                      "{key} undoes"),
}  # fmt: skip


def why_major(t: Language, kind: str, *, count: int, days: int) -> str:
    """The reason as part of a sentence: how often, of how many, or for how long."""
    return t(_WHY[kind], count=count, days=days)


def reason_said(t: Language, reason: dict[str, Any]) -> str:
    """The same of a reason as the log keeps it."""
    return why_major(t, reason["kind"], count=reason["count"], days=reason["days"])


def offer_sentence(t: Language, kind: str, *, count: int, days: int, key: str, taken: bool) -> str:
    """What the desk is offered at intake; ``taken`` once the matter is to be saved as major."""
    return t((_TAKEN if taken else _OFFERS)[kind], count=count, days=days, key=key)
