"""The desk on a big store against a bare Textual hello and a bare Input, in a terminal of the same run.

``python tests/benchmarks/bench_desk.py [SMALL BIG]``: folders made by ``big_store.py`` (40 and 2 000 open
tickets; made
now if not given). Prints first frame, rows, key to echo in the intake, idle, and the longest callbacks on
the UI thread,
each as a ratio to its floor. Linux only.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
from asyncio import events
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

assert sys.platform != "win32", "pseudo-terminals are not on Windows"

from tests.benchmarks.bench_board import HELLO, Program  # noqa: E402 after the word on Windows

RUNS = 9
STROKES = 300
INPUT = """
from textual.app import App
from textual.widgets import Input
class Bare(App):
    def compose(self):
        yield Input(placeholder="input ready")
Bare().run()
"""
DESK = """
import os, sys
from concierge.terminal import run
from pathlib import Path
run(Path({home!r}), desk=None, language="en", environ={{}})
"""
F2 = b"\x1bOQ"


def echo(code: str, ready: str, into: bytes, shows: str | None) -> list[float]:
    """Seconds from each key to its character on the screen."""
    program = Program(code)
    try:
        program.shows(ready)
        program.idle(0.5)
        if shows is not None:
            program.press(into, shows)
            program.idle(0.5)
        return sorted(
            program.echo("abcdefghijklmnopqrstuvwxyz"[nth % 26]) for nth in range(STROKES)
        )
    finally:
        program.end()


def idle(code: str, ready: str) -> float:
    """The share of a core used while nothing is pressed, the middle of three."""
    shares = []
    for _ in range(3):
        program = Program(code)
        try:
            program.shows(ready)
            shares.append(program.idle(8.0))
        finally:
            program.end()
    return statistics.median(shares)


def opening(cases: dict[str, tuple[str, str]]) -> dict[str, float]:
    """Seconds to each case's words, runs interleaved."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(RUNS):
        for name, (code, words) in cases.items():
            program = Program(code)
            try:
                times[name].append(program.shows(words))
            finally:
                program.end()
    return {name: statistics.median(each) for name, each in times.items()}


class Watch:
    """Notes how long each callback of the event loop takes."""

    def __init__(self) -> None:
        self.slow: list[tuple[float, str]] = []
        self.on = False
        self._run: Callable[[events.Handle], None] = events.Handle._run

    def start(self) -> None:
        """Put a stopwatch around every callback."""
        plain = self._run

        def run(handle: events.Handle) -> None:
            began = perf_counter()
            what = repr(handle) if self.on else ""
            plain(handle)
            took = perf_counter() - began
            if self.on:
                self.slow.append((took, what))

        setattr(events.Handle, "_run", run)  # noqa: B010 the type of a method is not a function's


async def callbacks(home: Path) -> list[tuple[float, str]]:
    """A stretch of work at the desk, headless; the callbacks from the slowest down."""
    from concierge.front import Front
    from concierge.ui.app import DeskApp

    watch = Watch()
    watch.start()
    app = DeskApp(lambda: Front(home, name=None, environ={}), language="en", acting="Chen Li")
    async with app.run_test(size=(120, 36)) as pilot:
        while app.board is None:
            await pilot.pause(0.05)
        await pilot.pause(1.0)
        watch.on = True
        for keys in (["down"] * 30, ["pagedown"] * 10, ["f2"], list("3-1201"), ["enter"], list("noise at noon"),
                     ["tab"], list("9"), ["ctrl+s"], ["f3"], list("wang"), ["escape"], ["enter"], ["escape"],
                     ["f4"], ["escape"], ["ctrl+b"], ["ctrl+b"]):  # fmt: skip
            await pilot.press(*keys)
            await pilot.pause(0.4)
        await pilot.pause(3.0)
        watch.on = False
    return sorted(watch.slow, reverse=True)


def main() -> None:
    """Measure and print."""
    from tests.benchmarks.big_store import build

    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) > 2:
            small, big = Path(sys.argv[1]), Path(sys.argv[2])
        else:
            small, big = Path(folder) / "small", Path(folder) / "big"
            build(small, open_tickets=40, closed=9_960, households=50_000)
            build(big, open_tickets=2_000, closed=8_000, households=50_000)
        few, many = DESK.format(home=str(small)), DESK.format(home=str(big))
        times = opening({"hello": (HELLO, "hello ready"), "first frame": (many, "F2"),
                         "rows, 40 open": (few, "T-2026"), "rows, 2 000 open": (many, "T-2026")})  # fmt: skip
        for name, seconds in times.items():
            print(f"{name}: {seconds * 1000:.0f} ms, {seconds / times['hello']:.2f} of hello")
        shares = {"hello": idle(HELLO, "hello ready"), "40 open": idle(few, "T-2026"),
                  "2 000 open": idle(many, "T-2026")}  # fmt: skip
        for name, share in shares.items():
            print(f"idle, {name}: {share:.2%} of a core, {share / shares['hello']:.2f} of hello")
        bare = echo(INPUT, "input ready", b"", None)
        ours = echo(many, "T-2026", F2, "Words")
        for name, at in (("p50", STROKES // 2), ("p99", STROKES * 99 // 100)):
            print(
                f"key to echo {name}: {ours[at] * 1000:.1f} ms, {ours[at] / bare[at]:.2f} of an Input"
            )
        slow = asyncio.run(callbacks(big))
        print(
            f"{len(slow)} callbacks, {sum(took > 0.016 for took, _ in slow)} over 16 ms; the slowest:"
        )
        for took, what in slow[:8]:
            print(f"  {took * 1000:.1f} ms {what[:110]}")


if __name__ == "__main__":
    os.environ.pop("CONCIERGE_NOW", None)
    main()
