"""Every check of the repository in one go: ``python tests/check.py``, from any folder, on any system.

Lint, format, types (here and for Windows), import contracts, the rules with their coverage, then all other
tests. Words after the command go to pytest, and then only pytest runs: ``python tests/check.py -k calendar``;
with ``--cov`` it measures the whole package.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
PARALLEL = ("-n", "auto", "--dist", "worksteal")
RULES = "tests/domain"
# Every line and branch of the rules is run by the rules' own tests. Only these are measured: measuring what a
# screen runs takes a third of the time again and holds nothing.
COVERED = ("-q", *PARALLEL, "--cov=concierge/domain", "--cov-branch", "--cov-fail-under=100",
           "--cov-report=term-missing:skip-covered", RULES)  # fmt: skip
CHECKS = (
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types", ("-m", "mypy")),
    ("types on Windows", ("-m", "mypy", "--platform", "win32")),
    ("import contracts", ("-c", LINT_IMPORTS)),
    ("rules and their coverage", ("-m", "pytest", *COVERED)),
)
TESTS = (*PARALLEL, f"--ignore={RULES}")


class Gate:
    """Fails the run when an earlier check failed; above the last line it repeats which."""

    def __init__(self, failed: list[str]) -> None:
        self.failed = failed

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Whatever the tests say, a failed check stays one."""
        if self.failed and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what failed, just above the closing line."""
        if self.failed:
            terminalreporter.section("failed checks")
            terminalreporter.line(", ".join(self.failed), red=True)


def checks() -> list[str]:
    """Run what comes before the tests; the names of those that failed."""
    environ = os.environ | {"PYTHONUTF8": "1"}
    failed = []
    for name, words in CHECKS:
        print(f"== {name}", flush=True)
        started = time.monotonic()
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=environ, check=False)
        took = time.monotonic() - started
        print(f"== {name}: {'FAILED' if done.returncode else 'passed'} in {took:.0f} s", flush=True)
        if done.returncode:
            failed.append(name)
    return failed


def main(words: list[str]) -> int:
    """Run the checks; 0 when all passed."""
    os.chdir(ROOT)
    if words:
        return int(pytest.main(words))
    return int(pytest.main(list(TESTS), plugins=[Gate(checks())]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
