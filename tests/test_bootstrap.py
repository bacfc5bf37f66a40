"""From a home folder and the environment to a desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.bootstrap import found_property, open_desk
from concierge.clock import FixedClock, SystemClock, TickingClock
from concierge.domain.refusal import Refusal
from concierge.services.intake import Intake, add_ticket
from concierge.services.staffing import NewStaff
from concierge.services.verify import verify
from concierge.store.opening import create_store
from concierge.store.problem import StoreProblem

NOON = {"CONCIERGE_NOW": "2026-11-23T12:00"}
AT = 1795406400


def found(home: Path, *, rehearsal: bool = True) -> None:
    made = found_property(
        home, name="Garden", language="en", staff=[NewStaff("Chen", "concierge")],
        rehearsal=rehearsal, environ=NOON,
    )  # fmt: skip
    made.store.close()


def test_a_rehearsal_store_is_told_the_time(home: Path) -> None:
    found(home)
    command = open_desk(home, name=None, environ=NOON)
    assert isinstance(command.desk.clock, FixedClock)
    assert (command.desk.clock.now(), command.rehearsal) == (AT, True)
    assert (command.desk.name, command.language, command.property_name) == ("lobby", "en", "Garden")
    desk = open_desk(home, name="gate", environ=NOON, ticking=True)
    assert isinstance(desk.desk.clock, TickingClock)
    assert desk.desk.name == "gate"
    for opened in (command, desk):
        opened.desk.store.close()


def test_a_real_store_is_not(home: Path) -> None:
    found(home, rehearsal=False)
    opened = open_desk(home, name=None, environ=NOON)
    assert isinstance(opened.desk.clock, SystemClock)
    opened.desk.store.close()


def test_a_time_that_is_none_is_refused(home: Path) -> None:
    found(home)
    with pytest.raises(Refusal, match=r"time\.bad"):
        open_desk(home, name=None, environ={"CONCIERGE_NOW": "noon"})


def test_a_store_that_is_missing_or_was_never_founded_leads_to_the_first_steps(home: Path) -> None:
    for _ in range(2):
        with pytest.raises(StoreProblem) as problem:
            open_desk(home, name=None, environ={})
        assert problem.value.code == "missing"
        if not (home / "concierge.db").exists():
            create_store(home).close()


def test_opening_adopts_the_property_s_files_and_says_what_moved(home: Path) -> None:
    found(home)
    opened = open_desk(home, name=None, environ=NOON)
    ticket = add_ticket(opened.desk, intake=Intake("home-repair", "drip"), actor="Chen")
    opened.desk.store.close()
    (home / "calendars").mkdir()
    snow = 'off = ["2026-11-24"]\nverified_through = 2026\n'
    (home / "calendars" / "snow.toml").write_text(snow)
    again = open_desk(home, name=None, environ=NOON)
    assert [moved.ticket for moved in again.moved] == [ticket.number]
    assert verify(again.desk).ok
    again.desk.store.close()
    third = open_desk(home, name=None, environ=NOON)
    assert third.moved == ()
    third.desk.store.close()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("policy.toml", '[categories.fees]\nanswer = "soon"\n'),
        ("calendars/x.toml", 'off = ["2026-02-30"]\n'),
    ],
)
def test_a_mistake_in_a_file_keeps_the_old_rules_and_is_reported(
    home: Path, name: str, text: str
) -> None:
    found(home)
    own = home / "policy.toml"
    own.write_text('[categories.fees]\nanswer = "5 minutes"\n')
    open_desk(home, name=None, environ=NOON).desk.store.close()
    (home / name).parent.mkdir(exist_ok=True)
    (home / name).write_text(text)
    opened = open_desk(home, name=None, environ=NOON)
    assert opened.problem is not None
    ticket = add_ticket(opened.desk, intake=Intake("fees", "how much"), actor="Chen")
    assert ticket.clocks[0].due_at == AT + 300
    assert verify(opened.desk).ok
    opened.desk.store.close()


def test_a_founding_that_a_file_spoils_leaves_no_store(home: Path) -> None:
    (home / "policy.toml").write_text("timezone = 5")
    with pytest.raises(Refusal, match=r"policy\.bad"):
        found(home)
    assert [path.name for path in home.iterdir()] == ["policy.toml"]
