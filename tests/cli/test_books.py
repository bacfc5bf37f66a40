"""``household``, ``staff``, ``shift``, ``calendar`` and ``policy``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import Cli

ROSTER = """楼栋,房号,姓名,电话,车牌
1,101,张三,13800001111,粤B12345
1,102,李四,13800002222,
,,王五,,
2,201,,13800003333,
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def test_a_roster_is_read_with_its_errors_by_row(cli: Cli, roster: Path) -> None:
    dry = cli("household", "import", str(roster), "--dry-run")
    assert "姓名" in dry.out
    assert dry.out.endswith("Nothing was saved.\n")
    assert cli.no(1, "household", "import", str(roster), "--strict")["code"] == "roster.strict"
    assert cli.ok("household", "find", "张三") == []
    said = cli.ok("household", "import", str(roster), "--as", "Zhou")
    assert list(said) == ["read", "added", "changed", "unchanged", "columns", "new", "changes", "gone",
                          "noted", "rejected", "rejected_file"]  # fmt: skip
    assert said["added"] == 2
    assert all(list(row) == ["row", "reason"] for row in said["rejected"])
    assert 5 in [row["row"] for row in said["rejected"]]
    again = cli.ok("household", "import", str(roster))
    assert (again["added"], again["unchanged"]) == (0, 2)


def test_households_are_found_by_whatever_is_typed(cli: Cli, roster: Path) -> None:
    cli.ok("household", "import", str(roster))
    for text, match in (("1-101", "unit"), ("张三", "name"), ("zs", "pinyin"), ("1111", "phone")):
        (hit, *_) = cli.ok("household", "find", text)
        assert list(hit) == ["unit", "name", "match", "phone_masked", "found"]
        assert (hit["unit"], hit["match"]) == ("1-101", match)
        assert "1380000" not in hit["phone_masked"]
    assert "张三" in cli("household", "find", "zs").out
    assert cli("household", "find", "nobody").out == "No household fits.\n"


def test_a_household_shows_who_lives_there_and_what_is_open(cli: Cli) -> None:
    cli.ticket("neighbour", "--unit", "3-1201")
    said = cli.ok("household", "show", "3栋1201")
    assert said["members"][0]["name"] == "王建国"
    assert said["open_tickets"] == ["T-20261123-001"]
    shown = cli("household", "show", "3-1201").out
    assert "Open: T-20261123-001, attend due today 14:28" in shown
    added = cli.ok("household", "add", "--unit", "8-801", "--name", "[b]Ann[/b]", "--relation",
                   "tenant", "--plate", "粤A00001", "--notes", "dog", "--as", "Zhou")  # fmt: skip
    assert (added["unit"], added["plates"], added["notes"]) == ("8-801", ["粤A00001"], "dog")
    assert "[b]Ann[/b]" in cli("household", "show", "8-801").out


def test_staff_are_added_either_way(cli: Cli) -> None:
    assert cli.ok("staff", "add", "小赵：concierge：139")["phone"] == "139"
    cli.ok("staff", "add", "--staff", "Ma:manager", "--as", "Zhou")
    assert [one["name"] for one in cli.ok("staff", "list")][-2:] == ["小赵", "Ma"]
    assert "Ma" in cli("staff", "list").out


def test_a_number_to_ring_is_written_down_changed_and_taken_out(cli: Cli) -> None:
    assert cli.ok("staff", "phone", "Zhou", "13911112222", "--as", "Zhou")["phone"] == "13911112222"
    assert {one["name"]: one["phone"] for one in cli.ok("staff", "list")}["Zhou"] == "13911112222"
    assert cli.ok("staff", "phone", "Zhou", " ", "--as", "Lin")["phone"] is None
    assert cli("staff", "phone", "Nobody", "1", "--as", "Zhou").code != 0


def test_a_shift_runs_from_start_to_summary(cli: Cli, tmp_path: Path) -> None:
    started = cli.ok("shift", "start", "--as", "Chen Li", "--text", "three keys on the board")
    assert started == {
        "shift": 1,
        "desk": "lobby",
        "state": "open",
        "started_at": "2026-11-23T14:13:00+08:00",
        "ended_at": None,
        "staff": "Chen Li",
    }
    assert cli.no(1, "shift", "start", "--as", "Zhou")["code"] == "shift.running"
    cli.ticket("neighbour", "--unit", "3-1201")
    cli.at("14:40")
    cli.ok("sweep")
    cli.ok("shift", "note", "--as", "Chen Li", "--text", "glass swept up")
    too_long = ("--text", "x" * 5000)
    assert cli.no(1, "shift", "end", "--as", "Chen Li", *too_long)["code"] == "text.too-long"
    cli.at("22:00")
    end = ("shift", "end", "--as", "Chen Li", "--text", "all quiet")
    # The matter is open, and nobody takes note of it.
    assert cli.no(1, *end)["code"] == "shift.alone"
    ended = cli.ok(*end, "--alone", "the lobby closes for the night")
    assert (ended["state"], ended["ended_at"]) == ("closed", "2026-11-23T22:00:00+08:00")
    for form in ("md", "html", "csv", "json"):
        path = tmp_path / f"summary.{form}"
        export = ("shift", "export", "--shift", "1", "--format", form, "--output", str(path))
        assert cli.ok(*export)["path"] == str(path)
        assert "T-20261123-001" in path.read_text(encoding="utf-8")
        assert cli.no(1, *export)["code"] == "output.exists"
        assert cli(*export, "--force").code == 0
    out = cli("shift", "export", "--format", "md", "--output", "-", "--lang", "zh")
    assert "glass swept up" in out.out
    assert not out.out.isascii()
    printed = cli("shift", "export", "--format", "json", "--output", "-")
    assert json.loads(printed.out)
    assert (
        cli.no(1, "shift", "export", "--shift", "9", "--format", "md", "--output", "-")["code"]
        == "shift.unknown"
    )


