"""Exit codes and sentences: what is refused, what does not parse, what is wrong with a store."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence

import pytest

from concierge.cli import main as running
from tests.cli.commands import Cli

ADD = ("ticket", "add", "--as", "Chen Li", "--category")


@pytest.mark.parametrize(
    ("code", "argv"),
    [
        ("category.unknown", [*ADD, "nonsense", "--words", "x"]),
        ("unit.unknown", [*ADD, "neighbour", "--words", "x", "--unit", "9-999"]),
        ("unit.ambiguous", [*ADD, "neighbour", "--words", "x", "--unit", "31201"]),
        ("words.empty", [*ADD, "neighbour", "--words", "  \n"]),
        ("text.too-long", [*ADD, "neighbour", "--words", "x" * 4001]),
        ("time.future", [*ADD, "neighbour", "--words", "x", "--received", "2027-01-01T08:00"]),
        ("agreed.past-cap", [*ADD, "neighbour", "--words", "x", "--agreed", "2027-01-01T08:00"]),
        (
            "staff.unknown",
            ["ticket", "add", "--category", "fees", "--words", "x", "--as", "Nobody"],
        ),
        ("ticket.unknown", ["ticket", "show", "T-20200101-001"]),
        ("ticket.unknown", ["ticket", "note", "x\x1b[2J", "--text", "y", "--as", "Zhou"]),
        ("household.exists", ["household", "add", "--unit", "3-1201", "--name", "X"]),
        ("unit.unknown", ["household", "show", "9-999"]),
        ("roster.not-found", ["household", "import", "none.xlsx"]),
        ("store.exists", ["init", "--name", "X", "--language", "en", "--staff", "A:concierge"]),
        ("staff.exists", ["staff", "add", "Zhou:supervisor", "--as", "Zhou"]),
        ("shift.not-running", ["shift", "end", "--as", "Zhou"]),
        ("shift.none", ["shift", "export", "--format", "md", "--output", "-"]),
        ("file.not-found", ["policy", "check", "none.toml"]),
        ("file.not-found", ["deadline", "--limit", "1 day", "--calendar", "none.toml"]),
        ("file.not-found", ["restore", "none.db"]),
        ("category.unknown", ["deadline", "--category", "nonsense"]),
        ("role.needed", ["clock", "confirm", "--as", "Chen Li"]),
        ("role.needed", ["staff", "add", "Wu:manager", "--as", "Chen Li"]),
        ("staff.missing", ["staff", "add", "Wu:manager"]),
        ("role.needed", ["staff", "phone", "Zhou", "139", "--as", "Chen Li"]),
        ("roster.not-found", ["household", "import", "~nobody-here/roster.csv"]),
        ("output.no-folder", ["household", "export", "--output", "~nobody-here/roster.csv"]),
        ("output.no-folder", ["backup", "~nobody-here/copy.db"]),
        ("file.not-found", ["restore", "~nobody-here/copy.db"]),
        ("file.not-found", ["policy", "check", "~nobody-here/policy.toml"]),
        ("file.not-found", ["deadline", "--limit", "1 day", "--calendar", "~nobody-here/x.toml"]),
        ("file.not-found", ["deadline", "--batch", "~nobody-here/asked.jsonl"]),
        ("output.unwritable", ["report", "--format", "md", "--output", "x" * 300]),
        ("output.unwritable", ["backup", "x" * 300]),
    ],
)
def test_a_rule_that_refuses_ends_with_one(cli: Cli, code: str, argv: Sequence[str]) -> None:
    said = cli.no(1, *argv)
    assert said["code"] == code
    assert "\x1b" not in said["message"]
    assert cli.ok("ticket", "list", "--state", "all") == []


@pytest.mark.parametrize(
    ("code", "argv"),
    [
        ("arguments", ["nonsense"]),
        ("arguments", ["ticket"]),
        ("arguments", ["ticket", "nonsense"]),
        ("arguments", ["ticket", "add"]),
        ("arguments", ["ticket", "list", "--state", "lost"]),
        ("arguments", [*ADD, "neighbour", "--words", "x", "--grade", "minor"]),
        ("arguments", [*ADD, "neighbour", "--words", "x", "--channel", "pigeon"]),
        ("arguments", ["ticket", "resolve", "1", "--cause", "aliens", "--as", "Zhou"]),
        ("arguments", ["ticket", "change", "1", "--reason", "x", "--as", "Zhou"]),
        ("arguments", ["ticket", "acknowledge", "1", "--rung", "x", "--as", "Zhou"]),
        ("arguments", ["ticket", "show", "1", "--lang", "fr"]),
        ("arguments", ["ticket", "show", "1", "--home"]),
        ("arguments", ["deadline"]),
        ("arguments", ["deadline", "--limit", "1 day", "--category", "fees"]),
        ("arguments", ["deadline", "--batch", "x.jsonl", "--received", "2026-11-23T08:00"]),
        ("arguments", ["calendar", "show", "99999"]),
        ("arguments", ["shift", "export", "--format", "docx", "--output", "x"]),
        ("arguments", ["shift", "export", "--format", "pdf", "--output", "-"]),
        ("arguments", ["staff", "add"]),
        ("arguments", ["init", "--name", "X"]),
        ("time.bad", [*ADD, "neighbour", "--words", "x", "--received", "yesterday"]),
        ("time.bad", ["deadline", "--limit", "1 day", "--received", "2026-02-30T08:00"]),
        ("limit.bad", ["deadline", "--limit", "three days"]),
        ("staff.bad", ["staff", "add", "Zhou"]),
        ("role.unknown", ["staff", "add", "Zhou:king"]),
    ],
)
def test_arguments_that_do_not_parse_end_with_two(cli: Cli, code: str, argv: Sequence[str]) -> None:
    assert cli.no(2, *argv)["code"] == code


@pytest.mark.parametrize(
    "argv",
    [
        ["ticket", "list"],
        ["sweep"],
        ["verify"],
        ["backup", "copy.db"],
        ["staff", "list"],
        ["household", "find", "x"],
        ["shift", "start", "--as", "Zhou"],
    ],
)
def test_without_a_store_everything_ends_with_three(nowhere: Cli, argv: Sequence[str]) -> None:
    said = nowhere.no(3, *argv)
    assert said["code"] == "store.missing"
    assert "concierge init" in said["message"]
    assert not nowhere.home.exists()


def test_a_damaged_store_ends_with_three(cli: Cli) -> None:
    (cli.home / "concierge.db").write_bytes(b"not a database" * 100)
    assert cli.no(3, "ticket", "list", "--lang", "en")["code"] == "store.damaged"
    assert cli("doctor", "--lang", "en").code == 3


def test_a_newer_store_ends_with_three(cli: Cli) -> None:
    raw = sqlite3.connect(cli.home / "concierge.db")
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()
    assert cli.no(3, "ticket", "list")["code"] == "store.newer"


def test_a_store_that_cannot_be_written_is_read_and_not_changed(cli: Cli) -> None:
    cli.ticket()
    path = cli.home / "concierge.db"
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()
    path.chmod(0o400)
    try:
        assert len(cli.ok("ticket", "list")) == 1
        refused = cli.no(3, *ADD, "neighbour", "--words", "x")
        assert refused["code"] == "store.read-only"
        assert len(cli.ok("ticket", "list")) == 1
    finally:
        path.chmod(0o600)


def test_a_store_that_is_only_read_says_that_it_is_searched_by_old_keys(cli: Cli) -> None:
    path = cli.home / "concierge.db"
    raw = sqlite3.connect(path)
    raw.execute("UPDATE property SET search_version = 1")
    raw.commit()
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()
    path.chmod(0o400)
    try:
        assert "may not be found" in cli("ticket", "list", "--lang", "en").err
    finally:
        path.chmod(0o600)
    assert "may not be found" not in cli("ticket", "list", "--lang", "en").err


def test_a_fault_of_the_program_is_one_sentence_and_a_traceback_only_on_demand(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(running._Run, "_do", broken)
    said = cli.no(1, "ticket", "list")
    assert said["code"] == "unexpected"
    assert "ZeroDivisionError" in said["message"]
    cli.environ["CONCIERGE_DEBUG"] = "1"
    assert "Traceback" in cli("ticket", "list").err


@pytest.mark.parametrize(
    ("argv", "environ", "zh"),
    [
        (["--lang", "zh"], {"CONCIERGE_LANG": "en"}, True),
        (["--lang=zh"], {}, True),
        ([], {"CONCIERGE_LANG": "zh"}, True),
        ([], {"CONCIERGE_LANG": "fr"}, False),
        ([], {"LANG": "zh_CN.UTF-8"}, False),  # the store's own language goes before the machine's
    ],
)
def test_a_sentence_comes_in_the_language_that_was_asked_for(
    cli: Cli, argv: Sequence[str], environ: dict[str, str], *, zh: bool
) -> None:
    cli.environ |= environ
    for said in (cli("ticket", "show", "99", *argv), cli(*argv, "ticket", "show", "99")):
        assert said.err.isascii() != zh


def test_without_a_store_the_machine_decides_the_language(nowhere: Cli) -> None:
    nowhere.environ = {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}
    assert not nowhere("sweep").err.isascii()
    nowhere.environ = {"LANG": "de_DE.UTF-8"}
    assert nowhere("sweep").err.isascii()


def test_what_every_command_takes_may_stand_before_or_after_it(cli: Cli) -> None:
    home, cli.home = str(cli.home), cli.home.parent / "elsewhere"
    for argv in (
        ["--home", home, "--json", "staff", "list"],
        ["staff", "--home", home, "--json", "list"],
        ["staff", "list", "--home", home, "--json", "--desk", "side door"],
    ):
        done = cli(*argv)
        assert (done.code, len(done.json)) == (0, 4)


def test_the_desk_is_not_opened_without_a_terminal(nowhere: Cli) -> None:
    for argv in ([], ["demo"]):
        assert nowhere.no(1, *argv)["code"] == "terminal.none"


@pytest.mark.skipif(os.name == "nt", reason="no such home folders there")
def test_the_folder_of_a_user_nobody_knows_is_no_fault_of_the_program(nowhere: Cli) -> None:
    assert nowhere("--home", "~nobody-here/x", "sweep").code == 3
