"""A handover in a real terminal, killed as by a power cut: what was acknowledged and signed still stands."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from concierge.bootstrap import found_property, open_desk
from concierge.services.desk import Desk
from concierge.services.handover import handover
from concierge.services.intake import Intake, add_ticket
from concierge.services.shifts import current_shift, start_shift
from concierge.services.staffing import NewStaff
from concierge.services.verify import verify
from tests.terminal import Terminal, terminal

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="pseudo-terminals are not on Windows"
)
ROOT = Path(__file__).resolve().parent.parent
AGAIN = 5.0
"""Seconds after which a key that did nothing is pressed again."""
LINE = "\n "  # what is left stands in a line of its own
MATTERS = ("Lift 2", "Lift 3")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Chen is on shift with two major matters and one that can wait; Sun is the other concierge."""
    folder = tmp_path / "property"
    staff = [NewStaff("Chen", "concierge"), NewStaff("Sun", "concierge")]
    desk = found_property(folder, name="Cloud Garden", language="en", staff=staff, environ={})
    start_shift(desk, actor="Chen")
    for place in MATTERS:
        intake = Intake(category="emergency", place=place, words="stuck")
        add_ticket(desk, intake=intake, actor="Chen")
    add_ticket(
        desk, intake=Intake(category="public-repair", place="Yard", words="lamp"), actor="Chen"
    )
    desk.store.close()
    return folder


def opened(home: Path) -> Desk:
    return open_desk(home, name=None, environ={}).desk


def enter(running: Terminal, words: str) -> None:
    """Press Enter until the screen shows some words: while an answer is written down it is not taken."""
    pressed = 0.0

    def shown(text: str) -> bool:
        nonlocal pressed
        if words not in text and time.monotonic() - pressed > AGAIN:
            running.press("enter")
            pressed = time.monotonic()
        return words in text

    running.until(f"the screen shows {words!r}", shown)


def at_handover(running: Terminal) -> None:
    """Open the handover from the board, as whoever sits at the desk does."""
    running.shows("F2 new")
    running.press("9")
    running.shows("Chen hands over")


def test_what_was_taken_note_of_counted_and_signed_outlives_three_power_cuts(home: Path) -> None:
    command = [sys.executable, "-m", "concierge", "--lang", "en"]
    environ = os.environ | {"PYTHONPATH": str(ROOT), "CONCIERGE_HOME": str(home)}
    things = len(handover(opened(home)).counts)
    with terminal(command, environ=environ, columns=110, rows=34) as desk:
        at_handover(desk)
        desk.shows("Who takes over?")
        desk.press("1")
        desk.shows("2 to acknowledge, 1 other together")
        enter(desk, "1 to acknowledge, 1 other together")
        desk.kill()
    seen = handover(opened(home))
    assert (seen.incoming, len(seen.left), seen.group_left) == ("Sun", 1, 1)

    with terminal(command, environ=environ, columns=110, rows=34) as desk:
        at_handover(desk)
        desk.shows("1 to acknowledge, 1 other together")
        enter(desk, f"{LINE}1 other together, {things} to count")
        enter(desk, "Enter take over this 1")
        enter(desk, f"{LINE}{things} to count, then both sign")
        for left in range(things, 0, -1):
            desk.shows(f"{LINE}{left} to count, then both sign")
            desk.press("7")
            desk.shows("Enter take  ")
            desk.press("enter")
        desk.shows("only the signature is missing: Chen, Sun")
        desk.kill()
    seen = handover(opened(home))
    assert (seen.left, seen.group_left, seen.ready) == ((), 0, True)
    assert [count.counted for count in seen.counts] == [7] * things

    with terminal(command, environ=environ, columns=110, rows=34) as desk:
        at_handover(desk)
        desk.press("ctrl+s")
        desk.shows("Who signs?")
        desk.press("1")
        desk.shows("only the signature is missing: Sun")
        desk.kill()
    with terminal(command, environ=environ, columns=110, rows=34) as desk:
        at_handover(desk)
        desk.press("ctrl+s")
        desk.shows("Who signs?")
        desk.press("1")
        desk.shows("Sun is on shift now")
        desk.kill()
    after = opened(home)
    shift = current_shift(after)
    assert shift is not None
    assert shift.staff == "Sun"
    assert verify(after).ok
