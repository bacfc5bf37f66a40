"""The first look reads the same board as the open desk does, or leaves it to the proper opening."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.services.board import board
from concierge.services.first_look import first_look
from concierge.services.shifts import start_shift
from concierge.settings import shipped_calendars
from concierge.store.engine import FILE_NAME
from tests.services.world import World


def test_the_first_look_is_what_the_desk_will_show(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("neighbour", unit="3-1201")
    world.add("staff-conduct", about="Sun")
    now = world.go("14:30")
    world.sweep()
    seen = first_look(world.home / FILE_NAME, desk="lobby", now=now)
    assert seen is not None
    assert seen.board == board(world.desk)
    assert seen.board.alarms
    assert seen.categories == tuple(world.desk.rules.policy.categories.values())
    assert (seen.zone, seen.now) == (world.desk.rules.calendar.zone, now)


def test_a_calendar_file_s_own_zone_wins_at_the_first_look_too(world: World) -> None:
    world.adopt(
        calendars=(*shipped_calendars(), {"timezone": "Asia/Urumqi", "verified_through": 2026})
    )
    seen = first_look(world.home / FILE_NAME, desk="lobby", now=0)
    assert seen is not None
    assert seen.zone == world.desk.rules.calendar.zone
    assert seen.zone.key == "Asia/Urumqi"


@pytest.mark.parametrize("content", [None, b"", b"no store at all"])
def test_what_takes_more_than_reading_is_left_to_the_proper_opening(
    home: Path, content: bytes | None
) -> None:
    if content is not None:
        (home / FILE_NAME).write_bytes(content)
    assert first_look(home / FILE_NAME, desk="lobby", now=0) is None


def test_a_store_of_another_version_is_left_to_the_proper_opening(world: World) -> None:
    world.rows("update alembic_version set version_num = 'older'")
    assert first_look(world.home / FILE_NAME, desk="lobby", now=0) is None
