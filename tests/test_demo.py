"""The made-up property: a real store, in the middle of its day, that proves itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from concierge.bootstrap import Opened, open_desk
from concierge.cli import demo as opening
from concierge.clock import FixedClock
from concierge.demo import build_demo
from concierge.services.board import board
from concierge.services.copies import is_copy_due
from concierge.services.desk import Desk
from concierge.services.finding import find_households
from concierge.services.handover import handover
from concierge.services.household_file import household_file
from concierge.services.report import report
from concierge.services.shifts import current_shift, shift_summary
from concierge.services.summary import ShiftSummary
from concierge.services.sweep import sweep
from concierge.services.verify import verify
from concierge.store.tables import Event
from tests.cli.commands import Cli

TURNS = ["14:45", "14:59", "15:10", "22:50", "23:10", "06:55", "07:05", "02:00"]
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


@pytest.mark.parametrize("hour", TURNS)
def test_the_demo_s_shift_runs_in_its_time_and_has_something_to_hand_over(
    home: Path, hour: str
) -> None:
    opened, desk = opened_at(home, "zh", f"2026-11-25T{hour}")
    running = current_shift(desk)
    seen = shift_summary(desk)
    assert running is not None
    assert seen.planned_from is not None
    assert seen.planned_until is not None
    assert seen.planned_from - 120 <= seen.until <= seen.planned_until
    assert board(desk).reliefs == ()
    planned = handover(desk)
    assert planned.left
    assert planned.group_left >= 2
    # Whoever takes over in the middle of the night works until the morning, before anything ends.
    ends = [] if hour == "02:00" else ["ends"]
    assert [each.what for each in planned.instructions] == ends
    flags = {note.flag: (note.unit, note.number) for note in planned.notes}
    assert set(flags) == {"next", "director", "thanks"}
    assert flags["next"][0] == "2-1102"
    assert flags["director"][1] is not None
    assert sweep(desk).fired == ()
    assert verify(desk).problems == ()
    assert not is_copy_due(desk)
    opened.desk.store.close()


@pytest.mark.parametrize("hour", TURNS)
def test_the_demo_s_shifts_before_were_handed_over_and_signed_by_both(
    home: Path, hour: str
) -> None:
    opened, desk = opened_at(home, "en", f"2026-11-25T{hour}")
    signed = _signed(desk)
    assert len(signed) >= 6
    for each in signed:
        assert (each.ended_how, each.signed is not None, each.forgotten) == (
            "handover",
            True,
            False,
        )
        assert [one.part for one in each.signatures][:2] == ["outgoing", "incoming"]
        assert len(each.counts) == 6
        assert each.planned_until is not None
        assert each.until == each.planned_until - 120
    names = [each.signatures[0].name for each in signed]
    assert set(names) == {"Chen Li", "Sun Hao", "He Jing"}
    wrong = [(one.item, one.word) for each in signed for one in each.counts if one.word]
    assert wrong == [("radios", "No. 3 is being repaired, the receipt is in the drawer")]
    assert [len(each.signatures) for each in signed][-3:] == [2, 3, 2]
    last = signed[-1]
    assert last.singly >= 1
    assert last.grouped >= 2
    assert any(row.median_margin is not None for row in last.kept)
    assert sum(one.received for one in last.hours) >= 1
    assert any(one.cause for one in last.broken)
    opened.desk.store.close()


def test_the_demo_has_days_to_compare(home: Path) -> None:
    opened, desk = opened_at(home, "en", "2026-11-25T14:45")
    today = report(desk, first_day="2026-11-25", last_day="2026-11-25")
    assert today.totals.received > today.before.received > 0
    assert today.totals.broken > today.before.broken > 0
    assert [row.signed is not None for row in today.shifts] == [False]
    both = report(desk, first_day="2026-11-24", last_day="2026-11-24")
    assert both.totals.met > 0
    assert [row.signed is not None for row in both.shifts] == [True, True, True]
    rungs = [rung for row in (shift_summary(desk), *_signed(desk)) for rung in row.escalated]
    assert {rung.acknowledged_at is None for rung in rungs} == {True, False}
    opened.desk.store.close()


def test_the_demo_s_days_were_watched_without_a_gap(home: Path) -> None:
    opened, desk = opened_at(home, "zh", "2026-11-25T14:45")
    assert sweep(desk).unwatched is None
    with desk.store.read() as session:
        assert session.exec(select(Event.kind).where(Event.kind == "watch.resumed")).all() == []
    opened.desk.store.close()


def test_the_demo_is_built_for_the_hour_at_which_it_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    environ = {"CONCIERGE_NOW": "2026-11-23T14:13:00", "CONCIERGE_LANG": "en"}
    monkeypatch.setattr(opening, "_needs_terminal", lambda: None)
    monkeypatch.setattr(opening, "open_the_desk", lambda _call, home: int(home != kept))
    assert Cli(tmp_path / "home", environ)("demo", "--keep", str(kept)).code == 0
    opened = open_desk(kept, name=None, environ=environ)
    assert not board(opened.desk).held
    running = shift_summary(opened.desk)
    assert running.planned_from is not None
    assert running.planned_from <= running.until < running.planned_from + 8 * 60 * 60
    assert sweep(opened.desk).held is None
    opened.desk.store.close()


def _signed(desk: Desk) -> list[ShiftSummary]:
    running = current_shift(desk)
    assert running is not None
    return [shift_summary(desk, shift=each) for each in range(1, running.id)]


def opened_at(home: Path, language: str, when: str) -> tuple[Opened, Desk]:
    """The demo opened at a time of the property's wall clock."""
    from concierge.domain.instants import parse_instant
    from tests.services.world import ZONE

    build_demo(home, language=language, clock=FixedClock(parse_instant(when, ZONE)))
    opened = open_desk(home, name=None, environ={"CONCIERGE_NOW": when})
    return opened, opened.desk
