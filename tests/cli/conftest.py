"""A founded rehearsal property for each test: one is set up, the others are copies of its file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.commands import Cli

STAFF = (
    "Chen Li:concierge",
    "Zhou:supervisor:138-0000-1234",
    "Lin:director",
    "Wang:manager",
)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a property with staff of every role and two households."""
    cli = Cli(tmp_path_factory.mktemp("founded") / "home")
    cli.at("08:00")
    cli.ok("init", "--name", "Bamboo Court", "--language", "en", "--rehearsal", "--staff", *STAFF)
    cli.ok("household", "add", "--unit", "3-1201", "--name", "王建国", "--phone", "13900001234")
    cli.ok("household", "add", "--unit", "31-201", "--name", "Anna Weiss")
    return cli.home


@pytest.fixture
def cli(founded: Path, tmp_path: Path) -> Cli:
    """The command line at 14:13 on Monday 23 November 2026."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(founded / "concierge.db", home / "concierge.db")
    made = Cli(home)
    made.at("14:13")
    return made


@pytest.fixture
def nowhere(tmp_path: Path) -> Cli:
    """The command line where no property was set up."""
    return Cli(tmp_path / "nowhere", {"CONCIERGE_LANG": "en"})
