"""Putting the desk together with its screens, so that the first frame waits for neither store nor rules."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.clock import NOW_VARIABLE, SystemClock
from concierge.paths import DEFAULT_DESK, STORE_NAME
from concierge.ui.launch import run_desk
from concierge.ui.port import DeskPort

if TYPE_CHECKING:
    from concierge.services.first_look import FirstLook


def run(home: Path, *, desk: str | None, language: str | None, environ: Mapping[str, str]) -> int:
    """Run the desk in this terminal until it is left.

    Args:
        home: The folder of the store; one without a store is led through the first steps.
        desk: The desk's name, or None for the default one.
        language: "zh" or "en"; None takes the store's.
        environ: The environment.

    Returns:
        The exit code, 0.

    Raises:
        StoreProblem: Why the store could not be opened.
    """

    def make_desk() -> DeskPort:
        from concierge.front import Front

        return Front(home, name=desk, environ=environ)

    def peek() -> FirstLook | None:
        from concierge.services.first_look import first_look

        return first_look(home / STORE_NAME, desk=desk or DEFAULT_DESK, now=SystemClock().now())

    # A rehearsal's own time is known only once its store is open.
    rehearsed = environ.get(NOW_VARIABLE, "").strip()
    problem = run_desk(make_desk, peek=None if rehearsed else peek, language=language)
    if problem is not None:
        raise problem
    return 0
