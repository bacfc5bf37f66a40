"""The handover on the command line tells what is open at desks where nobody is on duty."""

from __future__ import annotations

import pytest

from tests.cli.commands import Cli


@pytest.mark.parametrize(
    ("code", "title"),
    [("en", "1 open at gate2, where nobody is on duty"), ("zh", "gate2 无人当班，有 1 件未结")],
)
def test_a_ticket_of_a_desk_without_a_shift_stands_in_the_handover_of_another(
    cli: Cli, code: str, title: str
) -> None:
    cli.ok("shift", "start", "--as", "Chen Li")
    number = cli.ticket("neighbour", "--desk", "gate2", words="call 13800001234")["number"]
    (told,) = cli.ok("shift", "handover")["elsewhere"]
    assert (told["desk"], told["number"], told["overdue"]) == ("gate2", number, False)
    assert told["due_at"] == "2026-11-23T14:28:00+08:00"
    assert "13800001234" not in told["words"]
    said = cli("shift", "handover", "--lang", code).out
    assert title in said
    assert said.index(title) < said.index(number)
    assert "13800001234" not in said


def test_once_a_shift_runs_there_it_is_told_there(cli: Cli) -> None:
    cli.ok("shift", "start", "--as", "Chen Li")
    number = cli.ticket("neighbour", "--desk", "gate2")["number"]
    cli.ok("shift", "start", "--as", "Zhou", "--desk", "gate2")
    assert cli.ok("shift", "handover")["elsewhere"] == []
    (own,) = cli.ok("shift", "handover", "--desk", "gate2")["matters"]
    assert own["number"] == number
