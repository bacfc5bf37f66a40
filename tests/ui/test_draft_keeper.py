"""A draft is written for a form that waits, never after one that was saved."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from concierge.ui.screens.draft_keeper import DraftKeeper


def test_a_change_that_is_heard_of_while_the_form_is_saved_leaves_no_draft_behind() -> None:
    written: list[str] = []

    class Form:
        """What the keeper sees of the screen."""

        fields: Any = None

        def set_timer(self, _wait: float, then: Callable[[], None]) -> Any:
            return SimpleNamespace(stop=lambda: None, then=then)

        def write(self, _call: object) -> None:
            written.append("draft")

    form = Form()
    form.fields = SimpleNamespace(received=SimpleNamespace(at=1), form=lambda: {"words": "x"})
    keeper = DraftKeeper(form)
    keeper.touch()
    keeper.hold()
    keeper.touch()
    keeper.flush()
    assert written == []
    keeper.go_on()
    keeper.flush()
    assert written == ["draft"]
