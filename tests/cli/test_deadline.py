"""``deadline``: due times with their day-by-day count, one by one and in batches, without a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import Cli

CALENDAR = """
timezone = "America/New_York"
source = "our own list"
verified_through = 2026
rest = ["sat", "sun"]
off = ["2026-11-26"]
[hours]
mon = ["09:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
thu = ["09:00-17:00"]
fri = ["09:00-12:00", "13:00-17:00"]
"""


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    path = tmp_path / "ours.toml"
    path.write_text(CALENDAR, encoding="utf-8")
    return path


def test_the_answer_has_the_keys_of_the_contract(nowhere: Cli) -> None:
    said = nowhere.ok("deadline", "--limit", "3 working days", "--received", "2026-09-30T10:00")
    assert list(said) == ["received_at", "clocks"]
    assert said["received_at"] == "2026-09-30T10:00:00+08:00"
    (clock,) = said["clocks"]
    assert list(clock) == ["kind", "due_at", "warn_at", "provisional", "explanation"]
    assert clock["kind"] == "limit"
    assert clock["due_at"] == "2026-10-10T18:00:00+08:00"
    assert clock["warn_at"] == "2026-10-10T08:00:00+08:00"
    assert not clock["provisional"]
    days = clock["explanation"]
    assert [list(day) for day in days] == [["date", "counted", "reason", "source"]] * 11
    assert [day["date"] for day in days if day["counted"]] == [
        "2026-10-08",
        "2026-10-09",
        "2026-10-10",
    ]
    assert (days[0]["reason"], days[-1]["reason"]) == ("received", "make-up")
    assert "State Council" in days[-1]["source"]
    assert not nowhere.home.exists()


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ("1 minute", "2026-11-23T14:14:00+08:00"),
        ("2 hours", "2026-11-23T16:13:00+08:00"),
        ("5 days", "2026-11-30T18:00:00+08:00"),
        ("1 working day", "2026-11-24T18:00:00+08:00"),
        ("1 business minute", "2026-11-23T14:14:00+08:00"),
        ("300 business minutes", "2026-11-24T09:13:00+08:00"),
    ],
)
def test_every_unit_is_counted(nowhere: Cli, limit: str, due: str) -> None:
    said = nowhere.ok("deadline", "--limit", limit, "--received", "2026-11-23T14:13")
    assert said["clocks"][0]["due_at"] == due


def test_a_category_answers_with_each_of_its_clocks(nowhere: Cli) -> None:
    said = nowhere.ok("deadline", "--category", "neighbour", "--received", "2026-11-23T14:13")
    assert [(c["kind"], c["due_at"]) for c in said["clocks"]] == [
        ("attend", "2026-11-23T14:28:00+08:00"),
        ("resolve", "2026-11-24T18:00:00+08:00"),
    ]


def test_an_agreed_time_belongs_to_the_clock_that_runs_by_agreement(nowhere: Cli) -> None:
    asked = ("deadline", "--category", "taxi", "--received", "2026-11-23T14:13")
    at_once = nowhere.ok(*asked)["clocks"][1]
    assert at_once["due_at"] == "2026-11-23T14:43:00+08:00"
    assert at_once["explanation"][0]["reason"] == "elapsed"
    agreed = nowhere.ok(*asked, "--agreed", "2026-11-23T18:00")["clocks"][1]
    assert agreed["due_at"] == "2026-11-23T17:50:00+08:00"  # ten minutes ahead
    assert [day["reason"] for day in agreed["explanation"]] == ["agreed"]
    assert nowhere.no(1, *asked, "--agreed", "2027-11-23T18:00")["code"] == "agreed.past-cap"


def test_beyond_the_published_list_a_deadline_is_provisional(nowhere: Cli) -> None:
    said = nowhere.ok("deadline", "--limit", "1 working day", "--received", "2026-12-31T10:00")
    assert said["clocks"][0]["provisional"]


def test_a_calendar_file_brings_its_own_zone_and_hours(nowhere: Cli, calendar: Path) -> None:
    asked = ("deadline", "--limit", "90 business minutes", "--calendar", str(calendar))
    said = nowhere.ok(*asked, "--received", "2026-11-25T16:00")
    assert said["received_at"] == "2026-11-25T16:00:00-05:00"
    assert said["clocks"][0]["due_at"] == "2026-11-27T09:30:00-05:00"  # Thanksgiving between
    other = nowhere.ok(*asked, "--received", "2026-11-26T05:00+08:00")
    assert other["received_at"] == "2026-11-25T16:00:00-05:00"
    calendar.write_text('off = ["2026-13-01"]', encoding="utf-8")
    assert "off[0]" in nowhere.no(1, *asked)["message"]


def test_the_home_folders_own_files_are_followed_and_their_mistakes_not_guessed_over(
    nowhere: Cli,
) -> None:
    nowhere.home.mkdir()
    own = nowhere.home / "policy.toml"
    own.write_text('[categories.neighbour]\nattend = "25 minutes"\n', encoding="utf-8")
    asked = ("deadline", "--category", "neighbour", "--received", "2026-11-23T14:13")
    assert nowhere.ok(*asked)["clocks"][0]["due_at"] == "2026-11-23T14:38:00+08:00"
    own.write_text('[categories.neighbour]\nattend = "soon"\n', encoding="utf-8")
    assert "categories.neighbour.attend" in nowhere.no(1, *asked)["message"]


def test_received_is_now_when_it_is_not_given(cli: Cli) -> None:
    cli.at("14:13")
    assert cli.ok("deadline", "--limit", "1 hour")["received_at"] == "2026-11-23T14:13:00+08:00"


def test_without_json_the_count_is_in_words(nowhere: Cli) -> None:
    asked = ("deadline", "--limit", "3 working days", "--received", "2026-09-30T10:00")
    said = nowhere(*asked).out.splitlines()
    assert said[0] == "Received Wednesday 30 September, 10:00"
    assert said[1].startswith("limit: due Saturday 10 October, 18:00")
    assert said[3].startswith("  Thursday 1 October  not counted: public holiday (State Council")
    assert said[-1].startswith("  Saturday 10 October  counted: make-up working day (State")
    assert "10月10日" in nowhere(*asked, "--lang", "zh").out
    later = nowhere("deadline", "--category", "neighbour", "--received", "2026-12-31T10:00").out
    assert "a time is still to be agreed" in later
    assert "provisional" in later


def test_a_batch_answers_line_by_line_and_a_bad_line_does_not_stop_it(
    nowhere: Cli, calendar: Path, tmp_path: Path
) -> None:
    lines = [
        b'\xef\xbb\xbf{"limit": "1 hour", "received": "2026-11-23T14:13"}',
        b"",
        b"nonsense",
        b"[1]",
        b'{"limit": 5}',
        b'{"limt": "1 hour"}',
        b"{}",
        b'{"limit": "1 hour", "category": "fees"}',
        b'{"limit": "soon"}',
        b'{"limit": "1 hour", "received": "soon"}',
        b'{"category": "nonsense"}',
        b'{"limit": "1 hour", "calendar": "none.toml"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"limit": "1 hour", "received": "2026-11-23T14:13", "calendar": "ours.toml"}',
        b'{"category": "fees", "received": "2026-11-23T14:13", "agreed": null}',
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_bytes(b"\n".join(lines))
    done = nowhere("deadline", "--batch", str(batch), "--json")
    assert (done.code, done.err) == (1, "")
    said = [json.loads(line) for line in done.out.splitlines()]
    assert len(said) == len(lines) - 1
    bad = {row["line"]: row["error"] for row in said if "error" in row}
    assert {line: error["code"] for line, error in bad.items()} == {
        3: "batch.not-json",
        4: "batch.not-object",
        5: "batch.not-text",
        6: "batch.unknown-key",
        7: "batch.one-of",
        8: "batch.one-of",
        9: "limit.bad",
        10: "time.bad",
        11: "category.unknown",
        12: "file.not-found",
        13: "batch.not-json",
        14: "batch.not-json",
    }
    assert all(error["message"].endswith(".") for error in bad.values())
    good = [row for row in said if "error" not in row]
    assert [row["clocks"][0]["due_at"] for row in good] == [
        "2026-11-23T15:13:00+08:00",
        "2026-11-23T15:13:00-05:00",
        "2026-11-23T14:43:00+08:00",
    ]


def test_a_batch_without_a_bad_line_ends_well(nowhere: Cli, tmp_path: Path) -> None:
    line = b'{"limit": "1 hour", "received": "2026-11-23T14:13"}\n'
    batch = tmp_path / "batch.jsonl"
    batch.write_bytes(line * 3)
    from_file = nowhere("deadline", "--batch", str(batch), "--json")
    piped = nowhere("deadline", "--batch", "-", "--json", stdin=line * 3)
    assert from_file == piped
    assert (piped.code, len(piped.out.splitlines())) == (0, 3)
    assert nowhere.no(1, "deadline", "--batch", "none.jsonl")["code"] == "file.not-found"
    assert nowhere.no(1, "deadline", "--batch", str(tmp_path))["code"] == "file.unreadable"
