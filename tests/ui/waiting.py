"""Waiting for something that can be named, never for a time."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot


async def until(pilot: Pilot[int], holds: Callable[[], bool], what: str) -> None:
    """Let the app work until ``holds``; fail saying ``what`` never came."""
    for _ in range(400):
        if holds():
            return
        await pilot.pause(0.005)
    raise AssertionError(f"never: {what}")
