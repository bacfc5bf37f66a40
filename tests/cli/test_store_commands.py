"""``init``, ``sweep``, ``clock``, ``verify``, ``doctor``, ``backup`` and ``restore``."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.commands import Cli

SWEEP = ["ticket", "clock", "generation", "rung", "to", "people", "due_at", "late_seconds"]


def test_a_property_is_set_up_and_says_what_to_do_next(nowhere: Cli) -> None:
    done = nowhere("init", "--name", "Bamboo Court", "--language", "zh", "--rehearsal",
                   "--staff", "Chen:concierge", "--staff", "Zhou:supervisor:138")  # fmt: skip
    assert (done.code, done.err) == (0, "")
    assert "household import" in done.out
    assert 'concierge staff add "NAME:director" --as "Zhou"\n' in done.out
    assert nowhere.ok("staff", "list") == [
        {"name": "Chen", "role": "concierge", "phone": None, "active": True},
        {"name": "Zhou", "role": "supervisor", "phone": "138", "active": True},
    ]
    nowhere.environ = {}
    assert "没有" in nowhere("ticket", "show", "9").err


@pytest.mark.parametrize("staff", ["Zhou", "Zhou:king", ":supervisor"])
def test_nothing_is_left_behind_by_a_property_that_could_not_be_set_up(
    nowhere: Cli, staff: str
) -> None:
    init = ("init", "--name", "X", "--language", "en", "--staff")
    assert nowhere(*init, "A:concierge", staff).code == 2
    assert nowhere(*init, "A:concierge", "A:manager").code == 1
    assert not (nowhere.home / "concierge.db").exists()
    assert nowhere(*init, "A:concierge").code == 0


def test_only_a_rehearsal_follows_a_set_clock(nowhere: Cli) -> None:
    nowhere.ok("init", "--name", "X", "--language", "en", "--staff", "Chen Li:concierge")
    nowhere.at("2020-01-01T08:00")
    assert not nowhere.ticket()["received_at"].startswith("2020")


def test_a_sweep_fires_once_and_says_whom_it_told(cli: Cli) -> None:
    number = cli.ticket()["number"]
    cli.at("15:00")
    said = cli.ok("sweep")
    assert list(said) == ["at", "fired", "held", "raised"]
    assert [list(row) for row in said["fired"]] == [SWEEP] * 3
    assert {row["ticket"] for row in said["fired"]} == {number}
    assert (said["at"], said["held"]) == ("2026-11-23T15:00:00+08:00", None)
    assert cli.ok("sweep")["fired"] == []
    assert cli("sweep").out == "Nothing is overdue.\n"
    cli.at("17:00")
    told = cli("sweep").out
    assert "rung 3: manager, Wang" in told
    cli.at("2026-11-24T09:00")
    assert "resolve, warning: Chen Li" in cli("sweep").out


def test_a_clock_that_is_behind_fires_nothing_until_a_supervisor_confirms_it(cli: Cli) -> None:
    cli.ticket()
    cli.at("15:00")
    cli.ok("sweep")
    cli.at("14:30")
    held = cli("sweep", "--json")
    assert (held.code, held.json["held"], held.json["fired"]) == (1, "clock", [])
    assert "clock confirm" in held.err
    confirmed = cli.ok("clock", "confirm", "--as", "Zhou")
    assert confirmed == {"at": "2026-11-23T14:30:00+08:00"}
    assert cli.ok("sweep")["held"] is None


def test_verify_finds_what_was_altered(cli: Cli) -> None:
    cli.ticket()
    whole = cli.ok("verify")
    assert list(whole) == ["ok", "events", "head", "problems"]
    assert (whole["ok"], len(whole["head"]), whole["problems"]) == (True, 64, [])
    raw = sqlite3.connect(cli.home / "concierge.db")
    raw.execute("UPDATE clock SET due_at = due_at + 60 WHERE kind = 'attend'")
    raw.commit()
    raw.close()
    done = cli("verify", "--json")
    assert (done.code, done.json["ok"]) == (1, False)
    assert list(done.json["problems"][0]) == ["event", "kind", "detail"]
    assert "problems:" in cli("verify").out


def test_a_backup_is_put_back(cli: Cli) -> None:
    copy = cli.home.parent / "copy.db"
    cli.ticket()
    cli.ok("backup", str(copy))
    assert cli.no(1, "backup", str(copy))["code"] == "output.exists"
    cli.ticket()
    assert cli.ok("restore", str(copy))["kept"] is not None
    assert len(cli.ok("ticket", "list")) == 1
    cli.ok("backup", str(copy), "--force")
    shutil.rmtree(cli.home)
    assert cli.ok("restore", str(copy))["kept"] is None
    assert len(cli.ok("ticket", "list")) == 1


def test_a_file_that_is_no_backup_is_called_so_and_not_put_back(cli: Cli) -> None:
    copy = cli.home.parent / "copy.db"
    copy.write_bytes(b"nonsense")
    cli.ticket()
    refused = cli.no(3, "restore", str(copy))
    assert refused["code"] == "store.no-backup"
    assert "no backup of Concierge" in refused["message"]
    assert len(cli.ok("ticket", "list")) == 1


def test_a_store_that_a_desk_has_open_is_restored_once_every_desk_is_closed(cli: Cli) -> None:
    copy = cli.home.parent / "copy.db"
    cli.ok("backup", str(copy))
    with closing(sqlite3.connect(cli.home / "concierge.db")) as desk:
        desk.execute("SELECT count(*) FROM event").fetchall()
        refused = cli.no(3, "restore", str(copy))
    assert refused["code"] == "store.in-use"
    assert "close every desk and every watch first" in refused["message"]
    assert cli.ok("restore", str(copy))["kept"] is not None


def test_a_file_that_is_there_already_is_refused_with_the_option_that_replaces_it(
    cli: Cli,
) -> None:
    copy = str(cli.home.parent / "copy.db")
    cli.ok("backup", copy)
    assert "--force" in cli.no(1, "backup", copy)["message"]
    assert "或加上 --force" in cli.no(1, "backup", copy, "--lang", "zh")["message"]


def test_the_doctor_says_how_things_stand(cli: Cli, nowhere: Cli) -> None:
    found = cli.ok("doctor")
    assert (found["ok"], found["integrity"], found["property"]) == (True, "ok", "Bamboo Court")
    assert (found["zone"], found["verified_through"]) == ("Asia/Shanghai", 2026)
    assert "Bamboo Court" in cli("doctor").out
    ill = nowhere("doctor", "--json")
    assert (ill.code, ill.json["ok"], ill.json["store"]) == (3, False, "missing")
    assert "concierge init" in nowhere("doctor").err
    assert ill.json["error"]["code"] == "store.missing"


def test_a_mistake_in_the_propertys_own_policy_is_said_and_work_goes_on(cli: Cli) -> None:
    (cli.home / "policy.toml").write_text('[categories.fees]\nanswer = "soon"\n', encoding="utf-8")
    done = cli("ticket", "list", "--json")
    assert (done.code, done.json) == (0, [])
    assert done.err.startswith("Working with the rules as they were. The policy is wrong at")
    assert "categories.fees.answer" in cli("doctor").out


def test_a_new_calendar_says_which_promises_it_moved(cli: Cli) -> None:
    cli.ticket("public-repair")
    folder = cli.home / "calendars"
    folder.mkdir()
    (folder / "more.toml").write_text('off = ["2026-11-24"]\n', encoding="utf-8")
    said = cli("ticket", "list", "--json")
    assert said.err.startswith("By the new rules resolve of ticket T-20261123-001 is due")
    assert said.json[0]["clocks"][0]["due_at"] == "2026-11-27T18:00:00+08:00"
    assert cli("ticket", "list").err == ""


def test_whoever_sets_a_property_up_is_answered_in_the_language_chosen_for_it(
    tmp_path: Path,
) -> None:
    init = ("init", "--name", "云栖花园", "--language", "zh", "--staff", "Chen Li:concierge")
    machine = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    home = tmp_path / "home"
    refused = Cli(home, machine)(*init[:-1], ":concierge")
    assert (refused.code, refused.err.isascii()) == (2, False)
    done = Cli(home, machine)(*init)
    assert done.code == 0
    assert "云栖花园已建立" in done.out
    assert "is set up" not in done.out
    asked = Cli(tmp_path / "other", machine)("--lang", "en", *init)
    assert "is set up" in asked.out
