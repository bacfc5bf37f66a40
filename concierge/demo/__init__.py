"""The made-up property of ``concierge demo``: a real store, filled by the same use cases as any other."""

from __future__ import annotations

from pathlib import Path

from concierge.clock import Clock
from concierge.demo.day import Day
from concierge.paths import data_folder
from concierge.settings import read_toml


def build_demo(home: Path, *, language: str | None, clock: Clock) -> None:
    """Fill a new store in ``home`` with a made-up property in the middle of a working day.

    Args:
        home: The folder of the store, which must not have one.
        language: zh or en; the day's words and the staff's names are in it.
        clock: Tells what time it is when the desk opens.
    """
    told = read_toml(data_folder() / "demo" / "day.toml", what="policy")
    Day(home, told, language or "zh", clock.now()).build()
