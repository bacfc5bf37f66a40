"""The board against a bare Textual hello, in a terminal: ``python tests/benchmarks/bench_board.py``.

First frame, rows on the board and CPU while nothing is pressed, each as a ratio to the hello measured in
the same run. The desk has no store (``tests/ui/fake_desk.py``): what is measured is the screen. Linux only.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
from pathlib import Path
from time import perf_counter

assert sys.platform != "win32", "pseudo-terminals are not on Windows"

ROOT = Path(__file__).parents[2]
RUNS = 7
IDLE_SECONDS = 8.0

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("hello ready")
Hello().run()
"""
NEVER_OPENS = """
import time
from concierge.ui.launch import run_desk
run_desk(lambda: time.sleep(60), language="en")
"""
BOARD = """
import sys
sys.argv = ["fake_desk", "en", "{rows}"]
from tests.ui.fake_desk import main
main()
"""
TARGETS = {
    "first frame": 1.3,
    "rows, 40": 2.3,
    "rows, 2 000": 2.3,
    "idle, 40": 3.0,
    "idle, 2 000": 3.0,
}


class Program:
    """A program in a pseudo-terminal of 120x36."""

    def __init__(self, code: str) -> None:
        self.started = perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            # Before it starts: a size that is set later may fall between its look and its ear.
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
            os.chdir(ROOT)
            os.environ["TERM"] = "xterm-256color"
            os.execv(sys.executable, [sys.executable, "-c", code])
        self._seen = b""

    def shows(self, words: str) -> float:
        """Seconds from the start until the words were written."""
        while words.encode() not in self._seen:
            self.read(20.0)
        return perf_counter() - self.started

    def read(self, patience: float) -> None:
        """Take what is written next."""
        if not select.select([self._fd], [], [], patience)[0]:
            raise TimeoutError(self._seen[-2000:])
        self._seen += os.read(self._fd, 65536)

    def press(self, keys: bytes, words: str) -> None:
        """Send keys and wait for what they bring up."""
        self._seen = b""
        os.write(self._fd, keys)
        while words.encode() not in self._seen:
            self.read(20.0)

    def echo(self, character: str) -> float:
        """Seconds from a key to its character in what is written."""
        self.settle(0.02)
        self._seen = b""
        sent = perf_counter()
        os.write(self._fd, character.encode())
        while character.encode() not in self._seen:
            self.read(20.0)
        return perf_counter() - sent

    def idle(self, seconds: float) -> float:
        """The share of a core used while nothing is pressed."""
        self.settle(1.5)
        before, end = self._cpu(), perf_counter() + seconds
        self.settle(end - perf_counter())
        return (self._cpu() - before) / seconds

    def settle(self, seconds: float) -> None:
        end = perf_counter() + seconds
        while (rest := end - perf_counter()) > 0:
            if select.select([self._fd], [], [], rest)[0]:
                self._seen = os.read(self._fd, 65536)

    def _cpu(self) -> float:
        # Nanoseconds on a core of every thread: the ticks of /proc/PID/stat are too coarse for an idle desk.
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def end(self) -> None:
        """End it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)


def first(code: str, words: str) -> float:
    """Seconds until the words stand on the screen."""
    program = Program(code)
    try:
        return program.shows(words)
    finally:
        program.end()


def idle(code: str, words: str) -> float:
    """The share of a core used while idle."""
    program = Program(code)
    try:
        program.shows(words)
        return program.idle(IDLE_SECONDS)
    finally:
        program.end()


def main() -> int:
    """Measure and print ratios; 1 when one misses its figure."""
    few, many = BOARD.format(rows=40), BOARD.format(rows=2000)
    cases = {
        "hello": (HELLO, "hello ready"),
        "first frame": (NEVER_OPENS, "opening the store"),
        "rows, 40": (few, "3-101"),
        "rows, 2 000": (many, "3-101"),
    }
    # Interleaved, so that a busy moment of the machine falls on all of them.
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(RUNS):
        for name, (code, words) in cases.items():
            times[name].append(first(code, words))
    floor = statistics.median(times["hello"])
    ratios = {
        name: statistics.median(each) / floor for name, each in times.items() if name != "hello"
    }
    rest = {
        name: statistics.median(idle(*cases[case]) for _ in range(3))
        for name, case in (
            ("hello", "hello"),
            ("idle, 40", "rows, 40"),
            ("idle, 2 000", "rows, 2 000"),
        )
    }
    ratios |= {name: share / rest["hello"] for name, share in rest.items() if name != "hello"}
    print(f"hello: first frame {floor * 1000:.0f} ms, idle {rest['hello']:.2%} of a core")
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.2f} of hello (figure {TARGETS[name]})")
    return int(any(ratio > TARGETS[name] for name, ratio in ratios.items()))


if __name__ == "__main__":
    sys.exit(main())
