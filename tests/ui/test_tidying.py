"""Everything is looked through when nobody types, and not before."""

from __future__ import annotations

import gc
from pathlib import Path

from concierge.ui.tidying import EVERY, NEVER, QUIET, Tidying, settle_memory
from tests.ui.at_the_phone import ringing
from tests.ui.set_clock import stopped


def looks(seconds: int, *, typing: int = 0) -> list[int]:
    """The seconds in which it looks, somebody typing for so many of them."""
    found: list[int] = []
    passed = 0
    tidying = Tidying(lambda: found.append(passed))
    for passed in range(1, seconds + 1):
        if passed <= typing:
            tidying.touched()
        tidying.second()
    return found


def test_once_a_minute_while_it_is_quiet() -> None:
    assert looks(3 * EVERY) == [EVERY, 2 * EVERY, 3 * EVERY]


def test_whoever_types_is_waited_for() -> None:
    assert looks(4 * EVERY - 1, typing=2 * EVERY) == [
        2 * EVERY + QUIET - 1,
        3 * EVERY + QUIET - 1,
    ]


def test_python_looks_through_everything_no_more_by_itself() -> None:
    before = gc.get_threshold()
    try:
        settle_memory()
        assert gc.isenabled()
        assert gc.get_threshold()[2] == NEVER
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


async def test_the_desk_s_seconds_and_keys_are_what_is_counted(tmp_path: Path) -> None:
    front, _ = stopped(tmp_path / "home")
    found: list[str] = []
    async with ringing(front) as phone:
        phone.app.tidying = Tidying(lambda: found.append("looked"))
        for _ in range(EVERY - 1):
            phone.app.ticker.tick()
        await phone.press("down")
        phone.app.ticker.tick()
        assert found == []
        for _ in range(QUIET):
            phone.app.ticker.tick()
        assert found == ["looked"]
    front.close()
