"""Asks whether the matter comes again whenever what that rests on changes: category, unit, received time."""

from __future__ import annotations

from functools import partial
from typing import Any

from concierge.domain.policy import Category
from concierge.services.news_views import RepeatView
from concierge.ui.widgets.unit_choice import UnitChoice


class Repeating:
    """Keeps the offer in step with the form; until the answer is here nothing is offered."""

    def __init__(self, screen: Any) -> None:  # the screen imports this module
        self._screen = screen
        self._asked: tuple[str, str, int] | None = None

    def ask(self, category: Category | None, choice: UnitChoice | None, received_at: int) -> None:
        """Look for earlier complaints, unless nothing that counts changed."""
        unit = choice.unit if choice is not None else None
        asked = None
        if category is not None and category.kind == "complaint" and unit is not None:
            asked = (category.code, unit, received_at)
        if asked == self._asked:
            return
        self._asked = asked
        self._offer(asked, ())
        if asked is None:
            return
        code, where, at = asked
        self._screen.read(
            "repeats",
            lambda desk: desk.repeats(category=code, unit=where, received_at=at),
            partial(self._offer, asked),
        )

    def _offer(self, asked: object, found: tuple[RepeatView, ...]) -> None:
        if asked == self._asked:
            self._screen.repeats.offer(found)
            self._screen.refresh_offers()
