"""Do things to a handover as soon as told to, and perhaps die in the middle of one.

After "ready" and a line of standard input it does each act and says what came of it: "ok" or the refusal's
code. With a fuse it kills itself before so many statements of its write transactions are through; before it
counts them, for 0. Run as: taker.py HOME INSTANT ACTOR FUSE ACT..., an act being rest=N, sign or a number.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import event

from concierge.bootstrap import open_desk
from concierge.clock import FixedClock
from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.handover_acts import acknowledge_matter, acknowledge_rest
from concierge.services.handover_signing import sign_handover

assert sys.platform != "win32", "there is no SIGKILL"


class Fuse:
    """Counts statements, and kills before the one that is too many; the commit is one as well."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.burnt = 0

    def burn(self, *_: object) -> None:
        """One more."""
        self.burnt += 1
        if self.burnt == self.length:
            os.kill(os.getpid(), signal.SIGKILL)


def do(desk: Desk, actor: str, act: str) -> str:
    """One act, and what came of it."""
    try:
        if act == "sign":
            sign_handover(desk, actor=actor)
        elif act.startswith("rest="):
            acknowledge_rest(desk, count=int(act.partition("=")[2]), actor=actor)
        else:
            acknowledge_matter(desk, number=act, actor=actor)
    except Refusal as refusal:
        return refusal.code
    return "ok"


def main() -> None:
    """Wait for the word, then act."""
    home, at, actor, length, *acts = sys.argv[1:]
    opened = open_desk(Path(home), name=None, environ={}).desk
    desk = Desk(opened.store, FixedClock(int(at)), opened.rules, opened.name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    fuse = Fuse(int(length))
    event.listen(opened.store.engine, "before_cursor_execute", fuse.burn)
    event.listen(opened.store.engine, "commit", fuse.burn)
    for act in acts:
        sys.stdout.write(f"{do(desk, actor, act)}\n")
    sys.stdout.write(f"{fuse.burnt}\n")


if __name__ == "__main__":
    main()
