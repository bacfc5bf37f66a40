"""Finding a category by the code that was typed."""

from __future__ import annotations

from concierge.domain.nearness import nearest_first
from concierge.domain.policy import Category, Policy
from concierge.domain.refusal import Refusal


def find_category(policy: Policy, code: str) -> Category:
    """The category of that code.

    Raises:
        Refusal: ``category.unknown`` with the codes there are, those most like it first.
    """
    if code not in policy.categories:
        codes = nearest_first(code, policy.categories)
        raise Refusal("category.unknown", category=code, codes=", ".join(codes))
    return policy.categories[code]
