"""A property with ways to its people: real servers on loopback, a command that keeps what it was told."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import cli, founded
from tests.notify.servers import Mail, Web, mail_server, silent_server, web_server
from tests.services.conftest import template, world

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it loads modules that Python gives up one day
    import apprise

    apprise.Apprise.instantiate("json://localhost")

__all__ = ["cli", "founded", "template", "world"]


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server."""
    with web_server() as made:
        yield made


@pytest.fixture
def mail() -> Iterator[Mail]:
    """A mail server."""
    with mail_server() as made:
        yield made


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes calls and says nothing."""
    with silent_server() as port:
        yield port


class Told:
    """A command of the property's own, and what it was told."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "told.jsonl"
        self.script = folder / "tell.py"
        self.script.write_text(
            "import sys\n"
            "line = sys.stdin.buffer.read()\n"
            "with open(sys.argv[1], 'ab') as file:\n"
            "    file.write(line)\n"
            "print('secret of the command', file=sys.stderr)\n"
            "sys.exit(int(sys.argv[2]) if sys.argv[2:] else 0)\n",
            encoding="utf-8",
        )

    def command(self, *more: str) -> list[str]:
        """The program and its arguments."""
        return [sys.executable, str(self.script), str(self.file), *more]

    def lines(self) -> list[dict[str, Any]]:
        """What it read, one event a line."""
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_text("utf-8").splitlines()]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """The command."""
    return Told(tmp_path)
