"""One of several programs at one store that may be killed at any moment: it sweeps, or it closes and reopens.

All of them share a sheet of whole numbers: the instant by which they all live, and a place for each in which
it says whether it is inside a write transaction and how often it went round, and is told after how many
statements of such transactions to kill itself.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import random
import signal
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event

from concierge.bootstrap import open_desk
from concierge.domain.refusal import Refusal
from concierge.services import agreeing, changes, escalating, progress, reopening
from concierge.services.desk import Desk
from concierge.services.intake import Intake, add_ticket
from concierge.services.sweep import sweep
from concierge.store.engine import Store
from concierge.store.problem import StoreProblem

CATEGORIES = ("neighbour", "neighbour", "fees", "taxi", "public-repair", "other-complaint",
              "fees-on-site", "emergency")  # fmt: skip
UNITS = ("3-1201", "3-1301", "1-0803", None)
WHO = ("Chen", "Sun", "Zhou")
DUE = "SELECT number FROM ticket WHERE id IN (SELECT ticket_id FROM clock WHERE next_at <= {now})"
OPEN = "SELECT number FROM ticket WHERE state = 'open' ORDER BY id"
SHUT = "SELECT number FROM ticket WHERE state <> 'open' ORDER BY id"
NOW, STOP, PLACES = 0, 1, 2
INSIDE, ROUNDS, FUSE, WIDTH = 0, 1, 2, 3


class Sheet:
    """Whole numbers that all programs see at once; it is also the clock of each of them."""

    def __init__(self, programs: int) -> None:
        self._map = mmap.mmap(-1, 8 * (PLACES + WIDTH * programs))
        self._read = 0

    def __getitem__(self, nth: int) -> int:
        return int(struct.unpack_from("q", self._map, 8 * nth)[0])

    def __setitem__(self, nth: int, value: int) -> None:
        struct.pack_into("q", self._map, 8 * nth, value)

    def now(self) -> int:
        """The instant it is for everybody."""
        self._read = self[NOW]
        return self._read

    def boot(self) -> float:
        """The same count: the wall clock of nobody leaps, whatever passes between two readings."""
        return float(self._read or self[NOW])


def place(nth: int, what: int) -> int:
    """Where a program's number stands."""
    return PLACES + WIDTH * nth + what


def die() -> None:
    """As if the power went out."""
    if sys.platform != "win32":
        os.kill(os.getpid(), signal.SIGKILL)


def watch(store: Store, sheet: Sheet, nth: int) -> None:
    """Say on the sheet when a write transaction is open, and burn the fuse with each of its statements."""

    def burn() -> None:
        sheet[place(nth, FUSE)] -= 1
        if sheet[place(nth, FUSE)] == 0:
            die()

    def before(conn: Any, _cursor: Any, sql: str, _values: Any, _context: Any, _many: Any) -> None:
        # Whoever still waits for its turn to begin is not inside.
        if conn.get_execution_options().get("concierge_write") and not sql.startswith("BEGIN"):
            sheet[place(nth, INSIDE)] = 1
            burn()

    def commit(conn: Any) -> None:
        if sheet[place(nth, INSIDE)]:
            burn()  # all is written, and nothing of it counts

    def out(*_: Any) -> None:
        sheet[place(nth, INSIDE)] = 0

    event.listen(store.engine, "before_cursor_execute", before)
    event.listen(store.engine, "commit", commit)
    event.listen(store.engine, "rollback", out)
    event.listen(store.engine.pool, "checkin", out)


def some(desk: Desk, dice: random.Random, sql: str) -> str | None:
    """One of the tickets that a question finds."""
    with desk.store.glancing() as ask:
        found = [row[0] for row in ask(sql, {})]
    return dice.choice(found) if found else None


def act(desk: Desk, dice: random.Random) -> None:
    """One thing done at the desk, by preference to a ticket of which a rung is just due."""
    now, actor = desk.clock.now(), dice.choice(WHO)
    roll = dice.random()
    if roll < 0.12:
        intake = Intake(dice.choice(CATEGORIES), "x", unit=dice.choice(UNITS), channel="phone")
        add_ticket(desk, intake=intake, actor=actor)
        return
    if roll < 0.3 and (number := some(desk, dice, SHUT)):
        reopening.reopen(desk, number=number, reason="again", actor=actor)
        return
    due = DUE.format(now=now)
    number = (some(desk, dice, due) if roll < 0.75 else None) or some(desk, dice, OPEN)
    if number is None:
        return
    do(desk, dice, number, actor)


def do(desk: Desk, dice: random.Random, number: str, actor: str) -> None:
    """Close an open ticket, or do something else to it."""
    what = dice.choices(
        ["resolve", "answer", "attend", "cancel", "escalate", "sign", "agree", "major", "note"],
        [20, 8, 8, 4, 6, 12, 4, 3, 6],
    )[0]
    if what in {"resolve", "answer", "attend"}:
        progress.record(desk, action=what, number=number, actor=actor)
    elif what == "cancel":
        changes.cancel(desk, number=number, reason="x", actor=actor)
    elif what == "escalate":
        escalating.escalate(desk, number=number, reason="loud", actor=actor)
    elif what == "sign":
        who = dice.choice(("Zhou", "Lin", "Gao"))
        escalating.acknowledge(desk, number=number, actor=who)
    elif what == "agree":
        when = desk.clock.now() + dice.randrange(600, 40_000)
        agreeing.agree(
            desk, number=number, agreed_at=when, agreed_with="W", actor="Zhou", reason="part"
        )
    elif what == "major":
        changes.change(desk, number=number, grade="major", reason="x", actor=actor)
    else:
        progress.note(desk, number=number, text="x", actor=actor)


@contextlib.contextmanager
def turn() -> Iterator[None]:
    """What the desk refuses, or cannot do because seven others write, is tried in the next turn."""
    try:
        yield
    except Refusal:
        return
    except StoreProblem as problem:
        if problem.code != "locked":
            raise


def live(home: Path, sheet: Sheet, nth: int, seed: int, *, closes: bool) -> None:
    """Open a desk of one's own and work there until killed, told to stop, or left alone."""
    dice = random.Random(seed)
    opened = open_desk(home, name=f"{'closer' if closes else 'sweeper'}-{nth}", environ={}).desk
    desk = replace(opened, clock=sheet)
    watch(desk.store, sheet, nth)
    parent = os.getppid()
    while not sheet[STOP] and os.getppid() == parent:
        with turn():
            if closes:
                act(desk, dice)
            else:
                sweep(desk)
        sheet[place(nth, ROUNDS)] += 1
        time.sleep(dice.random() * (0.008 if closes else 0.004))  # the other programs want a turn
    desk.store.close()
