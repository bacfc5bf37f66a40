"""A founded property for each test: one is built, the others are copies of its file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from concierge.bootstrap import found_property
from concierge.clock import FixedClock
from concierge.services.desk import Desk
from concierge.services.households import add_household
from concierge.services.rulebook import Rulebook
from concierge.store.engine import FILE_NAME
from concierge.store.opening import open_store
from tests.services.postgresql import Cluster, cluster, programs
from tests.services.world import STAFF, World

Template = tuple[Path, Rulebook]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The file of a property with staff of every role and three households, and its rules."""
    home = tmp_path_factory.mktemp("template") / "home"
    desk = found_property(
        home,
        name="云栖花园",
        language="zh",
        staff=STAFF,
        rehearsal=True,
        environ={"CONCIERGE_NOW": "2026-11-23T06:00"},
    )
    for unit, name in (("3-1201", "王建国"), ("3-1301", "李敏"), ("1-0803", "Anna Weiss")):
        add_household(desk, unit=unit, name=name, phone="13900001234")
    desk.store.close()
    return home / FILE_NAME, desk.rules


def copy_of(template: Template, home: Path, clock: FixedClock) -> World:
    """A property of its own in ``home``; calendar and policy are shared, for they never change."""
    file, rules = template
    shutil.copy(file, home / FILE_NAME)
    mine = Rulebook(rules.policy, rules.calendar, policy_version=1, calendar_version=1)
    return World(home, Desk(open_store(home), clock, mine, "lobby"), clock)


@pytest.fixture
def world(template: Template, home: Path, clock: FixedClock) -> Iterator[World]:
    """A property at 14:13 on Monday 23 November 2026, with staff of every role."""
    made = copy_of(template, home, clock)
    yield made
    made.desk.store.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """A PostgreSQL of the tests' own; whoever asks for it is skipped where none is installed."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL server on this computer")
    with cluster(found) as running:
        yield running
