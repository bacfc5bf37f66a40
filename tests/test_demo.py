"""The made-up property: a real store, in the middle of its day, that proves itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.bootstrap import open_desk
from concierge.clock import FixedClock
from concierge.demo import build_demo
from concierge.services.board import board
from concierge.services.finding import find_households
from concierge.services.household_file import household_file
from concierge.services.sweep import sweep
from concierge.services.verify import verify

HOURS = ["2026-11-23T06:13", "2026-11-23T20:30", "2026-10-04T16:00", "2027-01-01T00:00"]


@pytest.mark.parametrize("when", HOURS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_runs_whatever_the_hour(home: Path, language: str, when: str) -> None:
    from concierge.domain.instants import parse_instant
    from tests.services.world import ZONE

    clock = FixedClock(parse_instant(when, ZONE))
    build_demo(home, language=language, clock=clock)
    opened = open_desk(home, name=None, environ={"CONCIERGE_NOW": when})
    seen = board(opened.desk)
    overdue = [row for row in seen.rows if row.due_at < clock.now()]
    assert overdue
    assert len(seen.rows) > len(overdue)
    assert seen.alarms
    assert (opened.rehearsal, opened.language, seen.shift is not None) == (True, language, True)
    assert sweep(opened.desk).fired == ()
    assert verify(opened.desk).problems == ()
    assert find_households(opened.desk, text="1")
    opened.desk.store.close()


@pytest.mark.parametrize(("language", "allergy"), [("zh", "花生"), ("en", "Peanuts")])
def test_the_demo_shows_a_household_s_file_at_its_best(
    home: Path, language: str, allergy: str
) -> None:
    from concierge.domain.instants import parse_instant
    from tests.services.world import ZONE

    clock = FixedClock(parse_instant(HOURS[0], ZONE))
    build_demo(home, language=language, clock=clock)
    opened = open_desk(home, name=None, environ={"CONCIERGE_NOW": HOURS[0]})
    file = household_file(opened.desk, unit="3-1201")
    facts = [*file.facts, *(fact for member in file.members for fact in member.facts)]
    (loud,) = file.allergies
    assert (allergy in loud.text, loud.member, loud.masked) == (True, "刘敏", False)
    assert allergy.casefold() not in (file.notes or "").casefold()
    assert "过敏" not in (file.notes or "")
    assert len({fact.aspect for fact in facts}) >= 7
    (health,) = [fact for fact in facts if fact.aspect == "health"]
    assert (health.masked, health.consent_missing) == (True, False)
    assert health.consent is not None
    (asked,) = file.instructions
    assert (asked.in_force, asked.active) == (True, True)
    assert [pet.name for pet in file.pets] == ["豆豆"]
    opened.desk.store.close()
