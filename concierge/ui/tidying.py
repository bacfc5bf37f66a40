"""What is no longer used is looked for while nobody types.

Python looks by itself whenever enough was made, in the middle of whatever runs: with thousands of matters read
that takes a tenth of a second, in which no key is answered. So it only looks through what is new, and through
everything when the desk is quiet.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

QUIET = 10  # seconds without a key after which a pause disturbs nobody
EVERY = 60  # seconds between two looks through everything
NEW, NEWER = 2_000, 4
"""Objects made after which the new ones are looked through, and such looks after which what was left is."""
NEVER = 1_000_000_000


def settle_memory() -> None:
    """What lives now lives to the end; of what comes, only what is new is looked through unasked."""
    gc.freeze()
    gc.set_threshold(NEW, NEWER, NEVER)
    gc.enable()


class Tidying:
    """Looks through everything once a minute, in a second in which nobody has typed for some time.

    Args:
        look: What looks.
    """

    def __init__(self, look: Callable[[], object] = gc.collect) -> None:
        self._look = look
        self._quiet = 0
        self._since = 0

    def touched(self) -> None:
        """Somebody is there: a key, or the mouse."""
        self._quiet = 0

    def second(self) -> None:
        """A second passed."""
        self._quiet += 1
        self._since += 1
        if self._quiet >= QUIET and self._since >= EVERY:
            self._since = 0
            self._look()
