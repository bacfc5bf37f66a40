"""The world in which every test runs: an odd zone, a plain locale, no settings of the machine's owner."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

from concierge.clock import FixedClock

# Monday 23 November 2026, 14:13 at the property.
NOW = 1795414380
# The suite is the same each time; HYPOTHESIS_PROFILE=explore looks for new examples and prints their blobs.
settings.register_profile(
    "fixed",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, print_blob=True, max_examples=2_000)


def pytest_configure(config: pytest.Config) -> None:
    """Fix zone, locale, terminal and folders before any test module is read."""
    for name in list(os.environ):
        if name.startswith(("CONCIERGE_", "LC_", "TEXTUAL")):
            del os.environ[name]
    user = tempfile.mkdtemp(prefix="concierge-tests-")
    config.add_cleanup(lambda: _remove(Path(user)))
    os.environ |= {
        "TZ": "America/Lima",  # nothing may depend on the machine's zone, and no property is there
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TEXTUAL_ANIMATIONS": "none",
        "XDG_DATA_HOME": user,  # the user's own store is out of reach
        "LOCALAPPDATA": user,
        "APPDATA": user,
    }
    os.environ.pop("NO_COLOR", None)
    if hasattr(time, "tzset"):
        time.tzset()
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def _remove(folder: Path) -> None:
    """Take the folder away; what another process still holds open may stay behind."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder of a property."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def zone() -> ZoneInfo:
    """The property's zone."""
    return ZoneInfo("Asia/Shanghai")


@pytest.fixture
def now() -> int:
    """Monday 23 November 2026, 14:13 at the property."""
    return NOW


@pytest.fixture
def clock(now: int) -> FixedClock:
    """A clock that stands at ``now`` until a test sets it."""
    return FixedClock(now)
