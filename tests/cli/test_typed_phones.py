"""A phone that somebody typed into a text is masked by every command, and whole where it was asked for."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.cli.commands import Cli

WHOLE, MASKED = "13987654321", "139****4321"
AS = ("--as", "Chen Li")
UNIT = "9-101"
NUMBER = "T-20261123-001"


@pytest.fixture(params=["zh", "en"])
def desk(cli: Cli, request: pytest.FixtureRequest) -> Cli:
    """A shift, a household and a ticket, with the phone in every text that people type."""
    cli.environ["CONCIERGE_LANG"] = request.param
    cli.ok("shift", "start", *AS)
    cli.ok("shift", "note", *AS, "--text", f"王女士请回电 {WHOLE}", "--flag", "next")
    cli.ok("household", "add", "--unit", UNIT, "--name", "Anna", "--notes", f"ring {WHOLE}", *AS)
    cli.ok("household", "instruct", UNIT, f"cleaner {WHOLE}", "--until", "2026-11-24", *AS)
    cli.ok("household", "set", UNIT, f"parking=B1 {WHOLE}", *AS)
    cli.ok("ticket", "add", "--category", "emergency", "--unit", UNIT, "--words",
           f"drip, ring {WHOLE}", "--caller", f"Anna {WHOLE}", *AS)  # fmt: skip
    cli.ok("ticket", "note", NUMBER, "--text", f"told her, {WHOLE}", *AS)
    return cli


@pytest.mark.parametrize(
    "command",
    [
        ("ticket", "show", NUMBER),
        ("ticket", "list"),
        ("ticket", "note", NUMBER, "--text", f"again {WHOLE}", *AS),
        ("household", "show", UNIT),
        ("household", "history", UNIT),
        ("household", "set", UNIT, f"notes={WHOLE}", *AS),
        ("household", "instruct", UNIT, f"gardener {WHOLE}", *AS),
        ("household", "undo", UNIT, *AS),
        ("household", "find", "ring"),
        ("shift", "handover"),
        ("shift", "take-over", "--as", "Zhou", "--absent", f"ring {WHOLE}"),
    ],
    ids=" ".join,
)
def test_no_command_shows_a_typed_phone_whole_unasked(desk: Cli, command: tuple[str, ...]) -> None:
    desk.at("15:00")
    said = desk(*command)
    assert said.code == 0, said
    assert MASKED in said.out
    assert WHOLE not in said.out
    said = desk(*command, "--json")
    assert MASKED in said.out
    assert WHOLE not in said.out


def test_what_is_noted_is_said_back_masked(desk: Cli) -> None:
    said = desk("shift", "note", *AS, "--text", f"ring {WHOLE}")
    assert MASKED in said.out
    assert WHOLE not in said.out


def test_a_ticket_without_a_callers_phone_is_revealed_all_the_same_and_the_look_is_on_record(
    desk: Cli,
) -> None:
    reveal = ("ticket", "show", NUMBER, "--reveal", "phones")
    assert desk.no(1, *reveal)["code"] == "staff.missing"
    shown = desk.ok(*reveal, *AS)
    assert (shown["phone"], shown["words"]) == (None, f"drip, ring {WHOLE}")
    assert any(f"told her, {WHOLE}" in event["text"] for event in shown["events"])
    said = desk(*reveal, *AS).out
    assert said.count(WHOLE) == 3
    assert MASKED not in said
    looks = [(each["kind"], each["actor"]) for each in desk.ok("ticket", "show", NUMBER)["events"]]
    assert looks.count(("ticket.revealed", "Chen Li")) == 2
    assert desk.ok("verify")["ok"]


def test_a_ticket_with_no_phone_anywhere_leaves_no_look_behind(desk: Cli) -> None:
    made = desk.ok("ticket", "add", "--category", "emergency", "--place", "Lift 2", "--words",
                   "stuck since 14:05, 3-1201 2026-11-23", *AS)  # fmt: skip
    shown = desk.ok("ticket", "show", made["number"], "--reveal", "phones", *AS)
    assert "ticket.revealed" not in [each["kind"] for each in shown["events"]]
    assert shown["words"] == "stuck since 14:05, 3-1201 2026-11-23"


def test_a_households_texts_are_whole_where_its_phones_were_asked_for(desk: Cli) -> None:
    for kind in ("phones", "all"):
        shown = desk.ok("household", "show", UNIT, "--reveal", kind, *AS)
        assert shown["notes"] == shown["file"]["notes"] == f"ring {WHOLE}"
        assert shown["file"]["instructions"][0]["text"] == f"cleaner {WHOLE}"
        assert WHOLE in desk("household", "show", UNIT, "--reveal", kind, *AS).out
    said = desk("household", "show", UNIT, "--reveal", "health", *AS)
    assert MASKED in said.out
    assert WHOLE not in said.out


def test_the_end_of_a_phone_still_finds_its_household(desk: Cli) -> None:
    desk.ok("household", "add", "--unit", "9-102", "--name", "Bo", "--phone", WHOLE, *AS)
    found = desk.ok("household", "find", WHOLE[-4:])
    assert [(each["unit"], each["phone_masked"]) for each in found] == [("9-102", MASKED)]


def test_what_is_handed_over_is_whole_where_somebody_asks_and_the_look_is_on_record(
    desk: Cli,
) -> None:
    reveal = ("shift", "handover", "--reveal", "phones")
    assert desk.no(1, *reveal)["code"] == "staff.missing"
    shown = desk.ok(*reveal, *AS)
    assert [note["text"] for note in shown["notes"]] == [f"王女士请回电 {WHOLE}"]
    assert shown["matters"][0]["words"] == f"drip, ring {WHOLE}"
    assert WHOLE in desk(*reveal, *AS).out
    with closing(sqlite3.connect(desk.home / "concierge.db")) as store:
        looks = store.execute("select shift_id from event where kind = 'shift.revealed'")
        assert looks.fetchall() == [(1,), (1,)]
        store.execute("delete from permission where role = 'director' and action like '%reveal'")
        store.commit()
    assert desk.no(1, *reveal, "--as", "Lin")["code"] == "role.needed"
    assert desk.ok("verify")["ok"]
