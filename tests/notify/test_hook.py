"""The command hook: no shell, JSON on its input, ended when it hangs with all that it started."""

from __future__ import annotations

import contextlib
import socket
import sys
from pathlib import Path

import pytest

from concierge.notify.hook import run_hook
from tests.notify.conftest import Told
from tests.notify.servers import HOST


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
subprocess.Popen([sys.executable, "-c", sys.argv[1]])
time.sleep(600)
"""
CALLS = """
import socket, time
call = socket.create_connection(("{host}", {port}))
time.sleep(600)
"""


def test_a_command_that_hangs_is_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    assert run_hook(command, {}, seconds=0.2) == "notify.command-too-slow"


def test_what_a_hanging_command_started_is_ended_with_it() -> None:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen()
        listening.settimeout(0)
        command = [
            sys.executable,
            "-c",
            HANGS,
            CALLS.format(host=HOST, port=listening.getsockname()[1]),
        ]
        call, seconds = None, 0.5
        while call is None:
            assert run_hook(command, {}, seconds=seconds) == "notify.command-too-slow"
            try:
                call = listening.accept()[0]
            except BlockingIOError:
                seconds *= 2  # a slow machine needs longer to start two programs
        with call:
            call.settimeout(60)
            with contextlib.suppress(ConnectionResetError):  # some systems say it so
                assert call.recv(1) == b"", "whoever held the other end is gone"
