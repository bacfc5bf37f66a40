"""Putting the desk together with its screens, so that the first frame waits for neither store nor rules."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from concierge.ui.launch import run_desk
from concierge.ui.port import DeskPort


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

    problem = run_desk(make_desk, language=language)
    if problem is not None:
        raise problem
    return 0
