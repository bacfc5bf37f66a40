"""The property's own command: the event as JSON on its standard input, no shell, ten seconds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

SECONDS = 10.0
NOT_FOUND = "notify.command-not-found"
FAILED = "notify.command-failed"
TOO_SLOW = "notify.command-too-slow"


def run_hook(
    command: Sequence[str], data: Mapping[str, object], *, seconds: float = SECONDS
) -> str | None:
    """Run the command once; what it writes goes nowhere, for it may hold secrets.

    Args:
        command: The program and its arguments.
        data: The event; UTF-8 JSON on one line.
        seconds: How long it may take; after that it is ended with everything it started.

    Returns:
        None when it ended with 0, else the code of what went wrong.
    """
    line = json.dumps(data, ensure_ascii=False).encode() + b"\n"
    try:
        process = _start(command)
    except (OSError, ValueError):
        return NOT_FOUND
    try:
        process.communicate(line, timeout=seconds)
    except subprocess.TimeoutExpired:
        return TOO_SLOW
    finally:
        if process.poll() is None:
            _end(process)
    return None if process.returncode == 0 else FAILED


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start it at the head of a group of its own, so that whatever it starts can be ended with it."""
    if sys.platform == "win32":
        return subprocess.Popen(  # noqa: S603 the property's own command, and no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW,
        )  # fmt: skip
    else:  # noqa: RET505 the type checker of the other platform needs the branch
        return subprocess.Popen(  # noqa: S603 as above
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the command and all it started."""
    if sys.platform == "win32":
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)  # noqa: S603 nothing typed is in it
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