def test_a_summary_is_never_written_over_the_store(cli: Cli) -> None:
    cli.ok("shift", "start", "--as", "Chen Li")
    store = cli.ok("doctor")["store"]
    export = ("shift", "export", "--format", "md", "--output", store, "--force")
    assert cli.no(1, *export)["code"] == "output.is-store"
    assert cli.ok("verify")["ok"]


def test_a_shift_that_could_not_keep_its_first_note_does_not_start(cli: Cli) -> None:
    cli.no(1, "shift", "start", "--as", "Chen Li", "--text", "x" * 5000)
    assert cli.no(1, "shift", "end", "--as", "Chen Li")["code"] == "shift.not-running"


def test_a_year_shows_its_holidays_and_make_up_days(nowhere: Cli) -> None:
    days = nowhere.ok("calendar", "show", "2026")
    assert len(days) == 365
    by_date = {day["date"]: day for day in days}
    assert by_date["2026-10-10"]["working"]
    assert by_date["2026-10-10"]["reason"] == "make-up"
    assert not by_date["2026-10-01"]["working"]
    assert not any(day["provisional"] for day in days)
    said = nowhere("calendar", "show", "2026").out
    assert "Saturday 10 October  make-up working day  (State Council notice" in said
    assert (
        nowhere("calendar", "show", "2031")
        .out.splitlines()[0]
        .endswith("(provisional: the holidays of this year are not published yet)")
    )


def test_the_policy_is_shown_and_a_file_is_checked(nowhere: Cli, tmp_path: Path) -> None:
    assert nowhere.ok("policy", "show")["categories"]["neighbour"]["attend"] == "15 minutes"
    assert "neighbour" in nowhere("policy", "show").out
    path = tmp_path / "policy.toml"
    path.write_text('[categories.fees]\nanswer = "20 minutes"\n', encoding="utf-8")
    assert nowhere.ok("policy", "check", str(path))["ok"]
    assert nowhere("policy", "check", str(path)).out.endswith("is in order: 22 categories.\n")
    path.write_text('[categories.fees]\nanswer = "x [/b] \\u001b[2J"\n', encoding="utf-8")
    said = nowhere.no(1, "policy", "check", str(path))
    assert said["code"] == "policy.bad"
    assert "categories.fees.answer" in said["message"]
    path.write_text("nonsense", encoding="utf-8")
    assert nowhere.no(1, "policy", "check", str(path))["code"] == "policy.bad"


def test_a_policy_s_check_says_what_would_move_in_the_store_and_which_role_nobody_holds(
    cli: Cli, tmp_path: Path
) -> None:
    number = cli.ticket()["number"]
    cli.at("14:29")
    cli.ok("sweep")
    path = tmp_path / "mine.toml"
    path.write_text(
        '[categories.neighbour]\nattend = "5 minutes"\n[categories.fees]\ntop = "director"\n'
    )
    before = cli("ticket", "show", number, "--json").out
    said = cli("policy", "check", str(path)).out.splitlines()
    assert said[1].startswith(f"{number} attend: due today 14:28 -> today 14:18, already ")
    assert said[1].endswith(", one breach kept")
    (moved,) = cli.ok("policy", "check", str(path))["moves"]
    assert (moved["was"], moved["now"]) == (
        "2026-11-23T14:28:00+08:00",
        "2026-11-23T14:18:00+08:00",
    )
    assert cli("ticket", "show", number, "--json").out == before
    (cli.home / "policy.toml").write_text(path.read_text())
    shown = cli("policy", "show").out
    assert "From 22:00 to 07:30 not woken: director, manager" in shown
    assert "climbs to the director at most" in shown
    assert "then again at each opening" in shown


def test_a_role_that_nobody_holds_is_named_by_the_check(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "home")
    cli.at("08:00")
    cli.ok("init", "--name", "B", "--language", "en", "--rehearsal", "--staff", "Chen:concierge")
    path = tmp_path / "mine.toml"
    path.write_text("")
    assert cli.ok("policy", "check", str(path))["nobody"] == ["supervisor", "director", "manager"]
    assert "Nobody on the staff is director" in cli("policy", "check", str(path)).out


def test_a_category_that_is_mistyped_is_named_with_those_like_it(
    cli: Cli, nowhere: Cli, tmp_path: Path
) -> None:
    own = tmp_path / "policy.toml"
    own.write_text('[categories.neigbour]\nattend = "10 minutes"\n', encoding="utf-8")
    said = nowhere.no(1, "policy", "check", str(own))["message"]
    assert "categories.neigbour:" in said
    assert "did you mean neighbour?" in said
    add = ("ticket", "add", "--words", "x", "--as", "Chen Li", "--category", "neigbour")
    for call in (add, ("deadline", "--category", "neigbour")):
        assert "neigbour: choose one of neighbour, " in cli.no(1, *call)["message"]
