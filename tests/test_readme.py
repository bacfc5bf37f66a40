"""README is true: every command in it is run, in its order, in a folder of a newcomer's own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import terminal

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("concierge")]
CONCIERGE = [sys.executable, "-m", "concierge"]


@pytest.fixture
def newcomer(tmp_path: Path) -> Path:
    """A folder with a roster and a policy, as README speaks of them."""
    shutil.copy(ROOT / "data" / "demo" / "roster.csv", tmp_path / "roster.csv")
    (tmp_path / "policy.toml").write_text('[categories.neighbour]\nattend = "10 minutes"\n')
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    """The environment of somebody who has only this folder."""
    return os.environ | {
        "CONCIERGE_HOME": str(folder / "home"),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }


pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="pseudo-terminals are not on Windows"
)


def test_every_command_of_the_readme_does_what_it_says(newcomer: Path) -> None:
    environ = environment(newcomer)
    ran = 0
    for line in COMMANDS:
        words = shlex.split(line)
        if words == ["concierge"]:
            opens_and_leaves(words[1:], environ, newcomer, shows="Cloud Garden")
        else:
            done = subprocess.run(
                [*CONCIERGE, *words[1:]], env=environ, cwd=newcomer, capture_output=True, text=True,
                encoding="utf-8", check=False, stdin=subprocess.DEVNULL, timeout=60,
            )  # fmt: skip
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
            assert done.stdout.strip(), f"{line} says nothing"
            assert "Traceback" not in done.stderr
        ran += 1
    assert ran == len(COMMANDS) > 30
    assert (newcomer / "summary.html").exists()
    assert (newcomer / "concierge-backup.db").exists()


def test_the_demo_opens_a_property_in_the_middle_of_its_day(tmp_path: Path) -> None:
    assert any("concierge demo" in block for block in BLOCKS)
    opens_and_leaves(["demo", "--lang", "en"], environment(tmp_path), tmp_path, shows="2 overdue")
    assert not (tmp_path / "home").exists()


def opens_and_leaves(
    words: list[str], environ: dict[str, str], folder: Path, *, shows: str
) -> None:
    """The desk opens in a real terminal, shows something, and Ctrl+Q leaves it."""
    with terminal(
        [*CONCIERGE, *words], environ=environ, folder=folder, columns=120, rows=36
    ) as desk:
        desk.shows(shows)
        desk.press("ctrl+q")
        assert desk.wait_end() == 0


def test_the_test_command_is_the_one_that_the_build_runs() -> None:
    found = re.search(r"python3 -m venv [^`]*tests/check\.py", README)
    assert found
    assert found[0] in README
    for twin in (r".venv\Scripts\python tests\check.py", r".venv\Scripts\concierge demo"):
        assert twin in README


def test_every_file_that_the_readme_names_exists() -> None:
    named = re.findall(r"\]\(([^)#]+)\)", README)
    assert named
    for path in named:
        assert (ROOT / path).exists(), path
    for path in re.findall(r"`((?:concierge|data|tests)/[\w/.]+\.(?:py|toml))`", README):
        assert (ROOT / path).exists(), path
