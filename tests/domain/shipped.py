"""The policy and the calendar that ship, read once for tests of the rules."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from concierge.domain.calendar import Calendar, CalendarFile
from concierge.domain.policy import Policy, parse_policy

DATA = Path(__file__).resolve().parents[2] / "data"


def raw_policy() -> dict[str, Any]:
    """A fresh copy of the shipped policy's mapping, to be spoilt by tests."""
    return tomllib.loads((DATA / "policy.toml").read_text(encoding="utf-8"))


@cache
def policy() -> Policy:
    """The shipped policy."""
    return parse_policy(raw_policy())


@cache
def calendar() -> Calendar:
    """The shipped calendars under the shipped hours."""
    files = sorted((DATA / "calendars" / "cn").glob("*.toml"))
    parsed = [CalendarFile.parse(tomllib.loads(path.read_text(encoding="utf-8"))) for path in files]
    return Calendar.build(parsed, zone=policy().timezone, hours=policy().hours)
