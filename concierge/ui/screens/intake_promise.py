"""Asks for the promise whenever what it rests on changes: category, received time, time wanted."""

from __future__ import annotations

from functools import partial
from typing import Any

from concierge.domain.policy import Category
from concierge.services.views import ClockView
from concierge.ui.failures import failure_sentence
from concierge.ui.widgets.promise_line import PromiseLine


class Promising:
    """Keeps the promise line in step with the form."""

    def __init__(self, screen: Any) -> None:  # the screen imports this module
        self._screen = screen
        self._asked: tuple[str | None, int, int | None] | None = None

    def ask(self, category: Category | None, received_at: int, wanted_at: int | None) -> None:
        """Read the clocks that would run, unless nothing they rest on changed."""
        asked = (category.code if category else None, received_at, wanted_at)
        if asked == self._asked:
            return
        self._asked = asked
        if category is None:
            self._line.clear()
            return
        code = category.code
        self._screen.gateway.read(
            "promise",
            lambda desk: desk.promised(category=code, received_at=received_at, agreed_at=wanted_at),
            partial(self._promised, asked, category.kind),
            owner=self._screen,
            failed=partial(self._refused, asked),
        )

    @property
    def _line(self) -> PromiseLine:
        line: PromiseLine = self._screen.query_one(PromiseLine)
        return line

    def _promised(self, asked: object, kind: str, clocks: tuple[ClockView, ...]) -> None:
        if asked == self._asked:
            self._line.promise(kind, clocks, self._screen.zone, self._screen.now)

    def _refused(self, asked: object, error: Exception) -> None:
        zone, now = self._screen.zone, self._screen.now
        if asked == self._asked:
            self._line.refuse(lambda t: failure_sentence(error, t, zone=zone, now=now))
