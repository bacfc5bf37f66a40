"""The property's own files over the shipped ones; a mistake is reported and shuts nobody out."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.domain.notify_policy import NotifyPolicy
from concierge.domain.policy import parse_policy
from concierge.domain.refusal import Refusal
from concierge.settings import (
    check_policy,
    read_calendar,
    read_notify,
    read_rules,
    shipped_calendars,
    shipped_policy,
)


def test_without_files_of_its_own_a_property_runs_on_what_ships(home: Path) -> None:
    rules = read_rules(home)
    assert rules == read_rules(None)
    assert (rules.policy, rules.problem) == (shipped_policy(), None)
    assert len(rules.calendars) == len(shipped_calendars()) == 4


def test_a_property_s_file_holds_only_what_differs(home: Path) -> None:
    (home / "policy.toml").write_text('[categories.fees]\nanswer = "5 minutes"\n')
    policy = parse_policy(read_rules(home).policy)
    answer = policy.categories["fees"].clock("answer")
    assert answer is not None
    assert str(answer.limit) == "5 minutes"
    assert len(policy.categories) == len(parse_policy(shipped_policy()).categories)


def test_calendars_of_the_property_come_after_those_that_ship(home: Path) -> None:
    (home / "calendars").mkdir()
    (home / "calendars" / "2027.toml").write_text('off = ["2027-01-01"]\nverified_through = 2027\n')
    (home / "calendars" / "notes.txt").write_text("not a calendar")
    assert read_rules(home).calendars[-1]["verified_through"] == 2027


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("policy.toml", b"[categories.fees]\nanswer = 'soon'\n", "policy.bad"),
        ("policy.toml", b"[categories.fees]\nanwser = '5 minutes'\n", "policy.bad"),
        ("policy.toml", b"categories = 5", "policy.bad"),
        ("policy.toml", b"not toml at all", "policy.bad"),
        ("policy.toml", b"\xff\xfe\x00", "file.unreadable"),
        ("calendars/2027.toml", b"off = ['2027-02-30']", "calendar.bad"),
        ("calendars/2027.toml", b"off = [2027-02-03]", "calendar.bad"),
        ("calendars/2027.toml", b"[", "calendar.bad"),
    ],
)
def test_a_mistake_is_reported_and_the_shipped_rules_stand_in(
    home: Path, name: str, content: bytes, code: str
) -> None:
    path = home / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    rules = read_rules(home)
    assert rules.problem is not None
    assert rules.problem.code == code
    assert (rules.policy, rules.calendars) == (shipped_policy(), shipped_calendars())
    with pytest.raises(Refusal, match=code):
        check_policy(path) if name == "policy.toml" else read_calendar(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"file\.not-found"):
        check_policy(tmp_path / "none.toml")


def test_a_byte_order_mark_is_no_mistake(home: Path) -> None:
    (home / "policy.toml").write_bytes(b'\xef\xbb\xbftimezone = "Asia/Urumqi"\n')
    assert read_rules(home).policy["timezone"] == "Asia/Urumqi"


def test_the_ways_to_people_are_read_beside_the_policy_and_are_no_part_of_it(home: Path) -> None:
    assert read_notify(None) == read_notify(home) == NotifyPolicy()
    (home / "policy.toml").write_text('[notify.roles]\ndirector = "json://u:hunter2@x"\n')
    assert read_notify(home).of_role("director")[0].url == "json://u:hunter2@x"
    assert read_rules(home) == read_rules(None)


def test_a_mistake_in_the_ways_is_reported_without_the_address(home: Path) -> None:
    (home / "policy.toml").write_text('[notify.roles]\ndirector = "u:hunter2@x"\n')
    problem = read_rules(home).problem
    assert problem is not None
    assert problem.values["key"] == "notify.roles.director[0]"
    assert "hunter2" not in str(problem.values)
    with pytest.raises(Refusal):
        read_notify(home)
