"""A view as it is shown while nobody asked to see what is sensitive in it: the words that people typed, masked.

What a view holds as a phone of its own is no typed text, and comes masked or whole from whoever made the view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from concierge.domain.masking import masked_text

View = TypeVar("View")

TYPED = frozenset({
    "absent", "after", "against", "agreed_with", "background", "before", "by", "caller", "consent",
    "employer", "given_by", "late_reason", "note", "notes", "occupation", "parking", "personal",
    "place", "reason", "relation", "review", "salutation", "scope", "text", "unit", "whom", "word",
    "words",
})  # fmt: skip
"""Fields of views in which people type what they like; a mapping under such a name is typed throughout."""


def masked(view: View) -> View:
    """The view with phones and the like masked in every typed text.

    Args:
        view: a frozen view, or a tuple of such.

    Returns:
        The very same view where there is nothing to mask in it, so that ``masked(view) is view`` tells.
    """
    shown: View = _masked(view, typed=False)
    return shown


def hides(view: object) -> bool:
    """Whether a view is shown with something masked in its typed texts."""
    return masked(view) is not view


def _masked(value: Any, *, typed: bool) -> Any:
    if isinstance(value, str):
        return masked_text(value) if typed else value
    if isinstance(value, tuple | list):
        parts = [_masked(each, typed=typed) for each in value]
        return value if _same(parts, value) else type(value)(parts)
    if isinstance(value, Mapping):
        if not typed:
            return value
        pairs = {key: _masked(each, typed=True) for key, each in value.items()}
        return value if _same(pairs.values(), value.values()) else pairs
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for name, by_people in _parts(type(value)):
            held = getattr(value, name)
            shown = _masked(held, typed=by_people)
            # A text without anything to mask comes back as another string that says the same.
            if shown is not held and shown != held:
                changed[name] = shown
        return replace(value, **changed) if changed else value
    return value


def _same(shown: Any, held: Any) -> bool:
    return all(one is other or one == other for one, other in zip(shown, held, strict=True))


@cache
def _parts(kind: type[Any]) -> tuple[tuple[str, bool], ...]:
    """A view's fields, and whether people typed what stands in each."""
    return tuple((part.name, part.name in TYPED) for part in fields(kind))
