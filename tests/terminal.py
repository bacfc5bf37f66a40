"""A real terminal for tests: a program in a pseudo-terminal, its screen kept by pyte."""

from __future__ import annotations

import os
import select
import signal
import struct
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "down": "\x1b[B",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    **{f"ctrl+{letter}": chr(ord(letter) & 0x1F) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
PATIENCE = 30.0


class Terminal:
    """A running program and what its screen shows."""

    def __init__(self, pid: int, fd: int, columns: int, rows: int) -> None:
        self.pid = pid
        self._fd = fd
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._ended = False

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        # pyte's own display stumbles over half of a wide character that was painted over.
        cells = self._screen.buffer
        columns, lines = range(self._screen.columns), range(self._screen.lines)
        return "\n".join("".join(cells[y][x].data for x in columns).rstrip() for y in lines)

    def press(self, *keys: str) -> None:
        """Type keys by name, or text as it is."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode())

    def until(self, what: str, fits: Callable[[str], bool]) -> str:
        """Read until the screen fits; the screen then.

        Raises:
            AssertionError: saying what was waited for and what the screen shows, when it never comes.
        """
        end = time.monotonic() + PATIENCE
        while not fits(self.text):
            left = end - time.monotonic()
            assert left > 0, f"never: {what}\n{self.text}"
            assert not self._ended, f"ended before: {what}\n{self.text}"
            self._read(min(left, 1.0))
        return self.text

    def shows(self, words: str) -> str:
        """Wait until the screen shows some words; the screen then."""
        return self.until(f"the screen shows {words!r}", lambda text: words in text)

    def wait_end(self) -> int:
        """Read until the program ends; its exit code."""
        end = time.monotonic() + PATIENCE
        while not self._ended:
            assert time.monotonic() < end, f"never ended\n{self.text}"
            self._read(1.0)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        if sys.platform != "win32":
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self._ended = True

    def _read(self, seconds: float) -> None:
        if not select.select([self._fd], [], [], seconds)[0]:
            return
        try:
            data = os.read(self._fd, 65_536)
        except OSError:
            data = b""
        if data:
            # pyte takes these for something else; no test looks at what they set.
            self._stream.feed(data.replace(b"\x1b[>", b"\x1b[").replace(b"\x1b[<", b"\x1b["))
        else:
            self._ended = True


@contextmanager
def terminal(
    command: Sequence[str],
    *,
    environ: Mapping[str, str],
    columns: int = 80,
    rows: int = 24,
    folder: Path | None = None,
) -> Iterator[Terminal]:
    """Run a command in a terminal of its own; it is gone afterwards."""
    pid, fd = _spawn(
        command, environ, struct.pack("HHHH", rows, columns, 0, 0), folder or Path.cwd()
    )
    running = Terminal(pid, fd, columns, rows)
    try:
        yield running
    finally:
        with suppress(ProcessLookupError, ChildProcessError):
            running.kill()
        os.close(fd)


def _spawn(
    command: Sequence[str], environ: Mapping[str, str], size: bytes, folder: Path
) -> tuple[int, int]:
    if sys.platform != "win32":
        import fcntl
        import pty
        import termios

        # A test runner may name a size of its own, which would win over the terminal's.
        clean = {name: said for name, said in environ.items() if name not in {"COLUMNS", "LINES"}}
        pid, fd = pty.fork()
        if pid == 0:  # pragma: no cover - the child becomes the program
            # Before it starts: a size set later may fall between its look and its ear for changes.
            fcntl.ioctl(1, termios.TIOCSWINSZ, size)
            os.chdir(folder)
            os.execvpe(command[0], list(command), clean)
        return pid, fd
    raise OSError("pseudo-terminals are not on Windows")
