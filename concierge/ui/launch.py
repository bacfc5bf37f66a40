"""Opens the desk so that the first frame stands before anything else is imported or read."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concierge.services.first_look import FirstLook
    from concierge.ui.port import DeskPort

TURN = 0.0005  # seconds of Python before a thread gives way: the keys wait for no background work
FRAMES = "1000"  # results otherwise wait two ticks of a 1/60 s timer; idle cost does not rise


def run_desk(
    make_desk: Callable[[], DeskPort],
    *,
    peek: Callable[[], FirstLook | None] | None = None,
    language: str | None = None,
    acting: str | None = None,
) -> Exception | None:
    """Run the desk until it is left.

    Args:
        make_desk: Opens the store; runs in a thread after the first frame, and imports there what
            it needs.
        peek: Reads the board without opening the store, for the first rows.
        language: "zh" or "en"; None takes the desk's own.
        acting: Who works here, by name; None takes who is on shift.

    Returns:
        What kept the store from opening, else None.
    """
    # Read by Textual when it is imported, and not before.
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    sys.setswitchinterval(TURN)
    # Imports make much and drop nothing: collecting meanwhile is time lost before the first frame
    # and the rows.
    gc.disable()
    from concierge.ui.app import DeskApp

    def loaded() -> None:
        from concierge.ui.tidying import Tidying, settle_memory

        settle_memory()
        app.tidying = Tidying()

    app = DeskApp(make_desk, peek=peek, language=language, acting=acting, on_loaded=loaded)
    try:
        app.run()
    finally:
        gc.enable()
    return app.problem
