"""``ticket add`` and ``sweep``: a complaint that comes again is said to, and raised unless somebody decided."""

from __future__ import annotations

import pytest

from tests.cli.commands import Cli

ADD = ("ticket", "add", "--category", "neighbour", "--words", "drilling", "--as", "Chen Li",
       "--unit", "3-1201")  # fmt: skip
REASON = {
    "kind": "household",
    "count": 3,
    "numbers": ["T-20261123-001", "T-20261123-002"],
    "days": 30,
}


@pytest.fixture
def twice(cli: Cli) -> Cli:
    """A property at which one household complained twice of the same."""
    for _ in range(2):
        assert "repeats" not in cli.ok(*ADD)
    return cli


def test_the_third_is_said_to_come_again_and_the_next_sweep_raises_it_once(twice: Cli) -> None:
    done = twice(*ADD, "--json")
    assert done.json["repeats"] == [REASON]
    assert done.err == (
        "The next sweep makes it major: complaint 3 of this household about this in 30 days.\n"
    )
    twice.at("14:13:01")
    swept = twice.ok("sweep")
    assert swept["raised"] == ["T-20261123-003"]
    assert [(row["ticket"], row["rung"], row["to"]) for row in swept["fired"]] == [
        ("T-20261123-003", 1, "supervisor")
    ]
    shown = twice.ok("ticket", "show", "T-20261123-003")
    assert shown["grade"] == "major"
    assert [event["text"] for event in shown["events"] if event["kind"] == "ticket.raised"] == [
        "Became a major matter: complaint 3 of this household about this in 30 days"
    ]
    assert twice.ok("sweep")["raised"] == []
    assert twice.ok("verify")["ok"] is True


def test_a_person_reads_what_was_raised(twice: Cli) -> None:
    twice(*ADD)
    twice.at("14:13:01")
    assert "T-20261123-003 is major now.\n" in twice("sweep").out


def test_ordinary_is_taken_at_its_word(twice: Cli) -> None:
    done = twice(*ADD, "--grade", "ordinary", "--json")
    assert done.err == (
        "It stays ordinary, although: complaint 3 of this household about this in 30 days.\n"
    )
    twice.at("14:13:01")
    assert twice.ok("sweep")["raised"] == []


def test_major_is_major_at_once_and_needs_no_word_beside_it(twice: Cli) -> None:
    done = twice(*ADD, "--grade", "major", "--json")
    assert (done.err, done.json["grade"], done.json["repeats"]) == ("", "major", [REASON])
    assert "major: complaint 3 of this household" in done.json["events"][0]["text"]
    twice.at("14:13:01")
    assert twice.ok("sweep")["raised"] == []
