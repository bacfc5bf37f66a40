"""The desk in a real terminal, killed as by a power cut: what was typed and saved is there afterwards."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from concierge.bootstrap import found_property, open_desk
from concierge.services.drafts import list_drafts
from concierge.services.staffing import NewStaff
from concierge.services.ticket_view import list_tickets
from concierge.services.verify import verify
from tests.terminal import Terminal, terminal

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="pseudo-terminals are not on Windows"
)
ROOT = Path(__file__).resolve().parent.parent
WORDS = "Drilling upstairs over noon"


@pytest.fixture
def property_home(tmp_path: Path) -> Path:
    """A property with one concierge and one supervisor, on the machine's own clock."""
    home = tmp_path / "property"
    staff = [NewStaff("Chen Li", "concierge"), NewStaff("Zhou Min", "supervisor", "13800001234")]
    made = found_property(home, name="Cloud Garden", language="en", staff=staff, environ={})
    made.store.close()
    return home


def desk_command(home: Path) -> tuple[list[str], dict[str, str]]:
    """How the desk is opened, and in which environment."""
    environ = os.environ | {"PYTHONPATH": str(ROOT), "CONCIERGE_HOME": str(home)}
    return [sys.executable, "-m", "concierge"], environ


def once_stored(running: Terminal, what: str, home: Path, fits: Callable[[Path], bool]) -> None:
    """Keep the terminal going until the store fits."""
    running.until(what, lambda _: fits(home))


def drafted(home: Path) -> bool:
    """Whether the words stand in a draft, as another process sees it."""
    desk = open_desk(home, name=None, environ={}).desk
    try:
        return any(WORDS in form for draft in list_drafts(desk) for form in draft.form.values())
    finally:
        desk.store.close()


def test_words_typed_into_a_killed_terminal_are_offered_at_the_next_intake(
    property_home: Path,
) -> None:
    command, environ = desk_command(property_home)
    with terminal(command, environ=environ) as desk:
        desk.shows("F2 new")
        desk.press("f2")
        desk.shows("Words")
        desk.press("tab", WORDS)
        once_stored(desk, "the words are in the store", property_home, drafted)
        desk.kill()
    with terminal(command, environ=environ) as desk:
        desk.shows("F2 new")
        desk.press("f2")
        desk.shows(WORDS[:12])
    opened = open_desk(property_home, name=None, environ={}).desk
    assert verify(opened).ok
    assert list_tickets(opened, state="all") == ()


def test_an_emergency_is_in_the_store_though_the_terminal_dies_right_after_enter(
    property_home: Path,
) -> None:
    command, environ = desk_command(property_home)

    def saved(home: Path) -> bool:
        desk = open_desk(home, name=None, environ={}).desk
        try:
            return len(list_tickets(desk)) == 1
        finally:
            desk.store.close()

    with terminal(command, environ=environ) as desk:
        desk.shows("F2 new")
        desk.press("f8")
        desk.shows("Where")
        desk.press("Lift 2", "enter")
        desk.until(
            "somebody is asked, or it is saved", lambda text: saved(property_home) or "Who" in text
        )
        if not saved(property_home):
            desk.press("1")
        once_stored(desk, "the emergency is in the store", property_home, saved)
        desk.kill()
    opened = open_desk(property_home, name=None, environ={}).desk
    (ticket,) = list_tickets(opened)
    assert (ticket.grade, ticket.place) == ("major", "Lift 2")
    assert [row.to for row in ticket.escalations] == ["supervisor"]
    assert verify(opened).ok
