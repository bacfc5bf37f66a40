"""Every check of the repository in one go: ``python tests/check.py``, from any folder, on any system.

Lint, format, types (here and for Windows), import contracts, then the tests with coverage. Words after the
command go to pytest, and then only pytest runs: ``python tests/check.py -k calendar``.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
STATIC = (
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types", ("-m", "mypy")),
    ("types on Windows", ("-m", "mypy", "--platform", "win32")),
    ("import contracts", ("-c", LINT_IMPORTS)),
)
TESTS = ("-n", "auto", "--dist", "worksteal", "--cov", "--cov-report=term:skip-covered")
RULES = "concierge/domain/*"


class Gate:
    """Fails the run when a rule is not covered whole; above the last line it repeats what failed."""

    def __init__(self, failed: list[str], *, whole: bool) -> None:
        self.failed = failed
        self.whole = whole
        self.report = ""

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Look at what pytest-cov has saved by now."""
        if self.whole and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            self._weigh()
        if self.failed and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _weigh(self) -> None:
        """Every line and branch of the rules must have run."""
        measured = coverage.Coverage()
        measured.load()
        out = io.StringIO()
        covered = measured.report(include=RULES, file=out, show_missing=True, skip_covered=True)
        if covered < 100:
            self.failed.append("coverage of the rules")
            self.report = out.getvalue()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what failed, just above the closing line."""
        if self.report:
            terminalreporter.section("rules that no test has run")
            terminalreporter.write(self.report)
        if self.failed:
            terminalreporter.section("failed checks")
            terminalreporter.line(", ".join(self.failed), red=True)


def static_checks() -> list[str]:
    """Run what needs no test; the names of those that failed."""
    environ = os.environ | {"PYTHONUTF8": "1"}
    failed = []
    for name, words in STATIC:
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
    gate = Gate(static_checks(), whole=True)
    return int(pytest.main(list(TESTS), plugins=[gate]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
