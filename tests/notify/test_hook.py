"""The command hook: no shell, JSON on its input, ended when it hangs with all that it started."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from concierge.notify.hook import run_hook
from tests.notify.conftest import Told


def test_the_command_reads_the_event_as_one_line_of_json(told: Told) -> None:
    data = {"event": 7, "words": "水管漏水", "unit": None}
    assert run_hook(told.command(), data) is None
    assert told.lines() == [data]


def test_nothing_in_an_event_reaches_a_shell(told: Told, tmp_path: Path) -> None:
    nasty = f"$(touch {tmp_path}/a) `touch {tmp_path}/b` ; touch {tmp_path}/c & %PATH%"
    assert run_hook([*told.command(), "0", nasty], {"words": nasty}) is None
    assert told.lines() == [{"words": nasty}]
    assert not [name for name in "abc" if (tmp_path / name).exists()]


@pytest.mark.parametrize("code", [1, 2, 126])
def test_a_command_that_ends_with_an_error_did_not_deliver(told: Told, code: int) -> None:
    assert run_hook(told.command(str(code)), {}) == "notify.command-failed"


@pytest.mark.parametrize("program", ["no-such-program-anywhere", "/", "a\0b"])
def test_a_command_that_cannot_be_started_is_said_to_be_missing(program: str) -> None:
    assert run_hook([program], {}) == "notify.command-not-found"


def test_a_command_that_reads_nothing_is_no_failure() -> None:
    assert run_hook([sys.executable, "-c", ""], {"words": "x" * 300_000}) is None


def test_what_the_command_says_goes_nowhere(told: Told, capfd: pytest.CaptureFixture[str]) -> None:
    run_hook(told.command(), {})
    assert capfd.readouterr() == ("", "")


HANGS = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(600)
"""


def test_a_command_that_hangs_is_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    assert run_hook(command, {}, seconds=0.2) == "notify.command-too-slow"


@pytest.mark.skipif(sys.platform == "win32", reason="reads the process table of Linux")
def test_what_a_hanging_command_started_is_ended_with_it(tmp_path: Path) -> None:
    note = tmp_path / "child"
    seconds = 0.5
    while True:  # a slow machine needs longer to start two programs
        assert run_hook([sys.executable, "-c", HANGS, str(note)], {}, seconds=seconds) == (
            "notify.command-too-slow"
        )
        if note.exists() and note.read_text():
            break
        seconds *= 2
    state = Path(f"/proc/{note.read_text()}/stat")
    # Ended: gone, or a zombie that nobody has collected yet.
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"
